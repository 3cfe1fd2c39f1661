"""Coming in: what happens at every sign-in, however somebody shows who they are."""

import time

from flask import request, session, url_for
from flask_login import current_user

from quizapp.models import User, db
from quizapp.services import accounts
from quizapp.web.account.known_browsers import know_browser
from quizapp.web.addresses import local_address
from quizapp.web.clock import utcnow
from quizapp.web.guard import let_in

_ENTERED = "entered"
RECENTLY = 600
"""Seconds for which a sign-in counts as having just shown who one is."""


def guest_id() -> int | None:
    """Who practises in this browser without an account."""
    return current_user.id if current_user.is_authenticated and current_user.is_guest else None


def has_account() -> bool:
    """Whether somebody with an account is signed in."""
    return current_user.is_authenticated and not current_user.is_guest


def onward() -> str:
    """Where the person wanted to go: an address of this site, or the home page."""
    return local_address(request.args.get("next", ""), url_for("home.index"))


def enter(user: User, guest: int | None = None) -> None:
    """Sign somebody in; what a guest has practised in this browser comes along. Commits nothing."""
    practised = accounts.person(db.session(), guest)
    if practised is not None and practised.id != user.id:
        accounts.hand_over_attempts(db.session(), practised, user)
    user.signed_in = utcnow()
    let_in(user)
    session[_ENTERED] = int(time.time())
    know_browser(user.username or "")


def entered_recently() -> bool:
    """Whether this browser was signed in within the last few minutes."""
    return bool(0 <= time.time() - session.get(_ENTERED, 0) <= RECENTLY)
