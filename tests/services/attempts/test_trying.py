"""A teacher tries a quiz out, and nothing of it is kept."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Mode
from quizapp.models import Attempt, Purpose, State, db
from quizapp.services import own_data, problem_reports, progress, reports, spaced_review
from quizapp.services.attempts import retrying, starting, submitting, trying
from quizapp.services.attempts.answering import NoSuchAttempt
from tests.conftest import NOW, person, quiz_named, teacher_id
from tests.services.attempts.steps import run_so


def tried(session: Session, quiz: str = "whole-test", **later: float) -> Attempt:
    """Tahir's trial of a quiz."""
    return trying.try_out(session, teacher_id(session), quiz_named(session, quiz), 7, NOW + timedelta(**later))


def trials(session: Session) -> list[int]:
    """The ids of all trials there are."""
    return list(session.scalars(db.select(Attempt.id).where(Attempt.purpose == Purpose.TRIAL)))


def test_a_trial_is_run_as_the_quiz_is_also_before_students_see_it_and_after_it_has_closed(session: Session) -> None:
    run_so(session, "whole-test", minutes=30, attempts=1, closes=NOW - timedelta(days=1))
    quiz_named(session, "whole-test").published = False
    trial = tried(session)
    assert (trial.mode, trial.deadline, len(trial.slots)) == (Mode.TEST, NOW + timedelta(minutes=30), 8)


def test_a_trial_is_in_no_list_and_no_statistics(session: Session) -> None:
    user = person(session, "tahir")
    trial = tried(session)
    submitting.submit(session, trial.id, user.id, NOW)
    assert reports.history_of(session, user.id, user.id).attempts == ()
    assert progress.unfinished(session, user.id) == []
    assert starting.times_taken(session, user.id, quiz_named(session, "whole-test").id) == 0
    assert starting.questions_seen(session, user.id) == set()
    assert spaced_review.memories(session, user.id, NOW) == []
    tables = {table.name: table.rows for table in own_data.everything_of(session, user, NOW)}
    assert tables["attempts"] == ()


def test_a_new_trial_takes_the_place_of_the_last(session: Session) -> None:
    first, second = tried(session).id, tried(session, "rise-practice").id
    assert trials(session) == [second]
    assert first != second


def test_a_forgotten_trial_goes_after_a_day(session: Session) -> None:
    old = tried(session)
    old.user_id, forgotten = person(session, "ayesha").id, old.id
    tried(session, hours=23)
    assert forgotten in trials(session)
    tried(session, hours=25)
    assert forgotten not in trials(session)


def test_an_ended_trial_leaves_nothing(session: Session) -> None:
    tried(session)
    trying.end_trial(session, teacher_id(session), quiz_named(session, "whole-test").id)
    assert trials(session) == []


def test_no_question_is_tried_again_or_reported_from_a_trial(session: Session) -> None:
    trial, user = tried(session), teacher_id(session)
    submitting.submit(session, trial.id, user, NOW)
    with pytest.raises(NoSuchAttempt):
        retrying.redo(session, trial.id, user, 1, 7, NOW)
    with pytest.raises(NoSuchAttempt):
        problem_reports.report(session, user, trial.id, 1, "key", "", NOW)


def test_there_is_nothing_to_try_in_a_quiz_without_questions(session: Session) -> None:
    quiz = quiz_named(session, "whole-test")
    quiz.slots.clear()
    session.flush()
    with pytest.raises(starting.NothingToAsk):
        tried(session)
    assert session.scalars(db.select(Attempt).where(Attempt.state == State.OPEN)).all() == []
