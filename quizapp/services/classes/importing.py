"""A class list is taken in: first a plan of what would happen to each row, then the deed, which follows it exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.access import Right, Role
from quizapp.domain.usernames import may_be_username, username_from
from quizapp.formats.roster_csv import ListedStudent
from quizapp.models import Classroom, Enrolment, User
from quizapp.services.accounts import normal_username
from quizapp.services.classes.classrooms import check_active
from quizapp.services.teaching import taught_by

LONGEST_NAME = 80


class Outcome(StrEnum):
    """What happens to a row: the first two put somebody into the class, the others change nothing."""

    NEW = "new"
    """An account is made."""
    ENROLLED = "enrolled"
    """A student whom this teacher teaches already comes into the class, too."""
    ALREADY = "already"
    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    BAD_USERNAME = "bad_username"
    TWICE = "twice"
    """An earlier row has this username."""
    TAKEN = "taken"
    """Somebody has this username whom this teacher does not teach."""
    REMOVED = "removed"
    """They were taken out of the class; they are let in again one by one, on purpose."""


@dataclass(frozen=True)
class PlannedRow:
    """A row, and what happens to it. `user_id` is that of the account it speaks of; None for one to be made."""

    row: ListedStudent
    outcome: Outcome
    username: str
    user_id: int | None = None

    @property
    def changes(self) -> bool:
        """Whether somebody comes into the class by it."""
        return self.outcome in (Outcome.NEW, Outcome.ENROLLED)

    @property
    def refused(self) -> bool:
        """Whether the row is not taken, though it speaks of somebody who is not in the class."""
        return not self.changes and self.outcome is not Outcome.ALREADY


def plan(
    session: Session, classroom: Classroom, teacher_id: int, rows: Sequence[ListedStudent]
) -> tuple[PlannedRow, ...]:
    """What would happen to each row, in order, as things are now. Changes nothing.

    A row without a username means whoever in the class is called so, each of them once; else it gets a new account.
    """
    return tuple(_Planning(session, classroom, teacher_id, rows).rows())


def apply(
    session: Session, classroom: Classroom, teacher_id: int, rows: Sequence[ListedStudent], now: datetime
) -> tuple[PlannedRow, ...]:
    """Do what the plan of this moment says; the rows, with the accounts that were made. Raises ClassArchived."""
    check_active(classroom)
    planned = plan(session, classroom, teacher_id, rows)
    made = {item.username: _account(item, now) for item in planned if item.outcome is Outcome.NEW}
    session.add_all(made.values())
    session.flush()
    done = tuple(
        replace(item, user_id=made[item.username].id) if item.outcome is Outcome.NEW else item for item in planned
    )
    session.add_all(
        Enrolment(classroom_id=classroom.id, user_id=item.user_id, joined=now) for item in done if item.changes
    )
    session.flush()
    return done


def _account(item: PlannedRow, now: datetime) -> User:
    """An account without a password: nobody signs in to it before its link was used."""
    return User(role=Role.STUDENT, username=item.username, display_name=item.row.name, created=now)


@dataclass(frozen=True)
class _Member:
    id: int
    username: str
    is_inside: bool


class _Planning:
    """What is known while the rows of one list are gone through."""

    def __init__(
        self, session: Session, classroom: Classroom, teacher_id: int, listed: Sequence[ListedStudent]
    ) -> None:
        self._listed = listed
        accounts = session.execute(select(User.username, User.id).where(User.username.is_not(None)))
        self._accounts: dict[str | None, int] = dict(accounts.all())
        self._taught = frozenset(session.scalars(taught_by(teacher_id, Right.EDIT)))
        members = session.execute(
            select(User.id, User.username, User.display_name, Enrolment.removed)
            .join(Enrolment, Enrolment.user_id == User.id)
            .where(Enrolment.classroom_id == classroom.id)
            .order_by(Enrolment.removed.is_not(None), User.id)
        )
        self._members: dict[int, _Member] = {}
        self._by_name: dict[str, list[_Member]] = {}
        for user_id, username, name, removed in members:
            member = _Member(user_id, username or "", removed is None)
            self._members[user_id] = member
            self._by_name.setdefault(name.casefold(), []).append(member)
        self._given: set[str] = set()
        self._taken = {*filter(None, self._accounts), *(normal_username(row.username) for row in listed)}

    def rows(self) -> Iterator[PlannedRow]:
        """Each row, planned. Rows with a username come first to those of that name."""
        named = {member.id for row in self._listed if (member := self._named(row)) is not None}
        for same_name in self._by_name.values():
            same_name[:] = [member for member in same_name if member.id not in named]
        for row in self._listed:
            yield self._with_username(row) if row.username else self._with_name_only(row)

    def _named(self, row: ListedStudent) -> _Member | None:
        number = self._accounts.get(normal_username(row.username))
        return None if number is None else self._members.get(number)

    def _with_name_only(self, row: ListedStudent) -> PlannedRow:
        same_name = self._by_name.get(row.name.casefold())
        if same_name:
            return _as_member(row, same_name.pop(0))
        fault = _fault_of_name(row)
        if fault is not None:
            return PlannedRow(row, fault, "")
        username = username_from(row.name, self._taken)
        self._taken.add(username)
        return PlannedRow(row, Outcome.NEW, username)

    def _with_username(self, row: ListedStudent) -> PlannedRow:
        username = normal_username(row.username)
        if username in self._given:
            return PlannedRow(row, Outcome.TWICE, username)
        self._given.add(username)
        user_id, member = self._accounts.get(username), self._named(row)
        if member is not None:
            return _as_member(row, member)
        if user_id is not None:
            return PlannedRow(row, Outcome.ENROLLED if user_id in self._taught else Outcome.TAKEN, username, user_id)
        if not may_be_username(username):
            return PlannedRow(row, Outcome.BAD_USERNAME, username)
        return PlannedRow(row, _fault_of_name(row) or Outcome.NEW, username)


def _as_member(row: ListedStudent, member: _Member) -> PlannedRow:
    return PlannedRow(row, Outcome.ALREADY if member.is_inside else Outcome.REMOVED, member.username, member.id)


def _fault_of_name(row: ListedStudent) -> Outcome | None:
    if not row.name:
        return Outcome.NO_NAME
    return Outcome.LONG_NAME if len(row.name) > LONGEST_NAME else None
