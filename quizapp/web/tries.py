"""How often somebody may guess: passwords, join codes, links. Only what was wrong is counted.

Every limit is one for an account or a person, and one for the address. A school can stand behind one address, so that
one is wide, and nobody who types the right thing counts for it.
"""

import hashlib
from collections.abc import Callable, Collection, Sequence
from typing import Any

from flask import current_app
from flask_limiter.util import get_remote_address
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.web.extensions import limiter

View = Callable[..., Any]
WRONG = frozenset({404, 422})
"""How a view answers what is wrong, unless it says so otherwise."""


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


def own_account() -> str:
    """Who is signed in, as the one who tries."""
    return f"person:{current_user.get_id()}"


def is_nobody_yet() -> bool:
    """Whether who tries is a visitor, known by the address only."""
    return not current_user.is_authenticated


def name_tried(name: str) -> str:
    """A name as the one that is tried, in a few signs however long it is."""
    return f"name:{hashlib.sha256(name.encode()).hexdigest()[:32]}"
