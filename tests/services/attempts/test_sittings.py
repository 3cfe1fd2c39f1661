"""A student's attempts before their teacher."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.models import Purpose
from quizapp.services.attempts import submitting
from quizapp.services.attempts.answering import NoSuchAttempt
from quizapp.services.attempts.sittings import managed, sittings
from tests.conftest import NOW, person, teacher_id
from tests.services.attempts.steps import began, run_so
from tests.spaced import answered


def test_attempts_at_quizzes_are_listed_the_running_ones_apart(session: Session) -> None:
    run_so(session, "whole-test", minutes=20)
    done, running = began(session, "rise-practice"), began(session)
    began(session, "rise-only", "ben")
    answered(session, "river", NOW)
    submitting.submit(session, done.id, done.user_id, NOW)
    open_ones, submitted = sittings(session, teacher_id(session), person(session, "ayesha").id)
    assert [(row.id, row.deadline) for row in open_ones] == [(running.id, NOW + timedelta(minutes=20))]
    assert [(row.id, row.submitted) for row in submitted] == [(done.id, NOW)]


@pytest.mark.parametrize(
    ("settings", "needs"), [({}, False), ({"minutes": 20}, True), ({"closes": NOW + timedelta(days=1)}, True)]
)
def test_what_had_an_end_needs_one_again(session: Session, settings: dict[str, object], needs: bool) -> None:
    run_so(session, "whole-test", **settings)
    assert managed(session, teacher_id(session), began(session).id).needs_end is needs


def test_the_key_may_have_been_seen_once_a_test_is_submitted(session: Session) -> None:
    attempt = began(session)
    assert not managed(session, teacher_id(session), attempt.id).key_seen(NOW)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    assert managed(session, teacher_id(session), attempt.id).key_seen(NOW)


def test_reviews_and_what_guests_do_are_not_managed(session: Session) -> None:
    review, attempt = answered(session, "river", NOW), began(session, username="ben")
    assert review.purpose is not Purpose.QUIZ
    person(session, "ben").role = Role.GUEST
    session.flush()
    for attempt_id in (review.id, attempt.id, 999):
        with pytest.raises(NoSuchAttempt):
            managed(session, teacher_id(session), attempt_id)
