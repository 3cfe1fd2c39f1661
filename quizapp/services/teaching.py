"""Whose work a teacher sees: that of the students in their classes, and of students whom no class has had yet.

A school with one teacher needs no classes for that; once a student has been in a class, only the teachers of the
classes they are in see them. A class that has lost its teachers counts for nothing here: somebody must be able to look
after its students. What a student did for an assignment is seen by the teachers of that class alone.
"""

from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from quizapp.domain.access import Right, Role
from quizapp.models import Assignment, Attempt, Enrolment, Share, User
from quizapp.services.sharing import classrooms_open_to

_kept = lru_cache(maxsize=1000)
"""Every page of a teacher asks with one of these conditions, and making one takes longer than the database does."""


@_kept
def taught_by(teacher_id: int, needed: Right = Right.VIEW) -> Select[int]:
    """The ids of the students whose work this teacher sees.

    With more than `Right.VIEW`: those for whom the teacher may also arrange something, or let them choose a new
    password; in a class of theirs that takes this right on the class.
    """
    theirs = select(Enrolment.user_id).where(
        Enrolment.removed.is_(None), Enrolment.classroom_id.in_(classrooms_open_to(teacher_id, needed))
    )
    placed = select(Enrolment.user_id).where(Enrolment.classroom_id.in_(_looked_after()))
    return select(User.id).where(User.role == Role.STUDENT, or_(User.id.in_(theirs), User.id.not_in(placed)))


@_kept
def is_taught(
    person: ColumnElement[int] | InstrumentedAttribute[int], teacher_id: int, needed: Right = Right.VIEW
) -> ColumnElement[bool]:
    """Whether the person with this id is one of those of `taught_by`: asked of one row after another.

    A page of a list stops at the end of the page by it, while a list of all students has to be made first.
    """
    student, enrolment = aliased(User), aliased(Enrolment)
    of_person = select(enrolment.id).where(enrolment.user_id == person)
    theirs = of_person.where(
        enrolment.removed.is_(None), enrolment.classroom_id.in_(classrooms_open_to(teacher_id, needed))
    )
    placed = of_person.where(enrolment.classroom_id.in_(_looked_after()))
    return and_(
        select(student.id).where(student.id == person, student.role == Role.STUDENT).exists(),
        or_(theirs.exists(), not_(placed.exists())),
    )


def _looked_after() -> Select[int | None]:
    """The classes that have a teacher."""
    return select(Share.classroom_id).where(Share.classroom_id.is_not(None))


@_kept
def work_open_to(teacher_id: int, needed: Right = Right.VIEW) -> ColumnElement[bool]:
    """The attempts this teacher may look at: made for the assignments of their classes, or freely by their students.

    With more than `Right.VIEW`: those that the teacher may also mark, extend and open again.
    """
    set_by_them = select(Assignment.id).where(Assignment.classroom_id.in_(classrooms_open_to(teacher_id, needed)))
    return or_(
        Attempt.assignment_id.in_(set_by_them),
        and_(Attempt.assignment_id.is_(None), is_taught(Attempt.user_id, teacher_id, needed)),
    )


def sees_attempt(session: Session, teacher_id: int, attempt_id: int) -> bool:
    """Whether this teacher may look at this attempt."""
    return session.scalar(select(Attempt.id).where(Attempt.id == attempt_id, work_open_to(teacher_id))) is not None


def students_in(teacher_id: int, classroom_id: int) -> Select[int]:
    """The ids of the students who are in a class now; nobody's, where this teacher may not look at the class."""
    return select(Enrolment.user_id).where(
        Enrolment.classroom_id == classroom_id,
        Enrolment.removed.is_(None),
        Enrolment.classroom_id.in_(classrooms_open_to(teacher_id)),
    )


def teaches(session: Session, teacher_id: int, student_id: int, needed: Right = Right.VIEW) -> bool:
    """Whether this teacher sees this student's work; with more than `Right.VIEW`, see `taught_by`."""
    return session.scalar(taught_by(teacher_id, needed).where(User.id == student_id)) is not None
