"""Timing in rounds, the product and its floor in turn, so that a slow moment of the machine hits both."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmark.floors import bare_app
from tests.benchmark.workload import Request, Workload, counted, prepare_submits, workload


@dataclass(frozen=True)
class Plan:
    """How much is measured: rounds, and requests of each sort in a round."""

    rounds: int
    requests: int


FULL, QUICK = Plan(rounds=15, requests=150), Plan(rounds=7, requests=60)


@dataclass(frozen=True)
class Figures:
    """Requests per second by letter (floors in lower case), and ratios of time to the floor's; medians of rounds."""

    per_second: dict[str, float]
    ratios: dict[str, float]
    statements: dict[str, int]


def seconds(work: Callable[[], object], times: int) -> float:
    """How long it takes to do the work so many times."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return time.perf_counter() - start


def measure(plan: Plan, synchronous: str) -> Figures:
    """The figures under one setting of SQLite's `synchronous`."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        ours, floor = Path(name, "ours"), Path(name, "floor")
        ours.mkdir()
        floor.mkdir()
        return _measure(plan, workload(ours, synchronous), floor, synchronous)


def _measure(plan: Plan, work: Workload, floor: Path, synchronous: str) -> Figures:
    bare = bare_app(floor, synchronous)
    hello, save = Request(bare, "GET", "/hello"), Request(bare, "POST", "/save")
    numbers = iter(range(1, 10**9))
    jobs: dict[str, Callable[[], object]] = {
        "R": work.R,
        "W": work.W,
        "S": work.S,
        "T": work.T,
        "hello": hello.send,
        "save": lambda: save.send({"answer": "1947", "revision": str(next(numbers))}),
    }
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs:
        prepare_submits(work, 20)
        seconds(jobs[job], 20)
    for _ in range(plan.rounds):
        prepare_submits(work, plan.requests)
        for name, job_of in jobs.items():
            times[name].append(seconds(job_of, plan.requests) / plan.requests)
    return Figures(
        per_second={name: 1 / statistics.median(found) for name, found in times.items()},
        ratios={
            "w": _ratio(times["W"], times["save"]),
            "r_hello": _ratio(times["R"], times["hello"]),
            "s_hello": _ratio(times["S"], times["hello"]),
        },
        statements=statements(work),
    )


def _ratio(ours: list[float], floors: list[float]) -> float:
    return statistics.median(mine / floor for mine, floor in zip(ours, floors, strict=True))


def statements(work: Workload) -> dict[str, int]:
    """SQL statements of one request of each sort, with the caches warm."""
    found: dict[str, int] = {}
    prepare_submits(work, 2)
    for name in ("R", "W", "S"):
        job = getattr(work, name)
        job()
        with counted(work.app) as run:
            job()
        found[name] = len(run)
    return found


def fsync_median_ms(times: int = 40) -> float:
    """The median time, in milliseconds, of making one small write durable on this disk."""
    with tempfile.NamedTemporaryFile() as file:
        spans = []
        for _ in range(times):
            file.write(b"x" * 512)
            file.flush()
            start = time.perf_counter()
            os.fsync(file.fileno())
            spans.append((time.perf_counter() - start) * 1000)
    return statistics.median(spans)
