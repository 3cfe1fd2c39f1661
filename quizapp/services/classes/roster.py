"""Who is in a class: the list, taking students out, and letting them in again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.models import Attempt, AttemptSlot, Classroom, Enrolment, Purpose, State, User
from quizapp.services.classes.classrooms import check_active
from quizapp.services.sharing import classrooms_open_to


@dataclass(frozen=True)
class StudentInClass:
    """One line of the list. `finished` counts finished attempts at quizzes, `seen` is when something was last done."""

    id: int
    name: str
    username: str
    joined: datetime
    removed: datetime | None
    has_password: bool
    finished: int
    seen: datetime | None


@dataclass(frozen=True)
class Roster:
    """The students of a class: those in it, and those who were taken out of it; both by name."""

    inside: tuple[StudentInClass, ...]
    removed: tuple[StudentInClass, ...]

    @property
    def without_password(self) -> tuple[StudentInClass, ...]:
        """Those in the class who have not chosen a password yet."""
        return tuple(student for student in self.inside if not student.has_password)


def roster_of(session: Session, classroom: Classroom) -> Roster:
    """Everybody who is or was in the class."""
    done, seen = _finished(session, classroom.id), _last_seen(session, classroom.id)
    rows = session.execute(
        select(Enrolment, User)
        .join(User, User.id == Enrolment.user_id)
        .where(Enrolment.classroom_id == classroom.id, User.role == Role.STUDENT)
        .order_by(func.lower(User.display_name), User.id)
    )
    everybody = [
        StudentInClass(
            id=user.id,
            name=user.display_name,
            username=user.username or "",
            joined=enrolment.joined,
            removed=enrolment.removed,
            has_password=user.password_hash is not None,
            finished=done.get(user.id, 0),
            seen=seen.get(user.id),
        )
        for enrolment, user in rows
    ]
    return Roster(
        tuple(student for student in everybody if student.removed is None),
        tuple(student for student in everybody if student.removed is not None),
    )


def ids_in(session: Session, classroom_id: int) -> frozenset[int]:
    """The ids of the students in the class."""
    return frozenset(session.scalars(_ids(classroom_id).where(Enrolment.removed.is_(None))))


def classes_with(session: Session, user_id: int, teacher_id: int) -> Sequence[Classroom]:
    """The classes this student is in, of those that this teacher may look at; by name."""
    return session.scalars(
        select(Classroom)
        .join(Enrolment, Enrolment.classroom_id == Classroom.id)
        .where(Enrolment.user_id == user_id, Enrolment.removed.is_(None))
        .where(Classroom.id.in_(classrooms_open_to(teacher_id)))
        .order_by(Classroom.name, Classroom.id)
    ).all()


def remove(session: Session, classroom: Classroom, user_ids: Iterable[int], now: datetime) -> Sequence[User]:
    """Take these students out of the class; who is not in it is passed over. Raises ClassArchived.

    What they did stays theirs, also what they did for the class.
    """
    check_active(classroom)
    enrolments = session.scalars(
        select(Enrolment).where(
            Enrolment.classroom_id == classroom.id, Enrolment.user_id.in_(list(user_ids)), Enrolment.removed.is_(None)
        )
    ).all()
    for enrolment in enrolments:
        enrolment.removed = now
    session.flush()
    return [enrolment.user for enrolment in enrolments]


def take_back(session: Session, classroom: Classroom, user_id: int) -> User | None:
    """Let a student in again who was taken out; None where nobody such is there. Raises ClassArchived."""
    check_active(classroom)
    enrolment = session.scalar(
        select(Enrolment).where(
            Enrolment.classroom_id == classroom.id, Enrolment.user_id == user_id, Enrolment.removed.is_not(None)
        )
    )
    if enrolment is None:
        return None
    enrolment.removed = None
    session.flush()
    return enrolment.user


def _ids(classroom_id: int) -> Select[int]:
    return select(Enrolment.user_id).where(Enrolment.classroom_id == classroom_id)


def _finished(session: Session, classroom_id: int) -> dict[int, int]:
    rows = session.execute(
        select(Attempt.user_id, func.count())
        .where(
            Attempt.user_id.in_(_ids(classroom_id)), Attempt.purpose == Purpose.QUIZ, Attempt.state == State.SUBMITTED
        )
        .group_by(Attempt.user_id)
    )
    return dict(rows.all())


def _last_seen(session: Session, classroom_id: int) -> dict[int, datetime]:
    """When each last began, saved or submitted something. Only an open attempt may have been saved to since."""
    here = Attempt.user_id.in_(_ids(classroom_id))
    began = session.execute(
        select(Attempt.user_id, func.max(Attempt.started), func.max(Attempt.submitted))
        .where(here)
        .group_by(Attempt.user_id)
    )
    saved = session.execute(
        select(Attempt.user_id, func.max(AttemptSlot.saved))
        .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
        .where(here, Attempt.state == State.OPEN)
        .group_by(Attempt.user_id)
    )
    found: dict[int, datetime] = {}
    for user_id, *moments in (*began, *saved):
        known = [moment for moment in (found.get(user_id), *moments) if moment is not None]
        if known:
            found[user_id] = max(known)
    return found
