"""Assignments on SQLite and on PostgreSQL: begun once from several pages, and everything that is asked of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from flask import Flask

from quizapp.domain.lateness import LatePolicy
from quizapp.models import Assignment, Classroom, db
from quizapp.models.engine import begin_writing
from quizapp.services import progress, reports
from quizapp.services.assignments import beginning, setting, standing, watching
from quizapp.services.attempts.answering import Answerer
from quizapp.services.attempts.presence import see
from quizapp.services.attempts.starting import settings_of
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, person
from tests.services.assignments.steps import begin, finish, set_for_ayesha

DAY = timedelta(days=1)


def begin_with(app: Flask, assignment: int, seed: int, together: Barrier) -> int:
    """Begin it as Ayesha; the attempt's id."""
    with app.app_context():
        together.wait()
        begin_writing(db.session())
        attempt = beginning.begin(db.session(), person(db.session(), "ayesha"), assignment, seed, NOW)
        db.session.commit()
        return attempt.id


def test_beginning_from_several_pages_at_one_moment_begins_once(app_on_each: Flask) -> None:
    together = Barrier(4)
    with app_on_each.app_context():
        assignment = set_for_ayesha(db.session(), settings={"attempts": 1}).id
    with ThreadPoolExecutor(4) as pool:
        begun_by = [pool.submit(begin_with, app_on_each, assignment, seed, together) for seed in range(4)]
    assert len({attempt.result() for attempt in begun_by}) == 1


def remove(app: Flask, assignment: int, together: Barrier) -> bool:
    """Remove it as its teacher, unless somebody has begun."""
    with app.app_context():
        together.wait()
        begin_writing(db.session())
        try:
            setting.remove(db.session(), db.session.get_one(Assignment, assignment))
        except setting.HasBegun:
            db.session.rollback()
            return False
        db.session.commit()
        return True


def begin_if_there(app: Flask, assignment: int, together: Barrier) -> bool:
    """Begin it, unless it is gone."""
    try:
        begin_with(app, assignment, 7, together)
    except beginning.NoSuchAssignment:
        return False
    return True


def test_what_is_begun_at_the_moment_it_is_removed_is_either_begun_or_removed(app_on_each: Flask) -> None:
    with app_on_each.app_context():
        classroom = classroom_of(db.session()).id
    for _ in range(4):
        together = Barrier(2)
        with app_on_each.app_context():
            assignment = assigned(db.session(), db.session.get_one(Classroom, classroom)).id
        with ThreadPoolExecutor(2) as pool:
            gone = pool.submit(remove, app_on_each, assignment, together)
            begun = pool.submit(begin_if_there, app_on_each, assignment, together)
        assert gone.result() != begun.result()


def test_everything_that_is_asked_of_assignments_is_understood(app_on_each: Flask) -> None:
    with app_on_each.app_context():
        session = db.session()
        assignment = set_for_ayesha(session, due=NOW - DAY, late=LatePolicy.DEDUCT, late_percent=10)
        finish(session, assignment)
        attempt = begin(session, assignment)
        ayesha = person(session, "ayesha")
        see(session, Answerer(ayesha.id, ayesha.sign_in_epoch), attempt.id, NOW)
        (one,) = watching.running(session, assignment, settings_of(assignment.quiz, assignment), NOW).students
        (row,) = watching.assignments_of(session, assignment.classroom_id, NOW)
        (mine,) = standing.set_for(session, ayesha.id, NOW)
        (open_one,) = progress.unfinished(session, ayesha.id)
        assert (one.is_here, row.started, row.finished, mine.late_by) == (True, 1, 1, 1)
        assert open_one.assignment_id == assignment.id
        assert standing.is_set_for(session, ayesha.id, assignment.id)
        assert len(reports.own_history(session, ayesha.id, NOW).attempts) == 2
        assert setting.begun_by(session, assignment.id) == 1
        setting.change(session, assignment, setting.AssignmentFields("New", setting.Dates(due=NOW)))
        assert len(setting.quizzes_to_set(session, person(session, "tahir").id)) == 3
