"""What is set for a student, with their own dates, and the score as far as it may be seen."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.assignments import Phase
from quizapp.domain.lateness import LatePolicy
from quizapp.models import db
from quizapp.services.accommodations import Accommodations, set_accommodation
from quizapp.services.assignments import standing
from quizapp.services.assignments.watching import running
from quizapp.services.attempts.showing import attempt_state
from quizapp.services.progress import past_attempts, quizzes_on
from quizapp.services.reports import own_history
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, Browser, person
from tests.gradebooks import handed_in
from tests.services.assignments.steps import begin, finish, found, leaves, set_for_ayesha
from tests.services.attempts.steps import began, save

DAY = timedelta(days=1)
WITHHELD = {
    "closes": (NOW + 5 * DAY).isoformat(),
    "feedback": dict.fromkeys(("correctness", "mark", "key"), "after_closing"),
}


def ayesha_id(session: Session) -> int:
    """Ayesha's."""
    return person(session, "ayesha").id


def test_it_is_found_by_those_who_are_in_the_class_alone(session: Session) -> None:
    assignment = set_for_ayesha(session)
    assert found(session, assignment) is not None
    assert found(session, assignment, username="ben") is None
    leaves(session, assignment)
    assert found(session, assignment) is None
    assert not standing.is_set_for(session, ayesha_id(session), assignment.id)


def test_what_is_hidden_is_not_found(session: Session) -> None:
    assert found(session, set_for_ayesha(session, published=False)) is None


def test_what_is_to_do_comes_first_the_soonest_due_on_top_and_what_is_done_last(session: Session) -> None:
    classroom = classroom_of(session)
    titles = {
        "done": assigned(session, classroom, title="done", due=NOW),
        "no date": assigned(session, classroom, title="no date"),
        "later": assigned(session, classroom, title="later", opens=NOW + DAY),
        "soon": assigned(session, classroom, title="soon", due=NOW + DAY),
        "sooner": assigned(session, classroom, title="sooner", due=NOW + timedelta(hours=1)),
        "missed": assigned(session, classroom, title="missed", settings={"closes": (NOW - DAY).isoformat()}),
    }
    finish(session, titles["done"])
    order = [one.title for one in standing.set_for(session, ayesha_id(session), NOW)]
    assert order == ["sooner", "soon", "no date", "later", "done", "missed"]


def test_the_dates_are_the_student_s_own(session: Session) -> None:
    assignment = set_for_ayesha(session, due=NOW, settings={"minutes": 30, "closes": (NOW + DAY).isoformat()})
    set_accommodation(session, ayesha_id(session), Accommodations(2.0, 0, 3))
    one = found(session, assignment, NOW + DAY)
    assert one is not None
    assert (one.due, one.usual_due) == (NOW + 3 * DAY, NOW)
    assert one.closes == NOW + 4 * DAY + timedelta(minutes=30)
    assert (one.phase, one.may_begin) == (Phase.OPEN, True)


def test_an_open_attempt_is_what_is_to_be_continued(session: Session) -> None:
    assignment = set_for_ayesha(session)
    attempt = begin(session, assignment)
    one = found(session, assignment)
    assert one is not None
    assert one.running is not None
    assert (one.running.id, one.score, one.is_to_do) == (attempt.id, None, True)


def test_what_is_done_counts_less_each_day_it_is_late(session: Session) -> None:
    assignment = set_for_ayesha(session, "rise-practice", due=NOW - DAY, late=LatePolicy.DEDUCT, late_percent=10)
    save(session, begin(session, assignment), 2, "1851")
    finish(session, assignment)
    one = found(session, assignment)
    assert one is not None
    assert one.score is not None
    assert (one.late_by, one.score.earned, one.score.share) == (1, 0.5, pytest.approx(0.45))
    kept = standing.kept_after_lateness(session, attempt_state(session, one.finished[0].id))
    assert kept == one.kept(one.finished[0])


def test_no_score_is_told_before_the_assignment_has_closed_for_everybody(session: Session) -> None:
    assignment = set_for_ayesha(session, due=NOW - DAY, settings=WITHHELD)
    attempt = finish(session, assignment)
    set_accommodation(session, person(session, "ben").id, Accommodations(extra_days=1))
    for now, told in ((NOW, False), (NOW + 5.5 * DAY, False), (NOW + 6.5 * DAY, True)):
        one = found(session, assignment, now)
        assert one is not None
        assert (one.score is not None, one.kept(one.finished[0]) is not None) == (told, told)
        (past,) = past_attempts(session, assignment.quiz_id, attempt.user_id, now, assignment.id)
        history = own_history(session, attempt.user_id, now)
        (row,) = history.attempts
        assert (past.share is not None, row.share is not None, row.counted is not None) == (told, told, told)
        assert (history.quizzes[0].summary is not None) is told
        assert (one.late_by, row.late_by) == (1, 1)


def test_it_is_apart_from_attempts_at_the_quiz_without_it(session: Session) -> None:
    assignment = set_for_ayesha(session, "rise-practice")
    save(session, begin(session, assignment), 2, "1851")
    attempt = finish(session, assignment)
    began(session, "rise-practice")
    assert [one.number for one in past_attempts(session, assignment.quiz_id, attempt.user_id, NOW, assignment.id)] == [
        1
    ]
    assert past_attempts(session, assignment.quiz_id, attempt.user_id, NOW) == []
    (quiz,) = [
        quiz
        for quiz in quizzes_on(session, assignment.quiz.bank_id, attempt.user_id, NOW)
        if quiz.slug == "rise-practice"
    ]
    assert (quiz.finished, quiz.best) == (0, None)


def test_the_history_shows_what_lateness_takes_off_and_each_assignment_by_itself(session: Session) -> None:
    assignment = set_for_ayesha(session, "rise-practice", due=NOW - DAY, late=LatePolicy.DEDUCT, late_percent=50)
    save(session, begin(session, assignment), 2, "1851")
    finish(session, assignment)
    own = began(session, "rise-practice")
    save(session, own, 2, "1851")
    history = own_history(session, own.user_id, NOW)
    late = next(row for row in history.attempts if row.assignment_id)
    assert (late.share, late.late_by, late.counted, late.taken_off) == (0.5, 1, 0.25, 0.25)
    (quiz,) = history.quizzes
    assert quiz.summary is not None
    assert (quiz.attempts, quiz.summary.best, quiz.summary.counting, quiz.reduced) == (1, 0.5, 0.25, True)


def test_an_attempt_that_serves_no_assignment_keeps_all(session: Session) -> None:
    attempt = began(session)
    assert standing.kept_after_lateness(session, attempt_state(session, attempt.id)) is None


def test_an_attempt_in_which_all_is_void_counts_for_nothing_for_the_student_and_the_teacher(
    session: Session,
) -> None:
    assignment = set_for_ayesha(session, settings={"grading": "average"})
    handed_in(session, assignment, "ayesha", 0.0, max_score=0.0)
    one = found(session, assignment)
    assert one is not None
    assert one.score is not None
    assert (one.score.share, one.kept(one.finished[0])) == (None, None)
    handed_in(session, assignment, "ayesha", 8.0, number=2)
    again = found(session, assignment)
    assert again is not None
    assert again.score is not None
    (ayesha,) = running(session, assignment, again.settings, NOW).students
    assert ayesha.score is not None
    assert (again.score.share, ayesha.score.share) == (0.8, 0.8)


def test_an_attempt_in_which_all_is_void_is_shown_without_a_score(app: Flask, ayesha: Browser) -> None:
    with app.app_context():
        assignment = set_for_ayesha(db.session())
        handed_in(db.session(), assignment, "ayesha", 0.0, max_score=0.0)
        address = f"/assignments/{assignment.id}"
    assert "nothing to earn" in ayesha.get(address).text
    assert "nothing to earn" in ayesha.get("/").text
