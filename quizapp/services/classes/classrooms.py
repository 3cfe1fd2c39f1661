"""Classes as their teachers see them: made, renamed, put away and taken out again."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.domain.codes import Choose, new_text
from quizapp.models import Classroom, Enrolment, Share, User
from quizapp.services.sent_twice import JUST_NOW, take_turn
from quizapp.services.sharing import classrooms_open_to, give_right

CODE_LENGTH = 8
"""Letters and digits of a join code: 29 to the power of 8, about 5 × 10¹¹ codes."""


class ClassArchived(Exception):
    """The class is put away: it can be looked at, and nothing in it changes."""

    def __init__(self, classroom_id: int) -> None:
        super().__init__(classroom_id)
        self.classroom_id = classroom_id


@dataclass(frozen=True)
class ClassRow:
    """One of a teacher's classes: how many students are in it, and what the teacher may do with it."""

    id: int
    name: str
    students: int
    right: Right
    archived: datetime | None


def check_active(classroom: Classroom) -> None:
    """Raise ClassArchived where the class is put away. Whatever changes a class asks this first."""
    if classroom.archived is not None:
        raise ClassArchived(classroom.id)


def create(session: Session, name: str, teacher_id: int, now: datetime, choose: Choose = secrets.choice) -> Classroom:
    """A class of this name, owned by this teacher, with a join code that lets students in from now on.

    Asked for twice at one moment, the first one is given back.
    """
    take_turn(session, teacher_id)
    made = _made_just_now(session, name.strip(), teacher_id, now)
    if made is not None:
        return made
    classroom = Classroom(name=name.strip(), join_code=unused_code(session, choose), created=now)
    session.add(classroom)
    session.flush()
    give_right(session, classroom, teacher_id, Right.OWN)
    return classroom


def _made_just_now(session: Session, name: str, teacher_id: int, now: datetime) -> Classroom | None:
    """The class of this name that the teacher has just made, and that nobody is in yet."""
    return session.scalar(
        select(Classroom)
        .join(Share, (Share.classroom_id == Classroom.id) & (Share.user_id == teacher_id))
        .where(Share.right == Right.OWN, Classroom.name == name, Classroom.created > now - JUST_NOW)
        .where(~select(Enrolment.id).where(Enrolment.classroom_id == Classroom.id).exists())
        .limit(1)
    )


def rename(session: Session, classroom: Classroom, name: str) -> None:
    """Give the class another name. Raises ClassArchived."""
    check_active(classroom)
    classroom.name = name.strip()
    session.flush()


def archive(session: Session, classroom: Classroom, now: datetime) -> None:
    """Put the class away; archived once more, it stays as it was."""
    classroom.archived = classroom.archived or now
    session.flush()


def take_out_of_archive(session: Session, classroom: Classroom) -> None:
    """Take the class into use again, with its students and its code as they were."""
    classroom.archived = None
    session.flush()


def classes_of(session: Session, teacher_id: int) -> list[ClassRow]:
    """The classes this teacher may look at, by name."""
    inside = (
        select(func.count())
        .where(Enrolment.classroom_id == Classroom.id, Enrolment.removed.is_(None))
        .scalar_subquery()
    )
    rows = session.execute(
        select(Classroom.id, Classroom.name, inside, Share.right, Classroom.archived)
        .join(Share, (Share.classroom_id == Classroom.id) & (Share.user_id == teacher_id))
        .where(Classroom.id.in_(classrooms_open_to(teacher_id)))
        .order_by(Classroom.name, Classroom.id)
    )
    return [ClassRow(*row) for row in rows]


def owners_of(session: Session, classroom_ids: Sequence[int]) -> dict[int, list[str]]:
    """The names of the teachers who own each of these classes, by class."""
    rows = session.execute(
        select(Share.classroom_id, User.display_name)
        .join(User, User.id == Share.user_id)
        .where(Share.classroom_id.in_(classroom_ids), Share.right == Right.OWN)
        .order_by(Share.id)
    )
    found: dict[int, list[str]] = {number: [] for number in classroom_ids}
    for number, name in rows:
        if number is not None:
            found[number].append(name)
    return found


def unused_code(session: Session, choose: Choose) -> str:
    """A join code that no class has."""
    while True:
        code = new_text(CODE_LENGTH, choose)
        if session.scalar(select(Classroom.id).where(Classroom.join_code == code)) is None:
            return code
