"""What the figures were measured under, and whether they may be believed: no other work on the machine."""

import importlib.metadata
import os
import platform
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.benchmark.processes import clock_ticks_of

LIBRARIES = ("flask", "werkzeug", "sqlalchemy", "jinja2", "granian")
IDLE_BEFORE = 0.90
"""Share of all cores that must be idle before anything is measured."""
OTHER_MEANWHILE = 0.10
"""Share of all cores that others may use while something is measured: a kernel tidies up now and then."""


@dataclass(frozen=True)
class Ticks:
    """Processor time of the whole machine since its start, in clock ticks of all cores together."""

    total: int
    busy: int
    """Without interrupts, which nobody can be charged for."""

    @classmethod
    def now(cls) -> "Ticks | None":
        """As Linux tells; None elsewhere."""
        try:
            with open("/proc/stat", encoding="ascii") as file:  # noqa: PTH123  read often, and a Path costs more
                numbers = [int(word) for word in file.readline().split()[1:9]]
        except OSError:
            return None
        user, nice, system, _idle, _waiting, _irq, _softirq, steal = numbers
        return cls(sum(numbers), user + nice + system + steal)


@dataclass
class Watch:
    """Sees what others do on the machine while parts of the benchmark run; shares are of all cores together."""

    others: dict[str, float] = field(default_factory=dict)
    """What others used meanwhile, by the name of the part. Nothing is in it where the machine does not tell."""

    @contextmanager
    def over(self, part: str, roots: Collection[int] = ()) -> Iterator[None]:
        """Watch over a part; processes under `roots` are ours as well, and must outlive it."""
        ours = (os.getpid(), *roots)
        first, spent = Ticks.now(), sum(map(clock_ticks_of, ours))
        yield
        last, spent = Ticks.now(), sum(map(clock_ticks_of, ours)) - spent
        if first and last and last.total > first.total:
            share = (last.busy - first.busy - spent) / (last.total - first.total)
            self.others[part] = max(self.others.get(part, 0.0), round(max(0.0, share), 3))


def idle_share(seconds: float) -> float | None:
    """The share of all cores that is idle while we wait so long; None where the machine does not tell."""
    first = Ticks.now()
    time.sleep(seconds)
    last = Ticks.now()
    if not first or not last or last.total == first.total:
        return None
    return round(1 - (last.busy - first.busy) / (last.total - first.total), 3)


def doubts(idle_before: float | None, others: Mapping[str, float]) -> list[str]:
    """Why the figures must not be believed, in a sentence each; none where they may."""
    if idle_before is None:
        return ["This machine does not tell how busy it is, so nobody knows what else it did."]
    found = []
    if idle_before < IDLE_BEFORE:
        found.append(f"Before the start only {idle_before:.0%} of the cores was idle, and {IDLE_BEFORE:.0%} has to be.")
    found += [
        f"Others used {share:.0%} of the cores during “{part}”, and more than {OTHER_MEANWHILE:.0%} spoils it."
        for part, share in others.items()
        if share > OTHER_MEANWHILE
    ]
    return found


def conditions(seconds: float = 1.0) -> dict[str, Any]:
    """Versions, cores, what an fsync costs, and how idle the machine is during so many seconds."""
    return {
        "python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in LIBRARIES},
        "sqlite": sqlite3.sqlite_version,
        "cores": os.cpu_count() or 1,
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "idle_before": idle_share(seconds),
        "fsync_ms": round(fsync_median_ms(), 3),
    }


def fsync_median_ms(times: int = 100) -> float:
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


def as_lines(found: Mapping[str, Any]) -> list[str]:
    """The conditions, for people."""
    idle = "not known" if found["idle_before"] is None else f"{found['idle_before']:.0%}"
    return [
        f"Python {found['python']}, " + ", ".join(f"{name} {found[name]}" for name in (*LIBRARIES, "sqlite")),
        f"{found['cores']} cores, idle before {idle}, load {found['load']}; "
        f"one small durable write takes {found['fsync_ms']} ms (median)",
    ]
