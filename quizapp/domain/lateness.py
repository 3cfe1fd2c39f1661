"""Work handed in after its due date: whether it is taken, and what it still earns."""

import math
from datetime import datetime, timedelta
from enum import StrEnum

from quizapp.domain.timing import closing_for


class LatePolicy(StrEnum):
    """What becomes of work handed in after its due date."""

    ACCEPT = "accept"
    """It counts in full, and is shown as late."""
    DEDUCT = "deduct"
    """It loses some of what it earned for each day begun."""
    REFUSE = "refuse"
    """It cannot be handed in: an attempt that is open closes at the due date."""


def days_late(due: datetime | None, submitted: datetime) -> int:
    """The days begun between the due date and the submission; 0 for what came in time, or has no due date."""
    if due is None or submitted <= due:
        return 0
    return math.ceil((submitted - due) / timedelta(days=1))


def share_kept(policy: LatePolicy, percent: int, late_by: int) -> float:
    """The share 0–1 of what was earned that remains after `late_by` days: `percent` (0–100) goes for each, never more.

    1 for work in time, and where the policy takes nothing off.
    """
    if policy is not LatePolicy.DEDUCT:
        return 1.0
    return max(0.0, 1.0 - late_by * percent / 100)


def own_due(due: datetime | None, policy: LatePolicy, minutes: int | None, factor: float, days: int) -> datetime | None:
    """The due date of a student to whom dates come `days` later; None where nothing is due.

    Where late work is refused the attempt ends with it, so that it comes later by the time added to the limit, too, as
    every closing does.
    """
    return closing_for(due, minutes if policy is LatePolicy.REFUSE else None, factor, days)
