"""Lines about requests: one for each where that is asked for, and one for each statement that took long."""

from flask import Response
from structlog.typing import FilteringBoundLogger

from quizapp.web.observing.log import about_request, log

_LONGEST = 600
"""Characters of a statement that are shown; its beginning names it."""


def write(response: Response, seconds: float) -> None:
    """What was asked, how it ended, and how long it took."""
    log().info("request", **about_request(), status=response.status_code, ms=_milliseconds(seconds))


def write_slow_statement(to: FilteringBoundLogger, statement: str, seconds: float) -> None:
    """A statement as it stands in the program, with places for its values; Flask may have no part in it."""
    words = " ".join(statement.split())[:_LONGEST]
    to.warning("slow statement", ms=_milliseconds(seconds), statement=words, **about_request())


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)
