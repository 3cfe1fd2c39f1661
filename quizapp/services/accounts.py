"""People: guests, sign-up, sign-in, and the links that let somebody in: the first teacher, or who has no password."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.domain.codes import Choose, new_text, normal_text
from quizapp.models import Attempt, OneTimeLink, Report, User

SET_UP = "set_up"
PASSWORD = "password"  # noqa: S105  the purpose of a link, not a secret
LINK_LASTS = timedelta(days=7)
PASSWORD_TOKEN_LENGTH = 16
"""Signs of the token of a link that is typed from paper: 29 to the power of 16, as good as 77 bits by chance."""


class UsernameTaken(Exception):
    """Somebody else has this username."""


class LinkNotValid(Exception):
    """The link is unknown, used up or too old."""


def normal_username(username: str) -> str:
    """The one form of a username: people type it in any case. No name has a NUL in it, which PostgreSQL cannot take."""
    return username.replace("\0", "").strip().casefold()


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
    session: Session,
    username: str,
    display_name: str,
    password_hash: str | None,
    role: Role,
    now: datetime,
    administers: bool = False,
) -> User:
    """A new account; one that `administers` also runs the site. Raises UsernameTaken.

    Without a password (None) somebody gets in by a link, or by a provider that knows them.
    """
    user = User(role=role, created=now, administers=administers)
    session.add(user)
    return _become(session, user, username, display_name, password_hash, role)


def sign_up(
    session: Session, guest: User | None, username: str, display_name: str, password_hash: str | None, now: datetime
) -> User:
    """A student's account; a guest becomes it and so keeps every attempt. Raises UsernameTaken."""
    if guest is None:
        return add_account(session, username, display_name, password_hash, Role.STUDENT, now)
    return _become(session, guest, username, display_name, password_hash, Role.STUDENT)


def _become(
    session: Session, user: User, username: str, display_name: str, password_hash: str | None, role: Role
) -> User:
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

    Attempt numbers count on from the account's own, quiz by quiz; those for assignments are counted apart.
    """
    highest = dict(
        session.execute(
            select(Attempt.quiz_id, func.max(Attempt.number))
            .where(Attempt.user_id == account.id, Attempt.quiz_id.is_not(None), Attempt.assignment_id.is_(None))
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


def end_sign_ins(session: Session, user: User) -> None:
    """Sign somebody out everywhere."""
    session.execute(update(User).where(User.id == user.id).values(sign_in_epoch=User.sign_in_epoch + 1))
    session.refresh(user)


def renew_hash(session: Session, user: User, before: str, password_hash: str) -> None:
    """Keep another hash of the same password, unless the password was changed meanwhile; no sign-in ends."""
    mine = (User.id == user.id) & (User.password_hash == before)
    session.execute(update(User).where(mine).values(password_hash=password_hash))


def set_password(session: Session, user: User, password_hash: str, now: datetime) -> None:
    """A new password; every earlier sign-in ends, and so does every link that would let somebody choose one."""
    _use_up(session, now, OneTimeLink.purpose == PASSWORD, OneTimeLink.user_id == user.id)
    session.execute(
        update(User).where(User.id == user.id).values(password_hash=password_hash, sign_in_epoch=User.sign_in_epoch + 1)
    )
    session.refresh(user)


def make_password_link(session: Session, user: User, now: datetime, choose: Choose = secrets.choice) -> str:
    """The token of a fresh link for one person, see `make_password_links`."""
    return make_password_links(session, [user], now, choose)[user.id]


def make_password_links(
    session: Session, users: Sequence[User], now: datetime, choose: Choose = secrets.choice
) -> dict[int, str]:
    """The tokens, by user, of fresh links by which these people choose passwords; earlier links of theirs stop.

    They last for `LINK_LASTS`. Their signs can be read from paper and typed, and go through `in_groups` to be shown.
    """
    ids = [user.id for user in users]
    _use_up(session, now, OneTimeLink.purpose == PASSWORD, OneTimeLink.user_id.in_(ids))
    tokens = {user_id: new_text(PASSWORD_TOKEN_LENGTH, choose) for user_id in ids}
    session.add_all(_link(PASSWORD, token, now, user_id) for user_id, token in tokens.items())
    session.flush()
    return tokens


def check_password_link(session: Session, token: str, now: datetime) -> User:
    """Whom the link with this token is for, however it is typed. Raises LinkNotValid."""
    link = _valid_link(session, PASSWORD, normal_text(token), now)
    user = None if link is None else person(session, link.user_id)
    if user is None or user.username is None:
        raise LinkNotValid
    return user


def choose_password(session: Session, token: str, password_hash: str, now: datetime) -> User:
    """Give the person of the link a new password; the link is then used up. Raises LinkNotValid."""
    user = check_password_link(session, token, now)
    _take(session, PASSWORD, normal_text(token), now)
    set_password(session, user, password_hash, now)
    return user


def has_teacher(session: Session) -> bool:
    """Whether there is a teacher yet."""
    return session.scalar(select(User.id).where(User.role == Role.TEACHER).limit(1)) is not None


def make_set_up_link(session: Session, now: datetime) -> str:
    """The token of a fresh link that makes its bearer the first teacher; earlier ones stop working."""
    _use_up(session, now, OneTimeLink.purpose == SET_UP)
    token = secrets.token_urlsafe(24)
    session.add(_link(SET_UP, token, now))
    session.flush()
    return token


def check_set_up_link(session: Session, token: str, now: datetime) -> OneTimeLink:
    """The link with this token. Raises LinkNotValid, also once there is a teacher."""
    link = _valid_link(session, SET_UP, token, now)
    if link is None or has_teacher(session):
        raise LinkNotValid
    return link


def set_up_teacher(
    session: Session, token: str, username: str, display_name: str, password_hash: str, now: datetime
) -> User:
    """The first teacher, who also runs the site, by the set-up link, which is then used up.

    Raises LinkNotValid, UsernameTaken.
    """
    check_set_up_link(session, token, now)
    _take(session, SET_UP, token, now)
    return add_account(session, username, display_name, password_hash, Role.TEACHER, now, administers=True)


def _link(purpose: str, token: str, now: datetime, user_id: int | None = None) -> OneTimeLink:
    return OneTimeLink(purpose=purpose, digest=_digest(token), user_id=user_id, created=now, expires=now + LINK_LASTS)


def _valid_link(session: Session, purpose: str, token: str, now: datetime) -> OneTimeLink | None:
    return session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.digest == _digest(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used.is_(None),
            OneTimeLink.expires > now,
        )
    )


def _take(session: Session, purpose: str, token: str, now: datetime) -> None:
    """Use the link up. Raises LinkNotValid where somebody else did so at the same moment."""
    link = (OneTimeLink.digest == _digest(token)) & (OneTimeLink.purpose == purpose) & OneTimeLink.used.is_(None)
    taken = session.execute(update(OneTimeLink).where(link).values(used=now).returning(OneTimeLink.id))
    if taken.one_or_none() is None:
        raise LinkNotValid


def _use_up(session: Session, now: datetime, *which: ColumnElement[bool]) -> None:
    session.execute(update(OneTimeLink).where(OneTimeLink.used.is_(None), *which).values(used=now))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
