"""Scores held back: lists of attempts say the same as the attempt itself."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.feedback import Moment
from quizapp.models import Accommodation
from quizapp.services.attempts import showing, submitting
from quizapp.services.reports import own_history
from quizapp.services.withheld import Withheld
from tests.conftest import NOW, person
from tests.services.attempts.steps import began, run_so

CLOSES = NOW + timedelta(days=1)
MOMENTS = (NOW, CLOSES, CLOSES + timedelta(minutes=30), CLOSES + timedelta(hours=2))
"""Before closing, at it, after it but within Ben's extra time, and after that."""


def submitted(session: Session, mark: Moment, closes: datetime | None) -> int:
    """A submitted test of Ayesha's that shows marks from this moment on, and for which Ben has an hour more."""
    attempt = began(session)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    session.add(Accommodation(user_id=person(session, "ben").id, time_factor=2.0, extra_attempts=0))
    run_so(session, "whole-test", minutes=60, closes=closes, feedback={"mark": mark, "correctness": "at_once"})
    return attempt.id


@pytest.mark.parametrize("closes", [CLOSES, None])
@pytest.mark.parametrize("mark", Moment)
def test_a_list_shows_a_score_when_the_attempt_itself_does(
    session: Session, mark: Moment, closes: datetime | None
) -> None:
    state = showing.attempt_state(session, submitted(session, mark, closes))
    for now in MOMENTS:
        (row,) = own_history(session, state.user_id, now).attempts
        assert (row.score is not None) is (row.withheld is None) is state.shown_of_score(now)


def test_a_score_waits_until_the_quiz_has_closed_for_who_has_most_time(session: Session) -> None:
    state = showing.attempt_state(session, submitted(session, Moment.AFTER_CLOSING, CLOSES))
    seen = [own_history(session, state.user_id, now).attempts[0].withheld for now in MOMENTS]
    later = Withheld(until=CLOSES + timedelta(hours=1))
    assert seen == [later, later, later, None]


@pytest.mark.parametrize(("mark", "closes"), [(Moment.NEVER, CLOSES), (Moment.AFTER_CLOSING, None)])
def test_no_time_is_named_where_none_will_come(session: Session, mark: Moment, closes: datetime | None) -> None:
    state = showing.attempt_state(session, submitted(session, mark, closes))
    assert own_history(session, state.user_id, NOW).attempts[0].withheld == Withheld(until=None)
