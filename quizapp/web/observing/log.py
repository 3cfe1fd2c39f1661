"""The log: a line for each event, on standard error, as text or as JSON (setting LOG_FORMAT).

No line holds an answer, a password, a token or a name: people and records go by their numbers, addresses by their
routes, statements without their values, and errors without their words (`tracebacks`).
"""

import logging
import sys
from contextlib import suppress
from contextvars import ContextVar
from typing import Any

import structlog
from flask import Flask, current_app, g, has_request_context, request
from structlog.typing import FilteringBoundLogger

from quizapp.web.guard import signed_in_as
from quizapp.web.observing.tracebacks import traceback_of, words_of


class _StandardError:
    """Writes whole lines to what standard error is at that moment; where that is full or closed, nobody is stopped."""

    def msg(self, line: str) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()

    info = warning = error = msg


def _make(form: str) -> FilteringBoundLogger:
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    made: FilteringBoundLogger = structlog.wrap_logger(
        _StandardError(),
        processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"), last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    return made


class _Others(logging.Handler):
    """What the libraries say, from warnings on, in the form of this log."""

    def __init__(self, log: FilteringBoundLogger) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write what a library says."""
        error = record.exc_info[1] if record.exc_info else None
        about = {"exception": traceback_of(error)} if error else {}
        say = self._log.error if record.levelno >= logging.ERROR else self._log.warning
        say(_in_one_line(record.getMessage()), library=record.name, **about)


def _in_one_line(words: str) -> str:
    """What a library says may repeat what somebody sent, which is not to look like a line of ours."""
    return "".join(sign if sign.isprintable() else " " for sign in words)


def log() -> FilteringBoundLogger:
    """The log of this app."""
    found: FilteringBoundLogger = current_app.extensions["log"]
    return found


at_hand: ContextVar[dict[str, Any]] = ContextVar("at_hand", default={})  # noqa: B039  nobody changes it
"""What a line says of a request that Flask does not have."""


def about_request() -> dict[str, Any]:
    """The request at hand by its number, its route and the person's number; nothing outside of a request."""
    if not has_request_context():
        return at_hand.get()
    who = signed_in_as()
    return {
        "request": g.get("request_id"),
        "method": request.method,
        "route": None if request.url_rule is None else request.url_rule.rule,
        "person": who and who[0],
    }


def _log_exception(error: BaseException | None) -> None:
    if error is not None:
        log().error("request failed", **about_request(), error=words_of(error), exception=traceback_of(error))


def init(app: Flask) -> None:
    """Open the log, and let errors that nobody expected go there."""
    app.extensions["log"] = made = _make(app.config["LOG_FORMAT"])
    app.log_exception = lambda exc_info: _log_exception(exc_info[1])  # type: ignore[method-assign]
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, _Others)]:
        root.removeHandler(handler)
    root.addHandler(_Others(made))
