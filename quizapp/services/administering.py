"""What those who run the site see of its people and may do with their accounts, and the site in figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, or_, select, text, update
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.models import (
    Attempt,
    AttemptSlot,
    AuditEvent,
    Bank,
    Base,
    Classroom,
    Enrolment,
    Identity,
    Purpose,
    Question,
    Quiz,
    Share,
    State,
    User,
)
from quizapp.services import handing_on, leaving
from quizapp.services.item_analysis import tallying

PAGE_SIZE = 50


class NotATeacher(Exception):
    """Only a teacher can run the site."""


@dataclass(frozen=True)
class People:
    """Some accounts by username; `following` is the last one's where more follow, else None."""

    found: Sequence[User]
    following: str | None


def people(session: Session, words: str = "", role: Role | None = None, after: str = "") -> People:
    """The accounts in whose username or name these words stand, from behind the username `after`."""
    query = select(User).where(User.username.is_not(None), User.username > after)
    if words:
        name = func.lower(User.display_name).contains(words.lower(), autoescape=True)
        query = query.where(or_(User.username.contains(words.casefold(), autoescape=True), name))
    if role is not None:
        query = query.where(User.role == role)
    rows = session.scalars(query.order_by(User.username).limit(PAGE_SIZE + 1)).all()
    found = rows[:PAGE_SIZE]
    return People(found, found[-1].username if len(rows) > PAGE_SIZE else None)


@dataclass(frozen=True)
class Kept:
    """How much is kept of a person. Times are None where there is none."""

    finished: int
    running: int
    answers: int
    last_active: datetime | None
    identities: int
    classes: Sequence[str]


def kept_of(session: Session, user_id: int) -> Kept:
    """How much is kept of this person, without saying what."""
    mine = select(AttemptSlot).join(Attempt, Attempt.id == AttemptSlot.attempt_id).where(Attempt.user_id == user_id)
    finished, running = (
        _count(session, select(Attempt).where(Attempt.user_id == user_id, Attempt.state == state))
        for state in (State.SUBMITTED, State.OPEN)
    )
    names = session.scalars(
        select(Classroom.name)
        .join(Enrolment, Enrolment.classroom_id == Classroom.id)
        .where(Enrolment.user_id == user_id, Enrolment.removed.is_(None))
        .order_by(Classroom.name)
    )
    return Kept(
        finished,
        running,
        answers=_count(session, mine.where(AttemptSlot.saved.is_not(None))),
        last_active=session.scalar(mine.with_only_columns(func.max(AttemptSlot.saved))),
        identities=_count(session, select(Identity).where(Identity.user_id == user_id)),
        classes=names.all(),
    )


def _count(session: Session, query: Select[*tuple[Base]]) -> int:
    return session.scalar(query.with_only_columns(func.count())) or 0


def let_administer(session: Session, user: User, administers: bool) -> None:
    """Let a teacher run the site, or no more. Raises NotATeacher, OnlyAdministrator."""
    leaving.hold_teachers(session)
    # Asked again: somebody else may have changed it until it was held.
    if administers and session.scalar(select(User.role).where(User.id == user.id)) != Role.TEACHER:
        raise NotATeacher
    if not administers and leaving.is_only_administrator(session, user):
        raise leaving.OnlyAdministrator
    user.administers = administers
    session.flush()


def make_teacher(session: Session, user: User, now: datetime) -> None:
    """Let a student teach. Their attempts stay theirs but count for no statistics; they leave their classes."""
    tallying.forget_person(session, user.id)
    inside = (Enrolment.user_id == user.id) & Enrolment.removed.is_(None)
    session.execute(update(Enrolment).where(inside).values(removed=now))
    user.role = Role.TEACHER
    session.flush()


def make_student(session: Session, user: User, now: datetime) -> None:
    """Let a teacher be a student: what they alone own is handed on, and every right on things ends.

    Raises OnlyTeacher, OnlyAdministrator.
    """
    leaving.check_not_needed(session, user)
    handing_on.hand_on(session, user.id, now)
    session.execute(delete(Share).where(Share.user_id == user.id))
    session.execute(delete(Attempt).where(Attempt.user_id == user.id, Attempt.purpose == Purpose.TRIAL))
    user.role, user.administers = Role.STUDENT, False
    session.flush()


@dataclass(frozen=True)
class Site:
    """The site in figures. `people` counts by role, `bytes_stored` is None where the database does not say."""

    people: dict[Role, int]
    administrators: int
    classes: int
    banks: int
    questions: int
    quizzes: int
    attempts: int
    entries: int
    bytes_stored: int | None
    backup: datetime | None
    """When the last backup was made by a command that wrote it into the audit log; None where none is known."""


def site(session: Session) -> Site:
    """The site in figures."""
    by_role = dict(session.execute(select(User.role, func.count()).group_by(User.role)).all())
    made = select(func.max(AuditEvent.at)).where(AuditEvent.deed == BACKUP)
    return Site(
        people={role: by_role.get(role, 0) for role in Role},
        administrators=_count(session, select(User).where(User.administers)),
        classes=_count(session, select(Classroom)),
        banks=_count(session, select(Bank)),
        questions=_count(session, select(Question)),
        quizzes=_count(session, select(Quiz)),
        attempts=_count(session, select(Attempt)),
        entries=_count(session, select(AuditEvent)),
        bytes_stored=_bytes_stored(session),
        backup=session.scalar(made),
    )


BACKUP = "backup.made"
"""The name under which a backup stands in the audit log."""
_SIZES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def _bytes_stored(session: Session) -> int | None:
    asks = _SIZES.get(session.get_bind().dialect.name)
    return None if asks is None else session.scalar(text(asks))
