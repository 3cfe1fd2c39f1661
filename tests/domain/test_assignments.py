"""Dates that fit together, and where an assignment stands among them."""

from datetime import datetime, timedelta

import pytest

from quizapp.domain.assignments import AssignmentRefused, Dates, Phase, check_feedback, phase
from quizapp.domain.feedback import Aspect, FeedbackPolicy, Moment
from quizapp.domain.lateness import LatePolicy
from quizapp.domain.settings import QuizSettings
from tests.conftest import NOW

DAY = timedelta(days=1)
FIRST, SECOND, THIRD = NOW, NOW + DAY, NOW + 2 * DAY


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"opens": SECOND, "due": FIRST}, "due"),
        ({"opens": FIRST, "due": FIRST}, "due"),
        ({"opens": SECOND, "closes": FIRST}, "closes"),
        ({"due": SECOND, "closes": FIRST}, "closes"),
        ({"late": LatePolicy.REFUSE}, "due"),
        ({"late": LatePolicy.DEDUCT, "late_percent": 10}, "due"),
        ({"due": FIRST, "late": LatePolicy.DEDUCT}, "late_percent"),
        ({"due": FIRST, "late": LatePolicy.DEDUCT, "late_percent": 101}, "late_percent"),
        ({"due": FIRST, "late": LatePolicy.DEDUCT, "late_percent": -1}, "late_percent"),
        ({"due": FIRST, "late": LatePolicy.REFUSE, "closes": SECOND}, "closes"),
    ],
)
def test_dates_that_do_not_fit_are_refused_where_to_mend_them(asked: dict[str, object], field: str) -> None:
    with pytest.raises(AssignmentRefused) as refused:
        Dates(**asked)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_where_late_work_is_refused_it_closes_when_it_is_due() -> None:
    assert Dates(due=SECOND, late=LatePolicy.REFUSE).closes == SECOND


def test_a_percentage_stays_only_where_something_is_deducted() -> None:
    assert Dates(due=SECOND, late_percent=10).late_percent == 0
    assert Dates(due=SECOND, late=LatePolicy.DEDUCT, late_percent=10).late_percent == 10


def test_an_assignment_may_have_no_date_at_all_and_may_close_when_it_is_due() -> None:
    assert Dates() == Dates(None, None, None, LatePolicy.ACCEPT, 0)
    assert Dates(opens=FIRST, due=SECOND, closes=SECOND).closes == SECOND


def test_feedback_does_not_wait_for_a_closing_that_never_comes() -> None:
    waits = FeedbackPolicy(dict.fromkeys(Aspect, Moment.AFTER_CLOSING))
    check_feedback(QuizSettings(feedback=waits, closes=NOW))
    with pytest.raises(AssignmentRefused) as refused:
        check_feedback(QuizSettings(feedback=waits))
    assert refused.value.field == "feedback"


@pytest.mark.parametrize(
    ("now", "stands"),
    [
        (FIRST - DAY, Phase.UPCOMING),
        (FIRST, Phase.OPEN),
        (SECOND, Phase.OPEN),
        (SECOND + DAY / 2, Phase.LATE),
        (THIRD, Phase.LATE),
        (THIRD + DAY, Phase.CLOSED),
    ],
)
def test_an_assignment_opens_becomes_late_and_closes(now: datetime, stands: Phase) -> None:
    assert phase(FIRST, SECOND, THIRD, now) is stands
