"""The gradebook of a class: what stands in each of its cells, what a row and a column come to, and in which order."""

import hashlib
import hmac
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from quizapp.domain.assignment_scores import Finished, score_of
from quizapp.domain.grading import Grading
from quizapp.domain.lateness import LatePolicy

LineT = TypeVar("LineT")


class Standing(StrEnum):
    """How a student stands with an assignment."""

    NOT_BEGUN = "not_begun"
    MISSING = "missing"
    """Not begun, and the student's own due or closing date has passed."""
    RUNNING = "running"
    """Begun, and nothing is handed in yet."""
    DONE = "done"


@dataclass(frozen=True)
class Rules:
    """By which an assignment is scored: which attempt counts, and what becomes of late work."""

    grading: Grading
    late: LatePolicy = LatePolicy.ACCEPT
    late_percent: int = 0
    """0–100, off for each day begun where the policy is to deduct."""


@dataclass(frozen=True)
class Taken:
    """An attempt for an assignment. `submitted` is None while it runs.

    `share` is at most 1 and below 0 where certainty was misplaced; None while it runs, and where there was nothing to
    earn. `awaiting` is how many of its answers wait for a teacher's mark.
    """

    id: int
    share: float | None
    submitted: datetime | None
    awaiting: int = 0


@dataclass(frozen=True)
class Cell:
    """One student and one assignment.

    `share` is what counts, at most 1, after the `taken_off` for lateness; None where nothing counts. `late_by` are the
    days begun late of the attempt that counts. `provisional`: an answer that may change it waits for a mark. `running`:
    an attempt is open. `attempts` are finished; `attempt_id` is the one to look at: that which counts, the latest
    finished one where the average does.
    """

    standing: Standing = Standing.NOT_BEGUN
    share: float | None = None
    taken_off: float = 0.0
    late_by: int = 0
    provisional: bool = False
    running: bool = False
    attempts: int = 0
    attempt_id: int | None = None

    @property
    def settled(self) -> float | None:
        """The share that goes into means: what waits for a mark may still rise, so it would pull them down for now."""
        return None if self.provisional else self.share


def cell_of(taken: Sequence[Taken], rules: Rules, due: datetime | None, end: datetime | None, now: datetime) -> Cell:
    """The cell of a student who took these attempts, in the order taken.

    `due` is the student's own due date, `end` when nothing can be handed in any more; each None where there is none.
    """
    if not taken:
        over = [moment for moment in (due, end) if moment is not None and moment < now]
        return Cell(Standing.MISSING if over else Standing.NOT_BEGUN)
    running = any(attempt.submitted is None for attempt in taken)
    done = [attempt for attempt in taken if attempt.submitted is not None]
    if not done:
        return Cell(Standing.RUNNING, running=True)
    scored = [attempt for attempt in done if attempt.share is not None]
    score = score_of(list(_finished(scored)), rules.grading, rules.late, rules.late_percent, due)
    return Cell(
        standing=Standing.DONE,
        share=score.share,
        taken_off=score.taken_off,
        late_by=score.late_by,
        provisional=score.provisional,
        running=running,
        attempts=len(done),
        attempt_id=(done[-1] if score.counts is None else scored[score.counts]).id,
    )


def _finished(scored: Iterable[Taken]) -> Iterable[Finished]:
    for attempt in scored:
        if attempt.share is not None and attempt.submitted is not None:
            yield Finished(attempt.share, attempt.submitted, attempt.awaiting)


def with_nothing_for_missing(cell: Cell) -> Cell:
    """The cell where work that is missing counts as 0."""
    return replace(cell, share=0.0) if cell.standing is Standing.MISSING else cell


DEVIATION_FROM = 5
"""Shares from which a standard deviation is given: of fewer it tells more of chance than of the class."""


@dataclass(frozen=True)
class Spread:
    """How shares spread: their number, mean, median and standard deviation (n − 1).

    Mean and median are None without a share, the standard deviation with fewer than `DEVIATION_FROM`.
    """

    number: int
    mean: float | None
    median: float | None
    deviation: float | None


def spread_of(shares: Iterable[float | None]) -> Spread:
    """The spread of those shares that are known."""
    known = [share for share in shares if share is not None]
    if not known:
        return Spread(0, None, None, None)
    deviation = statistics.stdev(known) if len(known) >= DEVIATION_FROM else None
    return Spread(len(known), statistics.fmean(known), statistics.median(known), deviation)


def mean_of(shares: Iterable[float | None]) -> float | None:
    """The mean of those shares that are known; None without any."""
    known = [share for share in shares if share is not None]
    return statistics.fmean(known) if known else None


def ordered_by_share(
    lines: Iterable[LineT], share: Callable[[LineT], float | None], highest_first: bool
) -> list[LineT]:
    """The lines by a share, those without one at the end either way; equal ones stay as they stood."""
    lines = list(lines)
    known = [line for line in lines if share(line) is not None]
    known.sort(key=lambda line: share(line) or 0.0, reverse=highest_first)
    return known + [line for line in lines if share(line) is None]


def pseudonyms(ids: Iterable[int], key: bytes) -> dict[int, int]:
    """A number from 1 for each id, in an order that only who has the `key` can tell from chance.

    The same ids and key always give the same numbers, so that two exports of one class fit together.
    """
    hidden = sorted(ids, key=lambda number: hmac.digest(key, str(number).encode(), hashlib.sha256))
    return {number: place for place, number in enumerate(hidden, start=1)}
