"""An assignment while it is taken: who has begun, how far, and who is there; in one statement."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.domain.assignments import Phase
from quizapp.domain.lateness import LatePolicy
from quizapp.models import Assignment, Enrolment
from quizapp.services import accounts
from quizapp.services.assignments.watching import Progress, assignments_of, enrolled, running
from quizapp.services.attempts.answering import Answerer, NoSuchAttempt, set_flag
from quizapp.services.attempts.presence import see
from quizapp.services.attempts.starting import settings_of
from tests.benchmark.workload import counted
from tests.classes import assigned, classroom_of
from tests.conftest import NOW
from tests.services.assignments.steps import begin, finish, leaves, set_for_ayesha
from tests.services.attempts.steps import began, save, who

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def watched(session: Session, assignment: Assignment, minutes: float = 0) -> dict[str, Progress]:
    """How everybody stands so many minutes from now, by username."""
    now = NOW + minutes * MINUTE
    found = running(session, assignment, settings_of(assignment.quiz, assignment), now)
    return {one.username: one for one in found.students}


def test_who_has_not_begun_is_listed_too(session: Session) -> None:
    assignment = assigned(session, classroom_of(session, ["ayesha", "ben"]))
    begin(session, assignment)
    found = running(session, assignment, settings_of(assignment.quiz), NOW)
    assert [(one.username, one.attempt_id is None) for one in found.students] == [("ayesha", False), ("ben", True)]
    assert (found.started, found.finished, found.here) == (1, 0, 1)


def test_what_is_answered_and_flagged_is_counted_with_the_last_answer_and_the_time_left(session: Session) -> None:
    assignment = set_for_ayesha(session, settings={"minutes": 30})
    attempt = begin(session, assignment)
    save(session, attempt, 4, "Ouzel")
    set_flag(session, who(session), attempt.id, 2, True, NOW)
    one = watched(session, assignment, 10.5)["ayesha"]
    assert (one.answered, one.questions, one.flagged, one.saved, one.minutes_left) == (1, 8, 1, NOW, 20)


def test_a_student_is_there_while_the_page_says_so_and_away_since_it_stopped(session: Session) -> None:
    assignment = set_for_ayesha(session)
    attempt = begin(session, assignment)
    see(session, who(session), attempt.id, NOW + 5 * MINUTE)
    there = [watched(session, assignment, minutes)["ayesha"] for minutes in (5, 6, 8.5)]
    assert [(one.is_here, one.minutes_away) for one in there] == [(True, 0), (True, 0), (False, 3)]


def test_a_saved_answer_says_that_the_student_is_there_as_well(session: Session) -> None:
    assignment = set_for_ayesha(session)
    attempt = begin(session, assignment, NOW - 20 * MINUTE)
    assert watched(session, assignment)["ayesha"].minutes_away == 20
    save(session, attempt, 4, "Ouzel")
    assert watched(session, assignment)["ayesha"].is_here


def test_of_several_attempts_the_one_that_runs_is_shown_and_the_score_is_of_those_finished(session: Session) -> None:
    assignment = set_for_ayesha(session, due=NOW - DAY, late=LatePolicy.DEDUCT, late_percent=10)
    finish(session, assignment)
    begin(session, assignment)
    one = watched(session, assignment)["ayesha"]
    assert one.score is not None
    assert (one.number, one.is_open, one.score.attempts, one.score.late_by) == (2, True, 1, 1)
    assert one.minutes_left is None


def test_who_left_the_class_is_not_listed_and_not_counted(session: Session) -> None:
    assignment = assigned(session, classroom_of(session, ["ayesha", "ben"]))
    finish(session, assignment)
    leaves(session, assignment)
    assert list(watched(session, assignment)) == ["ben"]
    (row,) = assignments_of(session, assignment.classroom_id, NOW)
    assert (row.started, row.finished, enrolled(session, assignment.classroom_id)) == (0, 0, 1)


def test_the_list_of_a_class_has_the_state_of_each_and_how_many_have_begun_and_finished(session: Session) -> None:
    classroom = classroom_of(session, ["ayesha", "ben"])
    soon = assigned(session, classroom, title="soon", due=NOW + DAY)
    assigned(session, classroom, title="later", opens=NOW + DAY, due=NOW + 2 * DAY)
    assigned(
        session,
        classroom,
        title="closed",
        due=NOW - DAY,
        settings={"closes": (NOW - DAY / 2).isoformat()},
    )
    assigned(session, classroom, title="late", due=NOW - 2 * DAY)
    finish(session, soon)
    begin(session, soon, username="ben")
    began(session, username="ben")
    rows = assignments_of(session, classroom.id, NOW)
    assert [(row.title, row.phase) for row in rows] == [
        ("later", Phase.UPCOMING), ("soon", Phase.OPEN), ("closed", Phase.CLOSED), ("late", Phase.LATE),
    ]  # fmt: skip
    assert [(row.started, row.finished) for row in rows] == [(0, 0), (2, 1), (0, 0), (0, 0)]


def test_two_hundred_students_are_one_statement(app: Flask, session: Session) -> None:
    classroom = classroom_of(session, [])
    people = [accounts.add_account(session, f"s{n}", f"S {n}", "no hash", Role.STUDENT, NOW) for n in range(200)]
    session.add_all(Enrolment(classroom_id=classroom.id, user_id=one.id, joined=NOW) for one in people)
    assignment = assigned(session, classroom)
    for one in people[:20]:
        begin(session, assignment, username=one.username or "")
    settings = settings_of(assignment.quiz, assignment)
    with counted(app) as run:
        found = running(session, assignment, settings, NOW)
    assert (len(found.students), found.started, len(run)) == (200, 20, 1)


def test_only_who_takes_it_says_to_be_there_while_it_takes_answers(session: Session) -> None:
    assignment = set_for_ayesha(session, settings={"minutes": 30})
    attempt, without = begin(session, assignment), began(session)
    ayesha = who(session)
    for other, attempt_id, now in (
        (who(session, "ben"), attempt.id, NOW),
        (Answerer(ayesha.user_id, ayesha.epoch + 1), attempt.id, NOW),
        (ayesha, without.id, NOW),
        (ayesha, attempt.id, NOW + 32 * MINUTE),
        (ayesha, 999, NOW),
    ):
        with pytest.raises(NoSuchAttempt):
            see(session, other, attempt_id, now)
    finish(session, assignment)
    with pytest.raises(NoSuchAttempt):
        see(session, ayesha, attempt.id, NOW)


def test_it_is_one_statement_to_say_so(app: Flask, session: Session) -> None:
    attempt, ayesha = begin(session, set_for_ayesha(session)).id, who(session)
    with counted(app) as run:
        see(session, ayesha, attempt, NOW)
    assert len(run) == 1
