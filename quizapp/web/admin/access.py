"""Whom an address of these pages speaks of."""

from flask import abort

from quizapp.models import User, db
from quizapp.services import accounts


def person_or_404(user_id: int) -> User:
    """The account holder of the address; of guests there is nothing to see."""
    found = accounts.person(db.session(), user_id)
    return found if found is not None and found.username is not None else abort(404)
