"""Checking passwords: the hasher of this app, and how often somebody may try."""

from collections.abc import Callable
from typing import Any

from flask import current_app
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.services.passwords import Passwords
from quizapp.web.extensions import limiter

View = Callable[..., Any]


def passwords() -> Passwords:
    """The hasher of this app."""
    found: Passwords = current_app.extensions["passwords"]
    return found


def tries_limited(account_tried: Callable[[], str]) -> Callable[[View], View]:
    """Slow down who tries passwords on a view, by the account and by the address; what is right is not counted."""

    def mark(view: View) -> View:
        by_address: View = limiter.limit(_limit, methods=["POST"], deduct_when=_failed)(view)
        return limiter.limit(_limit, methods=["POST"], key_func=account_tried, deduct_when=_failed)(by_address)

    return mark


def own_account() -> str:
    """Who is signed in, as the account that is tried."""
    return f"person:{current_user.get_id()}"


def _limit() -> str:
    limit: str = current_app.config["SIGN_IN_LIMIT"]
    return limit


def _failed(response: Response) -> bool:
    return response.status_code == 422
