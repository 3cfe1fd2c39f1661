"""Timing in rounds, the product and its floors in turn, so that a slow moment of the machine hits all of them."""

import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmark import floors
from tests.benchmark.requests import counted
from tests.benchmark.workload import Workload, prepare_submits, workload

Job = Callable[[], object]
FEWEST_ROUNDS = 3


@dataclass(frozen=True)
class Plan:
    """How much is measured: rounds for so many seconds, and requests of each sort in a round."""

    seconds: float
    requests: int
    """Of a slow sort, such as a teacher's list, a fifth."""

    def requests_of(self, name: str) -> int:
        """How many of this sort."""
        return max(1, self.requests // 5) if name.split()[0] in SLOW else self.requests


SLOW = frozenset({"T", "gradebook", "analysis"})
FULL, QUICK = Plan(seconds=40.0, requests=20), Plan(seconds=4.0, requests=15)


RATIOS: Mapping[str, tuple[str, str, str]] = {
    "w": ("W", "save", "saving an answer / bare durable save"),
    "w_checked": ("W", "checked save", "saving an answer / durable save with cookie and token"),
    "w_form": ("form", "save", "saving by the form, without scripts / bare durable save"),
    "r_hello": ("R", "own hello", "the attempt page / a small page in our own app"),
    "r_bare": ("R", "hello", "the attempt page / bare small page"),
    "r_checked": ("R", "checked hello", "the attempt page / small page with cookie and token"),
    "s_hello": ("S", "own hello", "submitting 20 answers / a small page in our own app"),
    "s_bare": ("S", "hello", "submitting 20 answers / bare small page"),
    "s_save": ("S", "save", "submitting 20 answers / bare durable save"),
    "hello_bare": ("own hello", "hello", "a small page in our own app / bare small page"),
    "t_hello": ("T", "own hello", "the teacher’s list of attempts / a small page in our own app"),
}
"""Each ratio by name: whose time is divided by whose, and the same in words."""


@dataclass(frozen=True)
class Figures:
    """Milliseconds by job, ratios of times by name (medians of rounds), and statements by letter."""

    milliseconds: Mapping[str, float]
    ratios: Mapping[str, float]
    processor_ratios: Mapping[str, float]
    """The same ratios of processor time, without waiting for the disk or for others."""
    statements: Mapping[str, int]
    save_sets_cookie: bool
    rounds: int


@dataclass(frozen=True)
class Times:
    """Seconds a request by job, a figure per round: by the clock, and of processor, which other work hardly changes."""

    clock: dict[str, list[float]]
    processor: dict[str, list[float]]


def in_rounds(jobs: Mapping[str, Job], plan: Plan, prepare: Callable[[], None]) -> Times:
    """How long each job takes; before each round `prepare` is called, out of the time."""
    times = Times({name: [] for name in jobs}, {name: [] for name in jobs})
    until, rounds = time.perf_counter() + plan.seconds, 0
    while rounds < FEWEST_ROUNDS or time.perf_counter() < until:
        prepare()
        for name, job in jobs.items():
            requests = plan.requests_of(name)
            start, spent = time.perf_counter(), time.process_time()
            for _ in range(requests):
                job()
            times.clock[name].append((time.perf_counter() - start) / requests)
            times.processor[name].append((time.process_time() - spent) / requests)
        rounds += 1
    return times


def ratio(ours: Sequence[float], floor: Sequence[float]) -> float:
    """How many times as long ours takes: the median of the rounds' ratios."""
    return statistics.median(mine / other for mine, other in zip(ours, floor, strict=True))


def measure(plan: Plan, synchronous: str) -> Figures:
    """The figures under one setting of SQLite's `synchronous`."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        ours, floor = Path(name, "ours"), Path(name, "floor")
        ours.mkdir()
        floor.mkdir()
        return _measure(plan, workload(ours, synchronous), floor, synchronous)


def _measure(plan: Plan, work: Workload, folder: Path, synchronous: str) -> Figures:
    bare, checked = floors.bare(folder, synchronous), floors.with_cookie_and_token(folder, synchronous)
    jobs: dict[str, Job] = {
        "hello": bare.hello,
        "checked hello": checked.hello,
        "own hello": work.hello,
        "R": work.R,
        "S": work.S,
        "T": work.T,
        "form": work.form,
        "save": bare.save,
        "W": work.W,
        "checked save": checked.save,
    }
    in_rounds(jobs, Plan(0, 10), lambda: prepare_submits(work, 10))
    times = in_rounds(jobs, plan, lambda: prepare_submits(work, plan.requests))
    return Figures(
        milliseconds={name: 1000 * statistics.median(found) for name, found in times.clock.items()},
        ratios=_ratios(times.clock),
        processor_ratios=_ratios(times.processor),
        statements=statements(work),
        save_sets_cookie="set-cookie" in work.W().names(),
        rounds=len(times.clock["W"]),
    )


def _ratios(times: Mapping[str, Sequence[float]]) -> dict[str, float]:
    return {name: ratio(times[ours], times[floor]) for name, (ours, floor, _words) in RATIOS.items()}


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
