"""How often somebody may guess: passwords, join codes, links. Only what was wrong is counted.

Every limit is one for an account or a person, and one for the address. A school can stand behind one address, so that
one is wide, and nobody who types the right thing counts for it.

And how much a program may make here, without end otherwise: guests, accounts, attempts, reports. Only what was made is
counted, and no class comes near it.
"""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_limiter import RateLimitExceeded
from flask_limiter.util import get_remote_address
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.web.extensions import limiter

View = Callable[..., Any]
WRONG = frozenset({404, 422})
"""How a view answers what is wrong, unless it says so otherwise."""
MAKING = "MAKING_LIMIT"


def tries_limited(
    what_is_tried: Callable[[], str],
    setting: str = "SIGN_IN_LIMIT",
    methods: Sequence[str] = ("POST",),
    unless: Callable[[], bool] | None = None,
) -> Callable[[View], View]:
    """Slow down who guesses on a view, by what is tried and by the address.

    `setting` names how often the same may be tried; views with the same setting count together. `unless` says when
    only the address counts.
    """

    def mark(view: View) -> View:
        return _limited(what_is_tried, setting, methods, WRONG, unless)(addresses_limited(methods)(view))

    return mark


def addresses_limited(methods: Sequence[str], wrong: Collection[int] = WRONG) -> Callable[[View], View]:
    """Slow down who guesses on a view, by the address alone. `wrong` are the statuses that count."""
    return _limited(get_remote_address, "ADDRESS_LIMIT", methods, wrong, None)


def _limited(
    key: Callable[[], str],
    setting: str,
    methods: Sequence[str],
    wrong: Collection[int],
    unless: Callable[[], bool] | None,
) -> Callable[[View], View]:
    def allowed() -> str:
        found: str = current_app.config[setting]
        return found

    def is_wrong(response: Response) -> bool:
        return response.status_code in wrong

    limit: Callable[[View], View] = limiter.shared_limit(
        allowed, scope=setting, key_func=key, methods=list(methods), deduct_when=is_wrong, exempt_when=unless
    )
    return limit


@dataclass(frozen=True)
class Made:
    """Something that may be made so often, from an address or by a person; `cost` is its part of MAKING_LIMIT.

    `unless` says of whom it is not counted.
    """

    name: str
    cost: int
    by: Callable[[], str]
    unless: Callable[[], bool] | None = None


def making_limited(*made: Made) -> Callable[[View], View]:
    """Let a view that makes these, and then leads on, be used so often and not without end."""

    def mark(view: View) -> View:
        for one in made:
            view = _making_limited(one)(view)
        return view

    return mark


def _making_limited(made: Made) -> Callable[[View], View]:
    def allowed() -> str:
        found: str = current_app.config[MAKING]
        return found

    limit: Callable[[View], View] = limiter.shared_limit(
        allowed,
        scope=f"{MAKING} {made.name}",
        key_func=made.by,
        methods=["POST"],
        cost=made.cost,
        deduct_when=_leads_on,
        exempt_when=made.unless,
    )
    return limit


def _leads_on(response: Response) -> bool:
    """Whether something was made: whoever did so is led on to it."""
    return response.status_code == 303 and is_somebody()


def is_about_making(exceeded: RateLimitExceeded) -> bool:
    """Whether too much was made, rather than too often guessed."""
    return exceeded.limit is not None and str(exceeded.limit.scope).startswith(MAKING)


def own_account() -> str:
    """Who is signed in, as the one who tries, whichever of their sign-ins it is: a new one gives no new tries."""
    return f"person:{current_user.id if current_user.is_authenticated else None}"


def is_nobody_yet() -> bool:
    """Whether who tries is a visitor, known by the address only."""
    return not current_user.is_authenticated


def is_somebody() -> bool:
    """Whether who tries is known, as a guest or by an account."""
    return not is_nobody_yet()


def name_tried(name: str) -> str:
    """A name as the one that is tried, in a few signs however long it is."""
    return f"name:{hashlib.sha256(name.encode()).hexdigest()[:32]}"


NEW_GUEST = Made("guest", 1, get_remote_address, unless=is_somebody)
NEW_ACCOUNT = Made("account", 2, get_remote_address)
"""A school of 500 can sign up in one hour behind one address; most are on a list of their class and do not count."""
NEW_ATTEMPT = Made("attempt", 5, own_account, unless=is_nobody_yet)
"""One every 15 seconds for an hour; questions tried once more are attempts, too."""
NEW_REPORT = Made("report", 20, own_account, unless=is_nobody_yet)
"""One a minute for an hour; each is read by somebody."""
