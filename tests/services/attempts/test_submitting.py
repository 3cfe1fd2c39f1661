"""Submission: marked once, at its time; and opened again by a teacher."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.timing import GRACE
from quizapp.models import Attempt, State, db
from quizapp.models.engine import begin_writing
from quizapp.services.attempts import showing, submitting
from quizapp.services.attempts.answering import AnsweredAlready, AttemptClosed, save_answer
from tests.conftest import NOW, person
from tests.services.attempts.steps import began, place_of, run_so, save, sent, who


def test_a_test_is_marked_at_submission_and_not_before(session: Session) -> None:
    attempt = began(session)
    save(session, attempt, 1, place_of(session, attempt, 1, 0))
    save(session, attempt, 4, "the river ouzl")
    assert showing.attempt_state(session, attempt.id).slot(1).fraction is None
    assert submitting.submit(session, attempt.id, attempt.user_id, NOW)
    state = showing.attempt_state(session, attempt.id)
    assert (state.score, state.max_score) == (2.0, 8.0)
    assert [slot.fraction for slot in state.slots] == [1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]


def test_partial_credit_reaches_the_score(session: Session) -> None:
    attempt = began(session)
    save(session, attempt, 2, place_of(session, attempt, 2, 0))
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    assert showing.attempt_state(session, attempt.id).score == 0.5


def test_submitting_twice_gives_one_result(session: Session) -> None:
    attempt = began(session)
    assert submitting.submit(session, attempt.id, attempt.user_id, NOW)
    assert not submitting.submit(session, attempt.id, attempt.user_id, NOW + timedelta(hours=1))
    assert showing.attempt_state(session, attempt.id).submitted == NOW


def test_a_submit_that_saw_the_attempt_open_before_another_closed_it_changes_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = began(session)
    seen_open = showing.attempt_state(session, attempt.id)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    monkeypatch.setattr(submitting, "own_attempt", lambda *_, **__: seen_open)
    assert not submitting.submit(session, attempt.id, attempt.user_id, NOW + timedelta(hours=1))
    assert showing.attempt_state(session, attempt.id).submitted == NOW


def test_of_many_submits_at_one_moment_one_closes_the_attempt(app: Flask, session: Session) -> None:
    attempt = began(session)
    attempt_id, user_id = attempt.id, attempt.user_id
    session.close()
    closed: list[bool] = []
    together = Barrier(6)

    def submit() -> None:
        with app.app_context():
            together.wait()
            begin_writing(db.session())
            closed.append(submitting.submit(db.session(), attempt_id, user_id, NOW))
            db.session.commit()

    threads = [Thread(target=submit) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(closed) == [False] * 5 + [True]


SURE = ((4, "Ouzel", "3"), (5, "1850", "3"), (1, None, "1"))


def test_certainty_counts_where_the_quiz_says_so(session: Session) -> None:
    run_so(session, "whole-test", certainty="scored")
    attempt = began(session)
    for position, answer, certainty in SURE:
        answer = answer or place_of(session, attempt, 1, 0)
        save_answer(session, who(session), attempt.id, position, sent(answer, certainty=certainty), NOW)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    state = showing.attempt_state(session, attempt.id)
    assert (state.score, state.max_score) == (3.0 - 6.0 + 1.0, 24.0)


def timed(session: Session, ends: datetime) -> Attempt:
    """An attempt of Ayesha's with this deadline and one right answer."""
    attempt = began(session)
    save(session, attempt, 4, "Ouzel")
    attempt.deadline = ends
    session.commit()
    return attempt


def test_an_overdue_attempt_closes_at_its_deadline_with_what_was_saved(session: Session) -> None:
    ends = NOW + timedelta(minutes=5)
    attempt = timed(session, ends)
    assert submitting.close_overdue(session, ends + GRACE) == 0
    assert submitting.close_overdue(session, ends + GRACE + timedelta(seconds=1)) == 1
    state = showing.attempt_state(session, attempt.id)
    assert (state.state, state.submitted, state.score) == (State.SUBMITTED, ends, 1.0)


def test_closing_what_is_overdue_touches_nobody_else(session: Session) -> None:
    attempt = timed(session, NOW)
    later = NOW + timedelta(hours=1)
    assert submitting.close_overdue(session, later, person(session, "ben").id) == 0
    assert submitting.close_overdue(session, later, attempt.user_id) == 1


def test_a_submit_after_the_deadline_counts_from_the_deadline(session: Session) -> None:
    attempt = timed(session, NOW)
    submitting.submit(session, attempt.id, attempt.user_id, NOW + timedelta(seconds=20))
    assert showing.attempt_state(session, attempt.id).submitted == NOW


def test_a_teacher_gives_more_time_from_the_deadline_or_from_now(session: Session) -> None:
    attempt = timed(session, NOW + timedelta(minutes=5))
    assert submitting.extend(session, attempt.id, 10, NOW) == NOW + timedelta(minutes=15)
    late = NOW + timedelta(hours=1)
    assert submitting.extend(session, attempt.id, 10, late) == late + timedelta(minutes=10)


def test_more_time_is_not_for_what_has_ended_or_has_no_end(session: Session) -> None:
    attempt = began(session)
    with pytest.raises(submitting.NoTimeLimit):
        submitting.extend(session, attempt.id, 10, NOW)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    with pytest.raises(AttemptClosed):
        submitting.extend(session, attempt.id, 10, NOW)


def test_an_attempt_opened_again_keeps_its_answers_and_takes_new_ones(session: Session) -> None:
    attempt = timed(session, NOW)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    submitting.reopen(session, attempt.id, 15, NOW)
    state = showing.attempt_state(session, attempt.id)
    assert (state.is_open, state.score, state.deadline) == (True, None, NOW + timedelta(minutes=15))
    assert (state.slot(4).response, state.slot(4).fraction) == ({"text": "Ouzel"}, None)
    save(session, attempt, 4, "Ouse", revision=2)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    assert showing.attempt_state(session, attempt.id).score == 0.0


def test_a_practice_opened_again_keeps_what_was_explained(session: Session) -> None:
    attempt = began(session, "rise-practice")
    save(session, attempt, 2, "1850")
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    submitting.reopen(session, attempt.id, None, NOW)
    state = showing.attempt_state(session, attempt.id)
    assert [slot.settled for slot in state.slots] == [None, NOW]
    with pytest.raises(AnsweredAlready):
        save(session, attempt, 2, "1851", revision=2)


def test_no_attempt_is_opened_beside_another_open_one(session: Session) -> None:
    first = began(session)
    submitting.submit(session, first.id, first.user_id, NOW)
    began(session)
    with pytest.raises(submitting.AnotherAttemptOpen):
        submitting.reopen(session, first.id, None, NOW)
