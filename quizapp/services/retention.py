"""Erasing what has been kept long enough, by the terms that the settings say, a little at a time.

Each step is small enough for a transaction of its own, so that nobody's save waits for long.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.models import Attempt, AttemptSlot, AuditEvent, OneTimeLink, User
from quizapp.services.leaving import Remains, leave

LINKS_STAY = timedelta(days=30)
"""How long a one-time link stays after it was used or has expired: until then the person's data say that it was."""
PEOPLE_AT_ONCE = 20
ROWS_AT_ONCE = 2000
LONGEST_SILENCE = timedelta(days=30)
"""How long nothing may have happened before it looks as if the clock had been set forward: all would seem old then."""
_LATELY = timedelta(days=7)
"""What happened since then may have happened by a wrong clock, and tells nothing of it."""
_CLOCKS_DIFFER = timedelta(hours=1)
"""The database refuses to drop younger entries by its own clock, which may be another machine's."""


@dataclass(frozen=True)
class Terms:
    """After how many days guests, students and entries of the audit log go; 0: never."""

    guest_days: int
    student_days: int
    audit_days: int

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Terms":
        """As the settings say."""
        return cls(settings["GUEST_DAYS"], settings["STUDENT_DAYS"], settings["AUDIT_DAYS"])


@dataclass(frozen=True)
class Erased:
    """How many guests, students, entries of the audit log and one-time links were erased, or are due."""

    guests: int = 0
    students: int = 0
    entries: int = 0
    links: int = 0

    def __add__(self, other: "Erased") -> "Erased":
        return Erased(*(one + another for one, another in zip(astuple(self), astuple(other), strict=True)))

    def __bool__(self) -> bool:
        return any(astuple(self))


def silent_since(session: Session, now: datetime) -> datetime | None:
    """The last time before this week that anything happened here, where that is implausibly long ago; else None.

    The clock may be wrong then, or the site was not used. A site without a past has nothing to lose.
    """
    before = now - _LATELY
    times = (User.created, User.signed_in, Attempt.started, AuditEvent.at)
    found = [session.scalar(select(func.max(time)).where(time < before)) for time in times]
    last = max((time for time in found if time is not None), default=None)
    return last if last is not None and last < before - LONGEST_SILENCE else None


def due(session: Session, terms: Terms, now: datetime) -> Erased:
    """What would be erased now."""
    return Erased(
        guests=_count(session, _idle(Role.GUEST, terms.guest_days, now)),
        students=_count(session, _idle(Role.STUDENT, terms.student_days, now)),
        entries=_count(session, _old_entries(terms, now)),
        links=_count(session, _dead_links(now)),
    )


def erase_some(session: Session, terms: Terms, now: datetime) -> Erased:
    """Erase a few of one sort; nothing where nothing is due any more. Commit, and call it again.

    The sums of the item analysis forget what the people answered, and are folded anew when somebody looks.
    """
    guests = _erase_people(session, _idle(Role.GUEST, terms.guest_days, now), now)
    if guests:
        return Erased(guests=guests)
    students = _erase_people(session, _idle(Role.STUDENT, terms.student_days, now), now)
    if students:
        return Erased(students=students)
    links = _delete_rows(session, OneTimeLink, _dead_links(now))
    if links:
        return Erased(links=links)
    return Erased(entries=_delete_rows(session, AuditEvent, _old_entries(terms, now)))


def _erase_people(session: Session, idle: Select[int], now: datetime) -> int:
    held = idle.order_by(User.id).limit(PEOPLE_AT_ONCE).with_for_update(skip_locked=True)
    ids = session.scalars(held).all()
    for user_id in ids:
        leave(session, session.get_one(User, user_id), Remains.NOTHING, now)
    return len(ids)


def _delete_rows(session: Session, model: type[AuditEvent] | type[OneTimeLink], old: Select[int]) -> int:
    ids = session.scalars(old.order_by(model.id).limit(ROWS_AT_ONCE)).all()
    if ids:
        session.execute(delete(model).where(model.id.in_(ids)), execution_options={"synchronize_session": False})
    return len(ids)


def _idle(role: Role, days: int, now: datetime) -> Select[int]:
    """The people of this role who have done nothing for so many days: no sign-in, no attempt, no answer."""
    since = now - timedelta(days=days)
    seldom = and_(User.created < since, or_(User.signed_in.is_(None), User.signed_in < since), ~_active(since))
    return select(User.id).where(User.role == role, seldom if days else User.id.is_(None))


def _active(since: datetime) -> ColumnElement[bool]:
    answered = select(AttemptSlot.id).where(AttemptSlot.attempt_id == Attempt.id, AttemptSlot.saved >= since).exists()
    lately = or_(Attempt.started >= since, Attempt.submitted >= since, Attempt.seen >= since, answered)
    return select(Attempt.id).where(Attempt.user_id == User.id, lately).exists()


def _old_entries(terms: Terms, now: datetime) -> Select[int]:
    before = now - timedelta(days=terms.audit_days) - _CLOCKS_DIFFER
    return select(AuditEvent.id).where(AuditEvent.at < before if terms.audit_days else AuditEvent.id.is_(None))


def _dead_links(now: datetime) -> Select[int]:
    before = now - LINKS_STAY
    return select(OneTimeLink.id).where(or_(OneTimeLink.used < before, OneTimeLink.expires < before))


def _count(session: Session, query: Select[int]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0
