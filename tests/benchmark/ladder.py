"""How many students a server holds: step after step with more or fewer, until the answers come too late."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.benchmark.load import Hit, percentile

LATEST = 200.0
"""Milliseconds that 99 of 100 requests may take."""
_GROWTH = 1.5
_ROUND = 100


@dataclass(frozen=True)
class Window:
    """A part of a step: how its requests fared; times in milliseconds."""

    requests: int
    failed: int
    p50: float
    p99: float

    @property
    def holds(self) -> bool:
        """Whether everybody was served in time: not one request may fail."""
        return not self.failed and self.p99 < LATEST


def window(hits: Sequence[Hit]) -> Window:
    """The requests of a part of a step; one that fails counts with its time."""
    times = [hit.milliseconds for hit in hits] or [math.inf]
    failed = sum(hit.status not in (200, 303) for hit in hits)
    return Window(len(hits), failed, percentile(times, 0.5), percentile(times, 0.99))


def next_step(tried: Mapping[int, bool], first: int, fineness: float) -> int | None:
    """With how many students to go on; None when enough is known.

    `tried` says of each number whether it was held. The answer is enough when the fewest that were not held are at
    most so much (a share) above the most that were.
    """
    if not tried:
        return max(_ROUND, round(first / _ROUND) * _ROUND)
    failed = min((students for students, held in tried.items() if not held), default=None)
    held = max((n for n, fine in tried.items() if fine and (failed is None or n < failed)), default=None)
    if failed is None:
        return _rounded(max(tried) * _GROWTH)
    if held is None:
        return _rounded(failed / _GROWTH) if failed > _ROUND else None
    between = _rounded(math.sqrt(held * failed))
    return None if failed <= held * (1 + fineness) or between in (held, failed) else between


def _rounded(students: float) -> int:
    return max(_ROUND, round(students / _ROUND) * _ROUND)


def held(tried: Mapping[int, bool]) -> int:
    """The most that were held with every smaller number that was tried; 0 where none was."""
    failed = min((students for students, fine in tried.items() if not fine), default=math.inf)
    return max((students for students, fine in tried.items() if fine and students < failed), default=0)
