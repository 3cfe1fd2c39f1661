"""How often somebody may guess: passwords, join codes. Only what was wrong is counted."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import current_app
from flask_limiter.util import get_remote_address
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.web.extensions import limiter

View = Callable[..., Any]


def tries_limited(
    what_is_tried: Callable[[], str], setting: str = "SIGN_IN_LIMIT", methods: Sequence[str] = ("POST",)
) -> Callable[[View], View]:
    """Slow down who guesses on a view, by what is tried and by the address.

    `setting` names how often is allowed; views with the same setting count together.
    """

    def limit() -> str:
        allowed: str = current_app.config[setting]
        return allowed

    def mark(view: View) -> View:
        counted: dict[str, Any] = {"scope": setting, "methods": list(methods), "deduct_when": _wrong}
        by_address: View = limiter.shared_limit(limit, **counted)(view)
        return limiter.shared_limit(limit, key_func=what_is_tried, **counted)(by_address)

    return mark


def own_account() -> str:
    """Who is signed in, as the one who tries; the address for a visitor."""
    return f"person:{current_user.get_id() if current_user.is_authenticated else get_remote_address()}"


def _wrong(response: Response) -> bool:
    return response.status_code in (404, 422)
