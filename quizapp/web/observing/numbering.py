"""Every request has a number of its own, by which its response, its lines of the log and its deeds are found again."""

import re
from collections.abc import Callable, Sequence
from os import urandom
from time import perf_counter

from flask import Flask, Response, g, request

HEADER = "X-Request-ID"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
Watch = Callable[[Response, float], None]
"""Takes a response that is about to go out, and the seconds that it took."""


def _fresh() -> str:
    return urandom(8).hex()


def _number() -> None:
    g.request_id = _fresh()


def _number_by_proxy() -> None:
    """The number that the proxy gave, so that its log and ours speak of the same."""
    given = request.headers.get(HEADER, "")
    g.request_id = given if _WELL_FORMED.fullmatch(given) else _fresh()


def _add_header(response: Response) -> Response:
    try:
        number: str = g.request_id
    except AttributeError:
        # It failed before anything of ours was asked.
        number = g.request_id = _fresh()
    response.headers.add(HEADER, number)
    return response


def _start_clock() -> None:
    g.began = perf_counter()


def _tell(watchers: Sequence[Watch]) -> Callable[[Response], Response]:
    def tell(response: Response) -> Response:
        took = perf_counter() - g.get("began", perf_counter())
        for watch in watchers:
            watch(response, took)
        return response

    return tell


def init(app: Flask, watchers: Sequence[Watch]) -> None:
    """Number each request before anything else happens to it, and let the watchers see it when all else is done.

    These are a few microseconds of every request, so nothing is timed where nobody watches.
    """
    before = app.before_request_funcs.setdefault(None, [])
    after = app.after_request_funcs.setdefault(None, [])
    if watchers:
        before.insert(0, _start_clock)
        after.insert(0, _tell(watchers))
    before.insert(0, _number_by_proxy if app.config["PROXIES"] else _number)
    after.insert(0, _add_header)
