"""Refusals in the log: a line for whoever was kept out, by default, so that attempts to get around the rules are seen.

It costs other requests a look at their status. What is not there is no refusal unless an address of ours was asked for
by a number or a name: a page that belongs to somebody else answers as one that is not there.
"""

from flask import Response, g, request

from quizapp.web.observing.log import about_request, log

_FORBIDDEN = 403
_MISSING = 404


def refuse(why: str) -> None:
    """Note why a request is refused, in a few fixed words."""
    g.refused = why


def write(response: Response) -> Response:
    """Write the line where the request was refused."""
    if response.status_code < 400:
        return response
    why = g.get("refused") or _reason(response.status_code)
    if why:
        log().warning("refused", **about_request(), status=response.status_code, why=why)
    return response


def _reason(status: int) -> str | None:
    if status == _FORBIDDEN:
        return "not allowed"
    asked_for_one = request.view_args and not (request.endpoint or "").startswith("assets.")
    return "not theirs, or not there" if status == _MISSING and asked_for_one else None
