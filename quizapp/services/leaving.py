"""Somebody deletes their account: what goes, what stays, and how what stays loses their name."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.models import Attempt, Base, Report, State, User
from quizapp.models.base import table_of
from quizapp.services.attempts.submitting import close_overdue
from quizapp.services.handing_on import hand_on
from quizapp.services.item_analysis import tallying


class Remains(StrEnum):
    """What stays of somebody who leaves."""

    NOTHING = "nothing"
    ATTEMPTS = "attempts"


class OnlyTeacher(Exception):
    """The only teacher cannot leave: nobody could write questions or see results any more."""


class OnlyAdministrator(OnlyTeacher):
    """Nor can the only one who runs the site: nobody could help the others into their accounts any more."""


_TEACHERS_HELD = select(User.id).where(User.role == Role.TEACHER).with_for_update()
"""Held until the transaction ends, so that two teachers who leave at one moment see each other (SQLite holds all)."""


def is_only_teacher(session: Session, user: User) -> bool:
    """Whether the person teaches and nobody else does, by what the database says now."""
    return session.scalars(select(User.id).where(User.role == Role.TEACHER).limit(2)).all() == [user.id]


def is_only_administrator(session: Session, user: User) -> bool:
    """Whether the person runs the site and nobody else does, by what the database says now."""
    return session.scalars(select(User.id).where(User.administers).limit(2)).all() == [user.id]


def hold_teachers(session: Session) -> None:
    """Let nobody else change who teaches or runs the site until the transaction ends."""
    session.execute(_TEACHERS_HELD)


def check_not_needed(session: Session, user: User) -> None:
    """See that the site can do without this person, and hold that until the transaction ends.

    Raises OnlyTeacher, OnlyAdministrator.
    """
    hold_teachers(session)
    if is_only_administrator(session, user):
        raise OnlyAdministrator
    if is_only_teacher(session, user):
        raise OnlyTeacher


def leave(session: Session, user: User, remains: Remains, now: datetime) -> None:
    """Delete an account, or a guest; every sign-in ends.

    With `Remains.NOTHING` everything goes that the person did as a student. With `Remains.ATTEMPTS` their finished
    attempts stay as those of a nameless guest, and their reports without an author. Questions that a teacher wrote and
    marks that a teacher gave stay in both, and name nobody any more; what a teacher alone owned is handed on, see
    `handing_on`. Raises OnlyTeacher, OnlyAdministrator.
    """
    check_not_needed(session, user)
    overwrite_what_goes(session)
    tallying.forget_person(session, user.id)
    hand_on(session, user.id, now)
    if remains is Remains.NOTHING:
        session.execute(delete(Report).where(Report.user_id == user.id))
        session.execute(delete(User).where(User.id == user.id))
    else:
        _forget_name(session, user.id, now)
    session.expire_all()


def overwrite_what_goes(session: Session) -> None:
    """Let SQLite write zeros over what this transaction deletes; by itself it may only mark the place as free.

    It holds for the connection. PostgreSQL drops old rows at its next vacuum.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA secure_delete = ON"))


def _forget_name(session: Session, user_id: int, now: datetime) -> None:
    """Turn an account into a guest that nobody can be, with the finished attempts and nothing else."""
    close_overdue(session, now, user_id)
    session.execute(delete(Attempt).where(Attempt.user_id == user_id, Attempt.state == State.OPEN))
    _let_go_of(session, user_id)
    session.execute(
        update(User)
        .where(User.id == user_id)
        .values(
            username=None,
            display_name="",
            password_hash=None,
            role=Role.GUEST,
            locale=None,
            administers=False,
            signed_in=None,
            sign_in_epoch=User.sign_in_epoch + 1,
        )
    )


def _let_go_of(session: Session, user_id: int) -> None:
    """Do to every row that refers to the person what would happen if theirs went, attempts aside.

    Found in the tables themselves, so that a table to come is not forgotten here.
    """
    person, kept = table_of(User).c.id, table_of(Attempt)
    for table in Base.metadata.sorted_tables:
        for key in (key for key in table.foreign_keys if key.column is person and table is not kept):
            theirs = key.parent == user_id
            cascades = key.ondelete == "CASCADE"
            session.execute(
                delete(table).where(theirs) if cascades else update(table).where(theirs).values({key.parent: None})
            )
