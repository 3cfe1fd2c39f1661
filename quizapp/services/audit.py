"""The audit log: an entry is written in the transaction of the deed it tells of, and found again by who, what and when.

Entries name people and records by number. They hold no answer, password, token or name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, insert, select, tuple_
from sqlalchemy.orm import Session

from quizapp.models import AuditEvent, User
from quizapp.models.base import table_of

PAGE_SIZE = 50
"""Entries on a page."""
_AT_ONCE = 2000
"""Entries read at a time where many are wanted."""


@dataclass(frozen=True)
class Deed:
    """What somebody did. Nobody is `actor_id` where it was a command, or somebody not signed in."""

    name: str
    at: datetime
    actor_id: int | None = None
    by_command: bool = False
    record: str | None = None
    record_id: int | None = None
    request_id: str | None = None
    details: dict[str, Any] | None = None


def note(session: Session, deed: Deed) -> None:
    """Write it down, in the session's transaction: what is rolled back is not in the log either."""
    session.execute(
        insert(table_of(AuditEvent)).values(
            at=deed.at,
            actor_id=deed.actor_id,
            by_command=deed.by_command,
            deed=deed.name,
            record=deed.record,
            record_id=deed.record_id,
            request_id=deed.request_id,
            details=deed.details or None,
        )
    )


@dataclass(frozen=True)
class Wanted:
    """Which entries are looked for; what is None does not matter. `until` is the first moment not wanted any more."""

    actor_id: int | None = None
    deed: str | None = None
    record: str | None = None
    record_id: int | None = None
    request_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same for a statement."""
        equal = {
            AuditEvent.actor_id: self.actor_id,
            AuditEvent.deed: self.deed,
            AuditEvent.record_id: self.record_id,
            AuditEvent.request_id: self.request_id,
        }
        found: list[ColumnElement[bool]] = [column == value for column, value in equal.items() if value is not None]
        if self.record is not None:
            # A kind alone is looked for along the times: by its index, most of the log would have to be sorted.
            kind = func.lower(AuditEvent.record) if self.record_id is None else AuditEvent.record
            found.append(kind == self.record)
        if self.since is not None:
            found.append(AuditEvent.at >= self.since)
        if self.until is not None:
            found.append(AuditEvent.at < self.until)
        return found


@dataclass(frozen=True)
class Entry:
    """An entry as it is shown; who did it has a name only while they are here."""

    event: AuditEvent
    username: str | None
    name: str | None


@dataclass(frozen=True)
class Page:
    """Some entries, the latest first; `older` is the number after which to go on, None where nothing follows."""

    entries: tuple[Entry, ...]
    older: int | None


def find(session: Session, wanted: Wanted, before: int | None = None, size: int = PAGE_SIZE) -> Page:
    """The latest entries of those wanted; only such as stand below the entry with the number `before`.

    It goes on from an entry and not by counting, so that the last page of a million is as quick as the first.
    """
    query = _entries(wanted)
    if before is not None:
        seen = session.execute(select(AuditEvent.at, AuditEvent.id).where(AuditEvent.id == before)).one_or_none()
        query = query.where(AuditEvent.id < before if seen is None else _below(*seen))
    rows = session.execute(query.limit(size + 1)).all()
    entries = tuple(Entry(*row) for row in rows[:size])
    return Page(entries, entries[-1].event.id if len(rows) > size else None)


def every(session: Session, wanted: Wanted, at_most: int) -> Iterator[Entry]:
    """The same without pages, but not more than so many."""
    before: int | None = None
    while at_most > 0:
        page = find(session, wanted, before, min(_AT_ONCE, at_most))
        yield from page.entries
        at_most, before = at_most - len(page.entries), page.older
        session.expunge_all()
        if before is None:
            return


def _entries(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    return (
        select(AuditEvent, User.username, User.display_name)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .where(*wanted.conditions())
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    )


def _below(at: datetime, number: int) -> ColumnElement[bool]:
    """`at` is given once more by itself, for the index."""
    below: ColumnElement[bool] = tuple_(AuditEvent.at, AuditEvent.id) < (at, number)
    return (AuditEvent.at <= at) & below


def about(session: Session, user_id: int) -> list[Row[Any]]:
    """The entries of what a person did and of what was done to their account, the latest first."""
    mine = AuditEvent.actor_id == user_id
    of_me = (AuditEvent.record == "user") & (AuditEvent.record_id == user_id)
    columns = (
        AuditEvent.id, AuditEvent.at, AuditEvent.deed, AuditEvent.record, AuditEvent.record_id,
        AuditEvent.actor_id, AuditEvent.by_command,
    )  # fmt: skip
    both = select(*columns).where(mine).union(select(*columns).where(of_me)).subquery()
    return list(session.execute(select(both).order_by(both.c.at.desc(), both.c.id.desc())).all())


def count(session: Session) -> int:
    """How many entries there are."""
    return session.scalar(select(func.count()).select_from(AuditEvent)) or 0
