"""What finished attempts for an assignment come to: what is taken off for lateness, and what then counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.domain.grading import Grading, counting
from quizapp.domain.lateness import LatePolicy, days_late, share_kept


@dataclass(frozen=True)
class Finished:
    """A finished attempt: its share, at most 1 and below 0 where certainty was misplaced.

    `awaiting` is how many of its answers wait for a teacher's mark.
    """

    share: float
    submitted: datetime
    awaiting: int = 0


@dataclass(frozen=True)
class Kept:
    """What an attempt counts: `share` of the `earned`, both as shares, after it came `late_by` days begun late."""

    earned: float
    share: float
    late_by: int

    @property
    def taken_off(self) -> float:
        """The share that lateness took off."""
        return self.earned - self.share


@dataclass(frozen=True)
class AssignmentScore:
    """What counts for an assignment.

    `share` is at most 1, None where nothing is finished; `earned` is the same before anything is taken off. `late_by`
    are the days begun late of the attempt that counts, of the latest one where the average does. `provisional` says
    that an answer which may change the share waits for a mark. `counts` is the place from 0 of the attempt that
    counts, None for none and for the average; `attempts` is how many are finished.
    """

    share: float | None
    late_by: int
    provisional: bool
    attempts: int
    earned: float | None = None
    counts: int | None = None

    @property
    def taken_off(self) -> float:
        """The share that lateness took off; 0 where nothing is finished."""
        return 0.0 if self.share is None or self.earned is None else self.earned - self.share


def kept_of(attempt: Finished, late: LatePolicy, percent: int, due: datetime | None) -> Kept:
    """What one attempt counts. `due` is the student's own; a share below 0 stays: lateness takes only what was earned.

    `percent`, 0–100, goes for each day begun where the policy is to deduct.
    """
    late_by = days_late(due, attempt.submitted)
    share = attempt.share * share_kept(late, percent, late_by) if attempt.share > 0 else attempt.share
    return Kept(attempt.share, share, late_by)


def score_of(
    attempts: Sequence[Finished], grading: Grading, late: LatePolicy, percent: int, due: datetime | None
) -> AssignmentScore:
    """What counts of a student's finished attempts, in the order taken; `due` is the student's own due date.

    Lateness takes off from each attempt first, and then `grading` chooses: an attempt in time may be better than a
    fuller one that came late.
    """
    kept = [kept_of(attempt, late, percent, due) for attempt in attempts]
    place = _counting_place([one.share for one in kept], grading)
    chosen = kept if place is None else [kept[place]]
    return AssignmentScore(
        share=counting([one.share for one in kept], grading),
        late_by=max((one.late_by for one in chosen), default=0),
        provisional=_may_change(attempts, grading),
        attempts=len(kept),
        earned=sum(one.earned for one in chosen) / len(chosen) if chosen else None,
        counts=place,
    )


def _counting_place(shares: Sequence[float], grading: Grading) -> int | None:
    """Which attempt counts: the earlier one of two that are equally good."""
    if not shares:
        return None
    match grading:
        case Grading.FIRST:
            return 0
        case Grading.LATEST:
            return len(shares) - 1
        case Grading.BEST:
            return shares.index(max(shares))
        case Grading.AVERAGE:
            return None


def _may_change(attempts: Sequence[Finished], grading: Grading) -> bool:
    """Whether a mark that is still to come can change what counts."""
    match grading:
        case Grading.FIRST:
            relevant = attempts[:1]
        case Grading.LATEST:
            relevant = attempts[-1:]
        case _:
            relevant = attempts
    return any(attempt.awaiting for attempt in relevant)
