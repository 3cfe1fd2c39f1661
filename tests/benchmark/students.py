"""Students held by the real server: each opens a page, gives 20 answers and hands in, all within 400 seconds."""

import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.benchmark import ladder
from tests.benchmark.ladder import Window
from tests.benchmark.load import Shot, Volley, fire, percentile
from tests.benchmark.population import QUESTIONS, Population, populated
from tests.benchmark.processes import megabytes_of, seconds_of
from tests.benchmark.serving import Serving

ATTEMPT = 400.0
"""Seconds from opening the page to handing in."""
REQUESTS = QUESTIONS + 2
CONNECTIONS = 500
Tell = Callable[[str], object]
"""Says how far the measuring is."""
LEAD_IN = 5.0
"""Seconds of each step that do not count, until the server has come into its stride."""


@dataclass(frozen=True)
class Plan:
    """How long a step lasts, and how exact the result is to be, as a share of it."""

    windows: int
    seconds: float
    fineness: float
    lead_in: float = LEAD_IN


FULL, QUICK = Plan(3, 30.0, 0.12), Plan(1, 2.0, 0.7, lead_in=0.3)


@dataclass(frozen=True)
class Step:
    """What so many students were served like. Shares are of one core."""

    students: int
    windows: tuple[Window, ...]
    server_share: float
    own_share: float
    latest: float
    """Milliseconds that the generator itself was late at the most."""
    megabytes: float
    failures: dict[str, int]
    p99_by_kind: dict[str, float]

    @property
    def holds(self) -> bool:
        """Whether all were served in time, in every part of the step."""
        return all(window.holds for window in self.windows)


@dataclass(frozen=True)
class Held:
    """How many students are held, by which steps; memory in megabytes, start-up in seconds."""

    database: str
    settings: dict[str, str]
    """Those that differ from the usual."""
    students: int
    saves_per_second: float
    """With all connections busy: what the server does at the most."""
    processor_ms_per_save: float
    """What a save costs the server meanwhile, waiting for the disk and for others aside."""
    steps: tuple[Step, ...]
    start_up_fresh: float
    start_up: float
    megabytes_at_rest: float


class Crowd:
    """So many students at a time, each somewhere in the middle; who has handed in is followed by somebody new."""

    def __init__(self, population: Population, seed: int = 11) -> None:
        self.population = population
        self.clock = 0.0
        self._chance = random.Random(seed)
        self._begun: list[tuple[int, float]] = []
        """The number of each student, and when they began."""
        self._newest = 0
        self._to_open: set[int] = set()
        """Who has begun before the clock did, and whose page was not opened yet."""

    def grow(self, students: int) -> list[int]:
        """Let there be so many at a time; the numbers of those who came."""
        come = [self._next() for _ in range(students - len(self._begun))]
        self._to_open.update(come)
        self._begun += [(number, self.clock - self._chance.uniform(0, ATTEMPT)) for number in come]
        del self._begun[students:]
        self.population.grow(self._newest + len(self._begun))
        return come

    def _next(self) -> int:
        self._newest += 1
        return self._newest

    def shots(self, seconds: float) -> tuple[list[int], list[Shot]]:
        """What all of them send in the time that follows; and who of them has to open the page before."""
        until, unopened = self.clock + seconds, set(self._to_open)
        found = [shot for place in range(len(self._begun)) for shot in self._shots(place, until)]
        self.clock = until
        return sorted(unopened - self._to_open), found

    def _shots(self, place: int, until: float) -> Iterator[Shot]:
        number, begun = self._begun[place]
        think = ATTEMPT / REQUESTS
        while True:
            first = max(0, int((self.clock - begun) / think))
            for n in range(first, REQUESTS):
                due = begun + n * think
                if due >= until:
                    return
                if due >= self.clock:
                    yield self._shot(number, n, due - self.clock)
            number, begun = self._next(), begun + ATTEMPT
            self._begun[place] = number, begun

    def _shot(self, number: int, n: int, due: float) -> Shot:
        self._to_open.discard(number)
        if n == 0:
            return Shot(due, "page", self.population.page(number))
        if n <= QUESTIONS:
            return Shot(due, "save", self.population.save(number, n))
        return Shot(due, "submit", self.population.submit(number))


After = Callable[[Serving, Population], object]


def measure(
    plan: Plan,
    database: str = "",
    settings: dict[str, str] | None = None,
    tell: Tell = print,
    after: After | None = None,
) -> Held:
    """How many students are held, on SQLite or on the database of this address; `after` goes on with the server."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        serving = Serving(Path(folder, "instance"), database, settings or {})
        with serving:
            fresh = serving.start_up
        population = populated(serving)
        with serving:
            rest = megabytes_of(serving.pid)
            crowd = Crowd(population)
            saves, cost = most_saves(serving, crowd, plan.seconds)
            steps = climb(serving, crowd, plan, saves, tell)
            if after is not None:
                after(serving, population)
        return Held(
            database=database.partition(":")[0].partition("+")[0] or "sqlite",
            settings=serving.settings,
            students=ladder.held({step.students: step.holds for step in steps}),
            saves_per_second=round(saves, 1),
            processor_ms_per_save=round(cost, 3),
            steps=tuple(steps),
            start_up_fresh=round(fresh, 2),
            start_up=round(serving.start_up, 2),
            megabytes_at_rest=rest,
        )


def most_saves(serving: Serving, crowd: Crowd, seconds: float) -> tuple[float, float]:
    """Saves per second with sixteen connections that are never idle, and what one costs in milliseconds of processor.

    What never changes of the attempts is in memory, as in the middle of an exam.
    """
    students = crowd.grow(30 if seconds < 10 else 500)
    open_pages(serving, crowd.population, students)
    shots = [
        Shot(0.0, "save", crowd.population.save(number, position))
        for position in range(1, QUESTIONS + 1)
        for number in students
    ]
    crowd.grow(0)
    spent = seconds_of(serving.pid)
    volley = fire(serving.port, shots, 16, patience=120)
    spent = seconds_of(serving.pid) - spent
    assert all(hit.status == 200 for hit in volley.hits), {hit.status for hit in volley.hits}
    return len(volley.hits) / volley.seconds, 1000 * spent / len(volley.hits)


def open_pages(serving: Serving, population: Population, students: list[int]) -> None:
    """Every student opens the page, as they did when they began."""
    fire(serving.port, [Shot(0.0, "page", population.page(number)) for number in students], 16, patience=600)


def climb(serving: Serving, crowd: Crowd, plan: Plan, saves_per_second: float, tell: Tell) -> list[Step]:
    """The steps of the ladder, from two thirds of what the server does at the most."""
    steps: list[Step] = []
    first = round(0.66 * saves_per_second * ATTEMPT / REQUESTS)
    while students := ladder.next_step({step.students: step.holds for step in steps}, first, plan.fineness):
        steps.append(_step(serving, crowd, plan, students))
        tell(as_line(steps[-1]))
    return steps


def _step(serving: Serving, crowd: Crowd, plan: Plan, students: int) -> Step:
    crowd.grow(students)
    unopened, shots = crowd.shots(plan.lead_in + plan.windows * plan.seconds)
    open_pages(serving, crowd.population, unopened)
    spent = seconds_of(serving.pid)
    volley = fire(serving.port, shots, CONNECTIONS)
    spent = seconds_of(serving.pid) - spent
    return _judged(students, plan, volley, spent / volley.seconds, megabytes_of(serving.pid))


def _judged(students: int, plan: Plan, volley: Volley, server_share: float, megabytes: float) -> Step:
    parts = [plan.lead_in + n * plan.seconds for n in range(plan.windows + 1)]
    counted = [hit for hit in volley.hits if hit.due >= plan.lead_in]
    failures: dict[str, int] = {}
    by_kind: dict[str, list[float]] = {}
    for hit in counted:
        by_kind.setdefault(hit.kind, []).append(hit.milliseconds)
        if hit.status not in (200, 303):
            failures[f"{hit.kind} {hit.status}"] = failures.get(f"{hit.kind} {hit.status}", 0) + 1
    return Step(
        students=students,
        windows=tuple(
            ladder.window(
                [hit for hit in counted if first <= hit.due < last or (last == parts[-1] and hit.due >= last)]
            )
            for first, last in pairwise(parts)
        ),
        server_share=round(server_share, 2),
        own_share=round(volley.own_share, 2),
        latest=round(volley.latest, 1),
        megabytes=megabytes,
        failures=failures,
        p99_by_kind={kind: round(percentile(times, 0.99), 1) for kind, times in by_kind.items()},
    )


def as_line(step: Step) -> str:
    """A step, for people."""
    windows = ", ".join(f"{window.p50:.1f}/{window.p99:.0f}" for window in step.windows)
    kinds = ", ".join(f"{kind} {time:.0f}" for kind, time in sorted(step.p99_by_kind.items()))
    failed = "".join(f", {count} × {what}" for what, count in step.failures.items())
    return (
        f"  {step.students:>7,} students {'held    ' if step.holds else 'too many'} p50/p99 {windows} ms "
        f"(p99 {kinds}){failed}; server {step.server_share:.0%} of a core, generator {step.own_share:.0%} "
        f"(late {step.latest:.0f} ms), {step.megabytes:.0f} MB"
    )
