"""What the students of a class do with an assignment, in a word each."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from quizapp.models import Assignment, Attempt, Enrolment
from quizapp.services.assignments import beginning, standing
from quizapp.services.assignments.standing import SetForStudent
from quizapp.services.attempts import submitting
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, person


def set_for_ayesha(session: Session, quiz: str = "whole-test", **values: Any) -> Assignment:
    """A quiz set for Ayesha's class; Ben is in none."""
    return assigned(session, classroom_of(session), quiz, **values)


def begin(session: Session, assignment: Assignment, now: datetime = NOW, username: str = "ayesha") -> Attempt:
    """Begin it, or continue."""
    attempt = beginning.begin(session, person(session, username), assignment.id, 7, now)
    session.commit()
    return attempt


def finish(session: Session, assignment: Assignment, now: datetime = NOW, username: str = "ayesha") -> Attempt:
    """Begin it and hand it in, all blank."""
    attempt = begin(session, assignment, now, username)
    submitting.submit(session, attempt.id, attempt.user_id, now)
    session.commit()
    return attempt


def found(
    session: Session, assignment: Assignment, now: datetime = NOW, username: str = "ayesha"
) -> SetForStudent | None:
    """The assignment as this student finds it."""
    return standing.one_set_for(session, person(session, username).id, assignment.id, now)


def leaves(session: Session, assignment: Assignment, username: str = "ayesha") -> None:
    """A student is taken out of the class."""
    enrolments = session.query(Enrolment).filter_by(classroom_id=assignment.classroom_id)
    enrolments.filter_by(user_id=person(session, username).id).one().removed = NOW
    session.commit()
