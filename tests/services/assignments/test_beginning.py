"""Beginning what is set: by those it is set for, in its time, and apart from what is taken without it."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.services.accommodations import Accommodations, set_accommodation
from quizapp.services.assignments.beginning import NoSuchAssignment, NotOpenYet
from quizapp.services.assignments.setting import ClassArchived
from quizapp.services.attempts import submitting
from quizapp.services.attempts.starting import NoAttemptsLeft, QuizClosed, open_attempt
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, person, quiz_named
from tests.services.assignments.steps import begin, finish, leaves, set_for_ayesha
from tests.services.attempts.steps import began, run_so, save

DAY = timedelta(days=1)


def test_a_student_of_the_class_begins_it_and_continues_it(session: Session) -> None:
    assignment = set_for_ayesha(session)
    attempt = begin(session, assignment)
    assert (attempt.assignment_id, attempt.number) == (assignment.id, 1)
    assert begin(session, assignment).id == attempt.id


def test_a_quiz_that_is_not_published_can_be_set(session: Session) -> None:
    assignment = set_for_ayesha(session)
    quiz_named(session, "whole-test").published = False
    assert begin(session, assignment).quiz_id == assignment.quiz_id


def test_nobody_outside_of_the_class_begins_it(session: Session) -> None:
    assignment = set_for_ayesha(session)
    classroom_of(session, ["ben"], name="Another")
    with pytest.raises(NoSuchAssignment):
        begin(session, assignment, username="ben")


def test_a_teacher_of_the_class_is_no_student_of_it(session: Session) -> None:
    assignment = set_for_ayesha(session)
    with pytest.raises(NoSuchAssignment):
        begin(session, assignment, username="tahir")


def test_what_is_hidden_is_not_begun(session: Session) -> None:
    assignment = set_for_ayesha(session, published=False)
    with pytest.raises(NoSuchAssignment):
        begin(session, assignment)


def test_it_is_not_begun_before_it_opens_nor_after_it_has_closed(session: Session) -> None:
    assignment = set_for_ayesha(session, opens=NOW, settings={"closes": (NOW + DAY).isoformat()})
    with pytest.raises(NotOpenYet):
        begin(session, assignment, NOW - DAY)
    with pytest.raises(QuizClosed):
        begin(session, assignment, NOW + 2 * DAY)
    assert begin(session, assignment, NOW).deadline == NOW + DAY


def test_a_class_that_was_put_away_takes_no_new_attempt_and_lets_one_that_runs_go_on(session: Session) -> None:
    assignment = set_for_ayesha(session, settings={"attempts": None})
    attempt = begin(session, assignment)
    assignment.classroom.archived = NOW
    assert begin(session, assignment).id == attempt.id
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    with pytest.raises(ClassArchived):
        begin(session, assignment)


def test_who_left_the_class_begins_nothing_and_may_hand_in_what_runs(session: Session) -> None:
    assignment = set_for_ayesha(session)
    attempt = begin(session, assignment)
    leaves(session, assignment)
    with pytest.raises(NoSuchAssignment):
        begin(session, assignment)
    save(session, attempt, 4, "Ouzel")
    assert submitting.submit(session, attempt.id, attempt.user_id, NOW)


def test_attempts_for_it_and_without_it_have_numbers_and_limits_of_their_own(session: Session) -> None:
    run_so(session, "whole-test", attempts=1)
    assignment = set_for_ayesha(session)
    own = began(session)
    attempt = begin(session, assignment)
    assert (own.number, attempt.number, own.id == attempt.id) == (1, 1, False)
    assert open_attempt(session, own.user_id, assignment.quiz_id) == own
    submitting.submit(session, own.id, own.user_id, NOW)
    assert begin(session, assignment).id == attempt.id


def test_two_assignments_of_one_quiz_are_taken_apart(session: Session) -> None:
    classroom = classroom_of(session)
    first, second = (assigned(session, classroom, settings={"attempts": 1}) for _ in range(2))
    finish(session, first)
    with pytest.raises(NoAttemptsLeft):
        begin(session, first)
    assert begin(session, second).number == 1


def test_its_own_limits_hold_before_the_quiz_s(session: Session) -> None:
    run_so(session, "whole-test", attempts=1, minutes=10)
    assignment = set_for_ayesha(session, settings={"attempts": 2, "minutes": None, "closes": None})
    assert finish(session, assignment).deadline is None
    assert finish(session, assignment).number == 2
    with pytest.raises(NoAttemptsLeft):
        begin(session, assignment)


def test_a_closing_date_of_the_quiz_does_not_close_the_assignment(session: Session) -> None:
    run_so(session, "whole-test", closes=NOW - DAY)
    assert begin(session, set_for_ayesha(session, settings={"closes": None})).deadline is None


def test_later_days_attempts_and_time_that_are_arranged_hold_for_it(session: Session) -> None:
    settings = {"attempts": 1, "minutes": 30, "closes": NOW.isoformat()}
    assignment = set_for_ayesha(session, settings=settings)
    set_accommodation(session, person(session, "ayesha").id, Accommodations(2.0, 1, 3))
    assert finish(session, assignment, NOW + DAY).deadline == NOW + DAY + timedelta(minutes=60)
    assert finish(session, assignment, NOW + 3 * DAY).deadline == NOW + 3 * DAY + timedelta(minutes=30)
    with pytest.raises(NoAttemptsLeft):
        begin(session, assignment, NOW + DAY)
