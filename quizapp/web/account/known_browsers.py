"""Browsers from which somebody has signed in before.

Wrong passwords are counted for an account, and whoever knows a username can use that up; so what is tried in a browser
that has been in this account before is counted apart, and its owner still gets in.
"""

from flask import after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from quizapp.web.tries import name_tried

_COOKIE = "quizapp_known"
DAYS = 180
"""How long a browser is known after the last sign-in; longer than any holidays."""
_MOST = 12
"""Accounts that a browser is known for, the latest first; a computer can serve a class."""


def is_known_for(username: str) -> bool:
    """Whether somebody has signed in to this account in this browser, by the name in its normal form."""
    return name_tried(username) in _accounts()


def know_browser(username: str) -> None:
    """Let the answer to this request mark the browser."""
    accounts = [name_tried(username), *(name for name in _accounts() if name != name_tried(username))]
    marked = _signer().dumps(accounts[:_MOST])

    @after_this_request
    def mark(response: Response) -> Response:
        response.set_cookie(
            _cookie(),
            marked,
            max_age=DAYS * 86_400,
            path="/account",
            secure=current_app.config["HTTPS"],
            httponly=True,
            samesite="Lax",
        )
        return response


def _cookie() -> str:
    """Its name; by https one that browsers take from https only."""
    return f"__Secure-{_COOKIE}" if current_app.config["HTTPS"] else _COOKIE


def _accounts() -> list[str]:
    try:
        found = _signer().loads(request.cookies.get(_cookie(), ""))
    except BadSignature:
        return []
    return found if isinstance(found, list) else []


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="known browser")
