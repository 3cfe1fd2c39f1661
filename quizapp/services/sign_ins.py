"""Who asks, as nearly every page wants to know first: one prepared statement, and no ORM object."""

from typing import NamedTuple

from sqlalchemy import bindparam, select

from quizapp.domain.access import Role
from quizapp.models import User
from quizapp.models.engine import Database, connection_of
from quizapp.models.prepared import Prepared


class SignedIn(NamedTuple):
    """What the pages need to know of somebody who is signed in."""

    id: int
    username: str | None
    display_name: str
    role: Role
    administers: bool
    sign_in_epoch: int


_PERSON = Prepared(
    select(User.id, User.username, User.display_name, User.role, User.administers, User.sign_in_epoch).where(
        User.id == bindparam("person"), User.sign_in_epoch == bindparam("epoch")
    )
)


def person_signed_in(database: Database, user_id: int, epoch: int) -> SignedIn | None:
    """The person, if this sign-in of theirs still holds; a raised epoch has ended it."""
    row = _PERSON.row(connection_of(database), {"person": user_id, "epoch": epoch})
    return None if row is None else SignedIn(*row)
