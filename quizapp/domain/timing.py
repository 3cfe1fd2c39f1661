"""Time limits by the server's clock: when an attempt ends, and how late an answer may still arrive."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

GRACE = timedelta(seconds=30)
"""How long after its deadline an attempt still takes answers that were on their way."""


@dataclass(frozen=True)
class Allowance:
    """The time a student has: the quiz's own, and what is added for this student, both in whole minutes."""

    minutes: int
    extra: int

    @property
    def total(self) -> int:
        """Both together, in minutes."""
        return self.minutes + self.extra


def allowance(minutes: int | None, factor: float) -> Allowance | None:
    """The time a student with this `factor` (1 or more, 2 for double time) has; None without a limit.

    A minute begun is a minute given. Raises ValueError for a factor below 1: an accommodation never takes time away.
    """
    if factor < 1:
        raise ValueError(f"a time factor is 1 or more, not {factor}")
    return None if minutes is None else Allowance(minutes, math.ceil(round(minutes * (factor - 1), 6)))


def closing_for(closes: datetime | None, minutes: int | None, factor: float, days: int = 0) -> datetime | None:
    """When the quiz closes for a student with this factor, to whom dates come so many `days` later.

    The time added to the limit is added to the window too.
    """
    time = allowance(minutes, factor)
    added = timedelta(days=days, minutes=0 if time is None else time.extra)
    return None if closes is None else closes + added


def deadline(
    started: datetime, minutes: int | None, closes: datetime | None, factor: float, days: int = 0
) -> datetime | None:
    """When an attempt ends: start + limit × factor, but not after the window, which is extended likewise.

    None where there is neither a limit nor a closing time.
    """
    time = allowance(minutes, factor)
    by_limit = None if time is None else started + timedelta(minutes=time.total)
    window = closing_for(closes, minutes, factor, days)
    return min((end for end in (by_limit, window) if end is not None), default=None)


def takes_answers(end: datetime | None, now: datetime) -> bool:
    """Whether an answer that arrives now is still taken: until a little after the deadline, see `GRACE`."""
    return end is None or now <= end + GRACE


def is_overdue(end: datetime | None, now: datetime) -> bool:
    """Whether an open attempt must be closed, at its deadline, with what was saved."""
    return not takes_answers(end, now)


def remaining(end: datetime | None, now: datetime) -> timedelta | None:
    """The time left, never below nothing; None without an end."""
    return None if end is None else max(end - now, timedelta(0))
