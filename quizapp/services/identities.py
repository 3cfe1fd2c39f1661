"""People whom an OpenID Connect provider knows, and who they are here.

Somebody is found by what the provider calls them for good, and by nothing else: were accounts matched by name or e-mail
address, whoever can choose those at the provider could take over an account here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.domain.usernames import may_be_username, username_from
from quizapp.models import Identity, User
from quizapp.services import accounts

LONGEST_NAME = 80
_TRIES = 5
"""How often another username is looked for, where somebody else takes the one found at the same moment."""


class SomebodyElses(Exception):
    """The identity is connected with another account, or the account with another identity of this provider."""


class NoPassword(Exception):
    """The account has no password, so nobody could sign in to it any more."""


@dataclass(frozen=True)
class Known:
    """What a provider says of somebody. `issuer` and `subject` say who it is, the rest may change."""

    issuer: str
    subject: str
    username: str
    name: str


def known_from(issuer: str, claims: Mapping[str, Any]) -> Known:
    """The claims of a token whose signature, issuer and audience have been checked.

    Raises ValueError where they name nobody.
    """
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 1 <= len(subject) <= 255:
        raise ValueError("the provider names nobody")
    mailbox = _text(claims, "email").partition("@")[0]
    username = _text(claims, "preferred_username").partition("@")[0] or mailbox or subject
    return Known(issuer, subject, username, (_text(claims, "name") or username)[:LONGEST_NAME])


def _text(claims: Mapping[str, Any], name: str) -> str:
    """A claim in one line, without signs that cannot be seen; empty where it is missing or no text."""
    found = claims.get(name)
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", found).split()) if isinstance(found, str) else ""


def whose(session: Session, known: Known) -> User | None:
    """The account connected with this identity."""
    return session.scalar(
        select(User)
        .join(Identity, Identity.user_id == User.id)
        .where(Identity.issuer == known.issuer, Identity.subject == known.subject)
    )


def is_connected(session: Session, user_id: int, issuer: str) -> bool:
    """Whether the account is connected with an identity of this provider."""
    mine = select(Identity.id).where(Identity.user_id == user_id, Identity.issuer == issuer).limit(1)
    return session.scalar(mine) is not None


def connect(session: Session, user: User, known: Known, now: datetime) -> None:
    """Let this identity sign in to the account. Raises SomebodyElses."""
    owner = whose(session, known)
    if owner is not None and owner.id == user.id:
        return
    if owner is not None or is_connected(session, user.id, known.issuer):
        raise SomebodyElses
    session.add(Identity(issuer=known.issuer, subject=known.subject, user_id=user.id, created=now))
    try:
        session.flush()
    except IntegrityError as error:
        session.rollback()
        raise SomebodyElses from error


def disconnect(session: Session, user: User, issuer: str) -> None:
    """No identity of this provider signs in to the account any more, and every sign-in ends. Raises NoPassword."""
    if user.password_hash is None:
        raise NoPassword
    session.execute(delete(Identity).where(Identity.user_id == user.id, Identity.issuer == issuer))
    accounts.end_sign_ins(session, user)


def make_student(session: Session, guest_id: int | None, known: Known, now: datetime) -> User:
    """A student's account without a password, for somebody of whom there is none; a guest becomes it.

    Raises UsernameTaken where others take every name that is found, SomebodyElses where it was made at the same moment.
    """
    for tried in range(_TRIES):
        username = _free_username(session, known.username)
        guest = accounts.person(session, guest_id)
        try:
            user = accounts.sign_up(session, guest, username, known.name, None, now)
            break
        except accounts.UsernameTaken:
            if tried == _TRIES - 1:
                raise
    connect(session, user, known, now)
    return user


def _free_username(session: Session, wanted: str) -> str:
    normal = accounts.normal_username(wanted)
    if may_be_username(normal) and accounts.find(session, normal) is None:
        return normal
    taken = session.scalars(select(User.username).where(User.username.is_not(None))).all()
    return username_from(wanted, {name for name in taken if name is not None})
