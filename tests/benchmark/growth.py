"""What a site's age costs: the same work with a thousand answers in the database, and with a million."""

import statistics
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from quizapp.models import db
from tests.benchmark.lived_in import ANSWERS_OF_CLASS, LivedIn, live_in
from tests.benchmark.measuring import Job, Plan, in_rounds, ratio
from tests.benchmark.requests import Request
from tests.benchmark.workload import Workload, app_with_bank, cookie_of, prepare_submits, work_of
from tests.conftest import Browser

FULL, QUICK = (10**3, 10**4, 10**5, 10**6), (10**3, 10**4)
FULL_PLAN, QUICK_PLAN = Plan(seconds=60.0, requests=20), Plan(seconds=3.0, requests=10)
BOUNDS: Mapping[str, float] = {"R": 1.2, "W": 1.2, "S": 1.2, "gradebook": 1.5, "analysis": 2.0}
"""How many times as long each may take at the largest size as at the smallest; the analysis, as R at the largest."""


@dataclass(frozen=True)
class Growth:
    """Milliseconds by job and by number of answers; how much longer each takes with the most than with the fewest."""

    sizes: Sequence[int]
    milliseconds: Mapping[str, Mapping[int, float]]
    grows: Mapping[str, float]
    analysis_by_page: float
    """The item analysis as a multiple of the attempt page, both with the most answers."""
    bytes_by_answer: float
    """How much the database file grows with an answer, all that goes with it included."""

    def over_bounds(self) -> list[str]:
        """What grows more than it may, in a sentence each."""
        measured = {**self.grows, "analysis": self.analysis_by_page}
        return [
            f"{name} takes {measured[name]:.2f} times as long, and may take {bound:.1f} times."
            for name, bound in BOUNDS.items()
            if measured[name] > bound
        ]


def measure(sizes: Sequence[int], plan: Plan) -> Growth:
    """The figures of each size, measured in turn."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        made = {size: _instance(Path(folder, str(size)), size) for size in sizes}
        works = {size: work for size, (work, _jobs) in made.items()}
        jobs = {f"{name} {size}": made[size][1][name] for name in made[sizes[0]][1] for size in sizes}

        def prepare(requests: int) -> None:
            for work in works.values():
                prepare_submits(work, requests)

        in_rounds(jobs, Plan(0, 10), lambda: prepare(10))
        times = in_rounds(jobs, plan, lambda: prepare(plan.requests))
        return _growth(sizes, times.clock, _bytes_by_answer({size: work.app for size, work in works.items()}))


def _instance(folder: Path, size: int) -> tuple[Workload, dict[str, Job]]:
    """An instance that so many answers were given on, and what is measured on it."""
    folder.mkdir()
    app = app_with_bank(folder, "FULL")
    student, teacher = Browser(app.test_client()), Browser(app.test_client())
    student.sign_in("student")
    teacher.sign_in("teacher")
    lived = live_in(app, student, size // ANSWERS_OF_CLASS)
    cookie = cookie_of(teacher.client)
    work = work_of(app, cookie_of(student.client), student.token(), student.start("mixed-test"), cookie)
    return work, {"R": work.R, "W": work.W, "S": work.S, "T": work.T, **_reports(app, cookie, lived)}


def _reports(app: Flask, cookie: str, lived: LivedIn) -> dict[str, Job]:
    return {
        "gradebook": Request(app, "GET", f"/teach/classes/{lived.classroom}/gradebook", cookie).send,
        "analysis": Request(app, "GET", f"/teach/quizzes/{lived.quiz}/analysis", cookie).send,
    }


def _growth(sizes: Sequence[int], times: Mapping[str, Sequence[float]], bytes_by_answer: float) -> Growth:
    names = list(dict.fromkeys(key.split()[0] for key in times))
    first, last = sizes[0], sizes[-1]
    return Growth(
        sizes=sizes,
        milliseconds={
            name: {size: 1000 * statistics.median(times[f"{name} {size}"]) for size in sizes} for name in names
        },
        grows={name: ratio(times[f"{name} {last}"], times[f"{name} {first}"]) for name in names},
        analysis_by_page=ratio(times[f"analysis {last}"], times[f"R {last}"]),
        bytes_by_answer=bytes_by_answer,
    )


def _bytes_by_answer(apps: Mapping[int, Flask]) -> float:
    sizes = {size: _bytes(app) for size, app in apps.items()}
    fewest, most = min(sizes), max(sizes)
    return (sizes[most] - sizes[fewest]) / (most - fewest)


def _bytes(app: Flask) -> int:
    with app.app_context():
        pages: Any = db.session.execute(db.text("PRAGMA page_count")).scalar_one()
        size: Any = db.session.execute(db.text("PRAGMA page_size")).scalar_one()
        return int(pages * size)


def as_lines(found: Growth) -> list[str]:
    """The figures, for people."""
    lines = [f"  {'milliseconds':<14}" + "".join(f"{size:>12,}" for size in found.sizes) + f"{'growth':>10}"]
    for name, by_size in found.milliseconds.items():
        cells = "".join(f"{by_size[size]:>12.2f}" for size in found.sizes)
        lines.append(f"  {name:<14}{cells}{found.grows[name]:>9.2f}×")
    lines += [
        f"  the item analysis takes {found.analysis_by_page:.1f} times as long as the attempt page",
        f"  an answer takes {found.bytes_by_answer:.0f} bytes of the database, with its share of all that goes with it",
        *(f"  OVER ITS BOUND: {words}" for words in found.over_bounds()),
    ]
    return lines
