"""The one report: for people, for programs, and what a change must not worsen."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.benchmark import burst, conditions, cost, growth, students, weight
from tests.benchmark.burst import Burst
from tests.benchmark.growth import Growth
from tests.benchmark.measuring import RATIOS, Figures
from tests.benchmark.students import Held
from tests.benchmark.weight import Weight

STATEMENTS: Mapping[str, int] = {"W": 1, "R": 2, "S": 4}
"""SQL statements that a request of each sort may take."""
TARGETS: Mapping[str, float] = {"w_full": 1.5, "r_hello": 2.5, "s_hello": 4.0}
"""What is aimed at on a quiet machine, as multiples of the floor's time."""
LOOSE: Mapping[str, float] = {"w": 3.0, "r_hello": 7.0, "s_hello": 6.0}
"""What a change must hold on any machine: ratios of processor time, which the disk and other work hardly change.

They are one and a half times and more what a quiet machine of two cores shows."""
GOAL = 20_000
"""Students that two cores are to hold with SQLite."""
JOBS: Mapping[str, str] = {
    "R": "the attempt page",
    "W": "saving an answer, by the page’s script",
    "form": "saving an answer, by the form",
    "S": "submitting 20 answers",
    "T": "the teacher’s list of attempts",
    "own hello": "a small page in our own app",
    "hello": "floor: a small page",
    "checked hello": "floor with cookie and token: the page",
    "save": "floor: a durable save",
    "checked save": "floor with cookie and token: the save",
}


@dataclass
class Report:
    """Everything measured; a part that was left out is None."""

    conditions: dict[str, Any]
    others: dict[str, float] = field(default_factory=dict)
    full: Figures | None = None
    normal: Figures | None = None
    growth: Growth | None = None
    weight: Weight | None = None
    held: list[Held] = field(default_factory=list)
    burst: Burst | None = None

    @property
    def doubts(self) -> list[str]:
        """Why the figures must not be believed; none where they may."""
        return conditions.doubts(self.conditions["idle_before"], self.others)

    def ratios(self) -> dict[str, float]:
        """W against the bare floor, under both settings; R and S against our own small page; and all others."""
        found: dict[str, float] = {}
        if self.full:
            found |= {f"{name}_full" if name.startswith("w") else name: v for name, v in self.full.ratios.items()}
        if self.normal:
            found |= {f"{name}_normal": value for name, value in self.normal.ratios.items()}
        return {name: round(value, 2) for name, value in found.items()}

    def students(self) -> int | None:
        """Those held on SQLite; None where this was not measured."""
        return next((held.students for held in self.held if held.database == "sqlite"), None)

    def faults(self) -> list[str]:
        """What a change must not do, in a sentence each: counted, or measured with bounds that any machine keeps."""
        found: list[str] = []
        if self.full:
            counted = self.full.statements
            found += [
                f"{name} takes {counted[name]} SQL statements, and may take {most}."
                for name, most in STATEMENTS.items()
                if counted[name] > most
            ]
            if self.full.save_sets_cookie:
                found.append("Saving an answer sends Set-Cookie, and must not.")
            found += [
                f"The ratio {name} is {self.full.processor_ratios[name]:.2f} in processor time, and may be {bound:.1f}."
                for name, bound in LOOSE.items()
                if self.full.processor_ratios[name] > bound
            ]
        if self.weight and self.weight.total > weight.LIMIT:
            found.append(f"The attempt page weighs {self.weight.total:,} bytes, and may weigh {weight.LIMIT:,}.")
        return found

    def as_data(self) -> dict[str, Any]:
        """For programs. `students` is a number: those held on SQLite."""
        return {
            "valid": not self.doubts,
            "doubts": self.doubts,
            "conditions": {**self.conditions, "others_meanwhile": self.others},
            "ratios": self.ratios(),
            "processor_ratios": dict(self.full.processor_ratios) if self.full else None,
            "students": self.students(),
            "students_by_database": {_setting(held): held.students for held in self.held},
            "milliseconds": {
                name: {job: round(ms, 3) for job, ms in figures.milliseconds.items()}
                for name, figures in (("full", self.full), ("normal", self.normal))
                if figures
            },
            "statements": dict(self.full.statements) if self.full else None,
            "save_sets_cookie": self.full.save_sets_cookie if self.full else None,
            "growth": asdict(self.growth) if self.growth else None,
            "page_weight": {**asdict(self.weight), "total": self.weight.total} if self.weight else None,
            "ladders": [asdict(held) for held in self.held],
            "burst": asdict(self.burst) if self.burst else None,
            "faults": self.faults(),
        }

    def as_text(self) -> str:
        """For people."""
        parts = [conditions.as_lines(self.conditions), self._others()]
        if self.full and self.normal:
            parts += [_milliseconds(self.full, self.normal), self._ratios()]
        if self.growth:
            parts.append(
                ["Growth: the same with many more answers in the database (FULL)", *growth.as_lines(self.growth)]
            )
        parts += [_held(held) for held in self.held]
        if self.burst:
            parts.append(["A burst of sign-ins", *burst.as_lines(self.burst)])
        parts.append(self._on_paper())
        if self.weight:
            parts.append(["Page weight", weight.as_line(self.weight)])
        parts.append([f"FAULT: {fault}" for fault in self.faults()])
        parts.append([f"NOT VALID: {doubt}" for doubt in self.doubts])
        return "\n\n".join("\n".join(lines) for lines in parts if lines)

    def _on_paper(self) -> list[str]:
        held = max((held.students for held in self.held), default=0)
        return cost.as_lines(held, self.growth.bytes_by_answer, cost.Assumed()) if held and self.growth else []

    def _others(self) -> list[str]:
        if not self.others:
            return []
        shares = ", ".join(f"{part} {share:.0%}" for part, share in self.others.items())
        return [f"Processor time that others took meanwhile: {shares}"]

    def _ratios(self) -> list[str]:
        ratios = self.ratios()
        lines = [
            "Time as a multiple of the floor’s, medians of rounds",
            f"  {'':<66}{'FULL':>7}{'NORMAL':>8}{'target':>8}",
        ]
        for name, (_ours, _floor, words) in RATIOS.items():
            full, normal = ratios[f"{name}_full" if name.startswith("w") else name], ratios[f"{name}_normal"]
            target = TARGETS.get(f"{name}_full", TARGETS.get(name))
            lines.append(f"  {words:<66}{full:>7.2f}{normal:>8.2f}" + (f"{target:>8.1f}" if target else ""))
        assert self.full is not None
        counted = ", ".join(f"{name} {n} (at most {STATEMENTS[name]})" for name, n in self.full.statements.items())
        cookie = "SENDS" if self.full.save_sets_cookie else "sends no"
        spent = ", ".join(
            f"{name} {self.full.processor_ratios[name]:.2f} (at most {bound:.1f})" for name, bound in LOOSE.items()
        )
        lines.append(f"  the same in processor time, FULL: {spent}")
        return [*lines, f"  SQL statements: {counted}; a save {cookie} Set-Cookie"]


def _milliseconds(full: Figures, normal: Figures) -> list[str]:
    lines = [f"{'Milliseconds a request, in process (medians of rounds)':<68}{'FULL':>7}{'NORMAL':>8}"]
    for name, words in JOBS.items():
        lines.append(f"  {words:<66}{full.milliseconds[name]:>7.2f}{normal.milliseconds[name]:>8.2f}")
    return lines


def _setting(held: Held) -> str:
    return held.database + "".join(f" {name.lower()}={value}" for name, value in held.settings.items())


def _held(held: Held) -> list[str]:
    goal = f" (goal {GOAL:,})" if held.database == "sqlite" else ""
    return [
        f"Students held by `quizapp serve` on {_setting(held)}, 22 requests each in 400 s, p99 under 200 ms: "
        f"{held.students:,}{goal}",
        *map(students.as_line, held.steps),
        f"  at the most {held.saves_per_second:.0f} saves a second, each {held.processor_ms_per_save:.2f} ms of "
        f"processor; start-up {held.start_up_fresh:.1f} s fresh, "
        f"{held.start_up:.1f} s on an existing instance; {held.megabytes_at_rest:.0f} MB at rest",
    ]
