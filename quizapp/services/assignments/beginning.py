"""Beginning what is set: only for those it is set for, once it is open, while the class is not put away."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quizapp.models import Assignment, Attempt, Classroom, Enrolment, User
from quizapp.services.assignments.setting import ClassArchived
from quizapp.services.attempts import starting


class NoSuchAssignment(Exception):
    """There is none, or it is not set for this student, or it is hidden."""


class NotOpenYet(Exception):
    """It can be begun from `opens` on."""

    def __init__(self, opens: datetime) -> None:
        super().__init__(opens)
        self.opens = opens


def begin(session: Session, user: User, assignment_id: int, seed: int, now: datetime) -> Attempt:
    """A new attempt for an assignment, or the open one, which is continued as long as the assignment is shown.

    Raises NoSuchAssignment, NotOpenYet, ClassArchived, and what `starting.start` raises.
    """
    assignment = _to_begin(session, user.id, assignment_id)
    running = starting.open_attempt(session, user.id, assignment.quiz_id, assignment.id)
    if running is not None:
        return running
    if assignment.classroom.archived is not None:
        raise ClassArchived
    if assignment.opens is not None and now < assignment.opens:
        raise NotOpenYet(assignment.opens)
    return starting.start(session, user, assignment.quiz, seed, now, assignment)


def _to_begin(session: Session, user_id: int, assignment_id: int) -> Assignment:
    """The assignment, if it is set for this student and shown; it cannot be removed meanwhile."""
    enrolled = select(Enrolment.classroom_id).where(Enrolment.user_id == user_id, Enrolment.removed.is_(None))
    found = session.scalar(
        select(Assignment)
        .join(Classroom, Classroom.id == Assignment.classroom_id)
        .where(Assignment.id == assignment_id, Assignment.published.is_(True), Classroom.id.in_(enrolled))
        .options(joinedload(Assignment.classroom, innerjoin=True), joinedload(Assignment.quiz, innerjoin=True))
        .with_for_update(of=Assignment, read=True, key_share=True)
    )
    if found is None:
        raise NoSuchAssignment
    return found
