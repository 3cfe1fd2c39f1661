"""People: guests, sign-up, sign-in, and the link that lets the first teacher in."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.models import Attempt, OneTimeLink, Report, User

SET_UP = "set_up"
SET_UP_LASTS = timedelta(days=7)


class UsernameTaken(Exception):
    """Somebody else has this username."""


class LinkNotValid(Exception):
    """The link is unknown, used up or too old."""


def normal_username(username: str) -> str:
    """The one form of a username: people type it in any case."""
    return username.strip().casefold()


def find(session: Session, username: str) -> User | None:
    """The account of that name."""
    return session.scalar(select(User).where(User.username == normal_username(username)))


def person(session: Session, user_id: int | None) -> User | None:
    """The person with this id, guest or account holder; None for nobody."""
    return None if user_id is None else session.get(User, user_id)


def everybody(session: Session) -> Sequence[User]:
    """All account holders, by role and name."""
    return session.scalars(select(User).where(User.username.is_not(None)).order_by(User.role, User.username)).all()


def new_guest(session: Session, now: datetime) -> User:
    """Somebody without an account, so that practice can begin at once."""
    guest = User(role=Role.GUEST, created=now)
    session.add(guest)
    session.flush()
    return guest


def add_account(
    session: Session, username: str, display_name: str, password_hash: str, role: Role, now: datetime
) -> User:
    """A new account. Raises UsernameTaken."""
    user = User(role=role, created=now)
    session.add(user)
    return _become(session, user, username, display_name, password_hash, role)


def sign_up(
    session: Session, guest: User | None, username: str, display_name: str, password_hash: str, now: datetime
) -> User:
    """A student's account; a guest becomes it and so keeps every attempt. Raises UsernameTaken."""
    if guest is None:
        return add_account(session, username, display_name, password_hash, Role.STUDENT, now)
    return _become(session, guest, username, display_name, password_hash, Role.STUDENT)


def _become(session: Session, user: User, username: str, display_name: str, password_hash: str, role: Role) -> User:
    user.username = normal_username(username)
    user.display_name = display_name.strip()
    user.password_hash = password_hash
    user.role = role
    user.sign_in_epoch = (user.sign_in_epoch or 0) + 1
    try:
        session.flush()
    except IntegrityError as error:
        session.rollback()
        raise UsernameTaken(username) from error
    return user


def hand_over_attempts(session: Session, guest: User, account: User) -> None:
    """Give a guest's attempts and reports to the account they signed in to; the guest is gone afterwards.

    Attempt numbers count on from the account's own, quiz by quiz.
    """
    highest = dict(
        session.execute(
            select(Attempt.quiz_id, func.max(Attempt.number))
            .where(Attempt.user_id == account.id, Attempt.quiz_id.is_not(None))
            .group_by(Attempt.quiz_id)
        ).all()
    )
    theirs = session.scalars(select(Attempt).where(Attempt.user_id == guest.id).order_by(Attempt.started)).all()
    for attempt in theirs:
        if attempt.quiz_id is not None:
            highest[attempt.quiz_id] = attempt.number = highest.get(attempt.quiz_id, 0) + 1
        attempt.user_id = account.id
    session.execute(update(Report).where(Report.user_id == guest.id).values(user_id=account.id))
    session.flush()
    session.delete(guest)


def set_password(session: Session, user: User, password_hash: str) -> None:
    """A new password; every earlier sign-in ends."""
    session.execute(
        update(User).where(User.id == user.id).values(password_hash=password_hash, sign_in_epoch=User.sign_in_epoch + 1)
    )
    session.refresh(user)


def has_teacher(session: Session) -> bool:
    """Whether there is a teacher yet."""
    return session.scalar(select(User.id).where(User.role == Role.TEACHER).limit(1)) is not None


def make_set_up_link(session: Session, now: datetime) -> str:
    """The token of a fresh link that makes its bearer the first teacher; earlier ones stop working."""
    session.execute(
        update(OneTimeLink).where(OneTimeLink.purpose == SET_UP, OneTimeLink.used.is_(None)).values(used=now)
    )
    token = secrets.token_urlsafe(24)
    session.add(OneTimeLink(purpose=SET_UP, digest=_digest(token), created=now, expires=now + SET_UP_LASTS))
    session.flush()
    return token


def check_set_up_link(session: Session, token: str, now: datetime) -> OneTimeLink:
    """The link with this token. Raises LinkNotValid, also once there is a teacher."""
    link = session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.digest == _digest(token),
            OneTimeLink.purpose == SET_UP,
            OneTimeLink.used.is_(None),
            OneTimeLink.expires > now,
        )
    )
    if link is None or has_teacher(session):
        raise LinkNotValid
    return link


def set_up_teacher(
    session: Session, token: str, username: str, display_name: str, password_hash: str, now: datetime
) -> User:
    """The first teacher, by the set-up link, which is then used up. Raises LinkNotValid, UsernameTaken."""
    link = check_set_up_link(session, token, now)
    link.used = now
    return add_account(session, username, display_name, password_hash, Role.TEACHER, now)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
