"""Every request has a number of its own, by which its response, its lines of the log and its deeds are found again."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from os import urandom
from time import perf_counter
from typing import Any

from flask import Flask, Response, current_app, g, request

HEADER = "X-Request-ID"
_GIVEN = "HTTP_X_REQUEST_ID"
BEGUN = "quizapp.begun"
"""Where the environment of a request holds what was begun before Flask has it; no header can put anything there."""
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
Watch = Callable[[Response, float], None]
"""Takes a response that is about to go out, and the seconds that it took."""


def _fresh() -> str:
    return urandom(8).hex()


@dataclass(frozen=True)
class Begun:
    """A request that was begun before Flask has it: its number, and since when, by `perf_counter`."""

    number: str
    since: float


def begin(app: Flask, environ: Mapping[str, Any]) -> Begun:
    """Begin a request, with the number that the proxy gave, so that the two logs speak of the same, or a new one."""
    given = environ.get(_GIVEN, "") if app.config["PROXIES"] else ""
    return Begun(given if given and _WELL_FORMED.fullmatch(given) else _fresh(), perf_counter())


def _number() -> None:
    g.begun = request.environ.get(BEGUN) or begin(current_app, request.environ)
    g.request_id = g.begun.number


def _add_header(response: Response) -> Response:
    try:
        number: str = g.request_id
    except AttributeError:
        # It failed before anything of ours was asked.
        number = g.request_id = _fresh()
    response.headers.add(HEADER, number)
    return response


def _tell(watchers: Sequence[Watch]) -> Callable[[Response], Response]:
    def tell(response: Response) -> Response:
        took = perf_counter() - g.begun.since if "begun" in g else 0.0
        for watch in watchers:
            watch(response, took)
        return response

    return tell


def init(app: Flask, watchers: Sequence[Watch]) -> None:
    """Number each request before anything else happens to it, and let the watchers see it when all else is done.

    These are a few microseconds of every request.
    """
    before = app.before_request_funcs.setdefault(None, [])
    after = app.after_request_funcs.setdefault(None, [])
    if watchers:
        after.insert(0, _tell(watchers))
    before.insert(0, _number)
    after.insert(0, _add_header)
