"""Whose work a teacher sees: that of the students in their classes, and of students whom no class has yet.

A school with one teacher needs no classes for that; once a student is in a class, only its teachers see the work.
"""

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.models import Enrolment, User
from quizapp.services.sharing import classrooms_open_to


def taught_by(teacher_id: int) -> Select[int]:
    """The ids of the students whose work this teacher sees."""
    theirs = select(Enrolment.user_id).where(
        Enrolment.removed.is_(None), Enrolment.classroom_id.in_(classrooms_open_to(teacher_id))
    )
    placed = select(Enrolment.user_id).where(Enrolment.removed.is_(None))
    return select(User.id).where(User.role == Role.STUDENT, or_(User.id.in_(theirs), User.id.not_in(placed)))


def teaches(session: Session, teacher_id: int, student_id: int) -> bool:
    """Whether this teacher sees this student's work."""
    return session.scalar(taught_by(teacher_id).where(User.id == student_id)) is not None
