"""What counts for an assignment: lateness takes off first, then one attempt is chosen."""

from datetime import timedelta

import pytest

from quizapp.domain.assignment_scores import Finished, kept_of, score_of
from quizapp.domain.grading import Grading
from quizapp.domain.lateness import LatePolicy, own_due
from tests.conftest import NOW

DUE = NOW
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def in_time(share: float, awaiting: int = 0) -> Finished:
    """An attempt that came an hour before it was due."""
    return Finished(share, DUE - HOUR, awaiting)


def late(share: float, by: timedelta = HOUR) -> Finished:
    """An attempt that came late."""
    return Finished(share, DUE + by)


@pytest.mark.parametrize(
    ("by", "days", "share"),
    [(-HOUR, 0, 0.8), (HOUR, 1, 0.72), (DAY, 1, 0.72), (DAY + HOUR, 2, 0.64), (11 * DAY, 11, 0)],
)
def test_each_day_begun_takes_off_a_share_of_what_was_earned(by: timedelta, days: int, share: float) -> None:
    kept = kept_of(late(0.8, by), LatePolicy.DEDUCT, 10, DUE)
    assert (kept.late_by, kept.share) == (days, pytest.approx(share))


@pytest.mark.parametrize("policy", [LatePolicy.ACCEPT, LatePolicy.REFUSE])
def test_where_nothing_is_deducted_late_work_is_late_and_counts_in_full(policy: LatePolicy) -> None:
    kept = kept_of(late(0.8), policy, 10, DUE)
    assert (kept.late_by, kept.share, kept.taken_off) == (1, 0.8, 0)


def test_a_share_below_nothing_is_not_made_better_by_lateness() -> None:
    assert kept_of(late(-0.5), LatePolicy.DEDUCT, 10, DUE).share == -0.5


def test_without_a_due_date_nothing_is_late() -> None:
    assert kept_of(late(0.8), LatePolicy.DEDUCT, 10, None).late_by == 0


@pytest.mark.parametrize(
    ("grading", "share", "late_by", "counts"),
    [
        (Grading.FIRST, 0.7, 0, 0),
        (Grading.BEST, 0.7, 0, 0),
        (Grading.LATEST, 0.4, 1, 1),
        (Grading.AVERAGE, 0.55, 1, None),
    ],
)
def test_an_attempt_in_time_may_be_better_than_a_fuller_one_that_came_late(
    grading: Grading, share: float, late_by: int, counts: int | None
) -> None:
    score = score_of([in_time(0.7), late(0.8)], grading, LatePolicy.DEDUCT, 50, DUE)
    assert (score.share, score.late_by, score.counts, score.attempts) == (pytest.approx(share), late_by, counts, 2)


def test_what_was_taken_off_is_told_apart_from_what_was_earned() -> None:
    score = score_of([late(0.8)], Grading.BEST, LatePolicy.DEDUCT, 25, DUE)
    assert (score.earned, score.share, score.taken_off) == (0.8, pytest.approx(0.6), pytest.approx(0.2))


def test_nothing_finished_counts_nothing() -> None:
    score = score_of([], Grading.BEST, LatePolicy.DEDUCT, 10, DUE)
    assert (score.share, score.late_by, score.provisional, score.attempts, score.taken_off) == (None, 0, False, 0, 0)


@pytest.mark.parametrize(
    ("grading", "provisional"),
    [(Grading.FIRST, False), (Grading.LATEST, True), (Grading.BEST, True), (Grading.AVERAGE, True)],
)
def test_a_score_is_provisional_where_a_mark_to_come_may_change_it(grading: Grading, provisional: bool) -> None:
    score = score_of([in_time(0.7), in_time(0.2, awaiting=1)], grading, LatePolicy.ACCEPT, 0, DUE)
    assert score.provisional is provisional


def test_a_student_s_own_due_date_is_so_many_days_later() -> None:
    assert own_due(DUE, LatePolicy.ACCEPT, 30, 2.0, 3) == DUE + 3 * DAY
    assert own_due(None, LatePolicy.ACCEPT, 30, 2.0, 3) is None


def test_where_it_closes_when_due_the_time_added_to_the_limit_is_in_time() -> None:
    assert own_due(DUE, LatePolicy.REFUSE, 30, 2.0, 3) == DUE + 3 * DAY + timedelta(minutes=30)
