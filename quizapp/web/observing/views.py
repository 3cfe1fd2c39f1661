"""What programs ask that watch over the site: whether it lives, whether it can work, and its figures."""

from collections.abc import Callable
from hmac import compare_digest
from threading import Lock
from time import monotonic

from flask import Flask, Response, abort, current_app, request

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services.readiness import why_not_ready
from quizapp.web.guard import open_to
from quizapp.web.observing import bp
from quizapp.web.observing.refusals import refuse

ASKED_AGAIN_AFTER = 1.0
"""Seconds that an answer about the database holds: anybody may ask, and each answer costs a write."""


class Readiness:
    """Whether the database can be used, found out by one at a time and not too often."""

    def __init__(self, find_out: Callable[[], str]) -> None:
        self._find_out = find_out
        self._turn = Lock()
        self._until = 0.0
        self._why_not = "starting"

    def why_not(self) -> str:
        """Why not, in a word; empty where it can. Who asks while another finds out gets the answer before that."""
        if monotonic() >= self._until and self._turn.acquire(blocking=False):
            try:
                self._why_not = self._find_out()
                self._until = monotonic() + ASKED_AGAIN_AFTER
            finally:
                self._turn.release()
        return self._why_not


def _plain(text: str, status: int) -> Response:
    return Response(f"{text}\n", status, mimetype="text/plain")


@bp.get("/healthz")
@open_to(Audience.EVERYONE)
def health() -> Response:
    """The process answers."""
    return _plain("ok", 200)


@bp.get("/readyz")
@open_to(Audience.EVERYONE)
def readiness() -> Response:
    """The database can be read and written, and its tables are those of this version; otherwise why not, in a word."""
    asked: Readiness = current_app.extensions["readiness"]
    why_not = asked.why_not()
    return _plain(why_not, 503) if why_not else _plain("ok", 200)


@bp.get("/metrics")
@open_to(Audience.EVERYONE)
def metrics() -> Response:
    """The figures, for whoever shows the token; for everybody else there is no such page."""
    token = f"Bearer {current_app.config['METRICS_TOKEN']}"
    shown = request.headers.get("Authorization", "")
    if "metrics" not in current_app.extensions or not compare_digest(shown.encode(), token.encode()):
        refuse("no token for the figures")
        abort(404)
    text, kind = current_app.extensions["metrics"].exposition()
    return Response(text, content_type=kind)


def init(app: Flask) -> None:
    """Remember what was found out about the database."""
    app.extensions["readiness"] = Readiness(lambda: why_not_ready(db.engine))
