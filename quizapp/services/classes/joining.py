"""Joining a class by its code: who may, and why somebody may not."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.domain.codes import Choose, normal_text
from quizapp.models import Classroom, Enrolment, User
from quizapp.services.classes.classrooms import check_active, owners_of, unused_code


class Obstacle(StrEnum):
    """Why somebody does not join a class."""

    INSIDE = "inside"
    """They are in it already."""
    TEACHES = "teaches"
    """Teachers are not students: their own practice stays apart from what a class does."""
    REMOVED = "removed"
    """A teacher took them out, and only a teacher lets them in again."""
    ARCHIVED = "archived"
    CLOSED = "closed"
    """The teacher lets nobody in at present."""


class CannotJoin(Exception):
    """Somebody cannot join the class; `obstacle` says why."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


@dataclass(frozen=True)
class OwnClass:
    """A class as a student sees it: its name and who teaches it."""

    id: int
    name: str
    teachers: tuple[str, ...]


def class_with_code(session: Session, typed: str) -> Classroom | None:
    """The class whose code this is, however it is typed."""
    return session.scalar(select(Classroom).where(Classroom.join_code == normal_text(typed)))


def obstacle_for(session: Session, classroom: Classroom, user: User | None) -> Obstacle | None:
    """Why this person, or somebody not known yet (None), cannot join; None where they can."""
    if user is not None and user.role is Role.TEACHER:
        return Obstacle.TEACHES
    enrolment = None if user is None else _enrolment(session, classroom.id, user.id)
    if enrolment is not None:
        return Obstacle.INSIDE if enrolment.removed is None else Obstacle.REMOVED
    if classroom.archived is not None:
        return Obstacle.ARCHIVED
    return None if classroom.joining else Obstacle.CLOSED


def join(session: Session, classroom: Classroom, user: User, now: datetime) -> Enrolment:
    """Put a student into the class. Raises CannotJoin."""
    obstacle = obstacle_for(session, classroom, user)
    if obstacle is not None:
        raise CannotJoin(obstacle)
    enrolment = Enrolment(classroom_id=classroom.id, user_id=user.id, joined=now)
    try:
        with session.begin_nested():
            session.add(enrolment)
    except IntegrityError as error:  # the form was sent twice at one moment
        raise CannotJoin(Obstacle.INSIDE) from error
    return enrolment


def renew_code(session: Session, classroom: Classroom, choose: Choose = secrets.choice) -> None:
    """Another code; the one before, and its link, lead nowhere any more. Raises ClassArchived."""
    check_active(classroom)
    classroom.join_code = unused_code(session, choose)
    session.flush()


def let_join(session: Session, classroom: Classroom, joining: bool) -> None:
    """Open the class to those who have its code, or close it. Raises ClassArchived."""
    check_active(classroom)
    classroom.joining = joining
    session.flush()


def classes_of_student(session: Session, user_id: int) -> list[OwnClass]:
    """The classes in use that this student is in, by name."""
    rows = session.execute(
        select(Classroom.id, Classroom.name)
        .join(Enrolment, Enrolment.classroom_id == Classroom.id)
        .where(Enrolment.user_id == user_id, Enrolment.removed.is_(None), Classroom.archived.is_(None))
        .order_by(Classroom.name, Classroom.id)
    ).all()
    owners = owners_of(session, [number for number, _name in rows])
    return [OwnClass(number, name, tuple(owners[number])) for number, name in rows]


def _enrolment(session: Session, classroom_id: int, user_id: int) -> Enrolment | None:
    return session.scalar(select(Enrolment).where(Enrolment.classroom_id == classroom_id, Enrolment.user_id == user_id))
