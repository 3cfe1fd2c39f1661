"""The headers that tell a browser what a page of ours may do: load from here, and nothing else."""

from flask import Flask, Response, abort, current_app, request

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        # No script of ours makes HTML of a string (static/js/part.js), so none can be made to.
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
# No view sets one of these itself: they are added without looking for each among what is there.
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_A_YEAR = 31_536_000
_FORMS = frozenset({"", "application/x-www-form-urlencoded", "multipart/form-data"})


def _take_what_can_be_read() -> None:
    """What is sent is a form, or nothing: the form library would read JSON too, as deep as it goes.

    A query is text: what is no UTF-8 is an error of who asks, and would otherwise be one wherever it is looked at.
    """
    try:
        request.query_string.decode()
    except UnicodeDecodeError:
        request.query_string = b""  # the page that says so is not to stumble over it again
        abort(400)
    if request.method != "GET" and request.mimetype not in _FORMS:
        abort(415)


def _add_headers(response: Response) -> Response:
    response.headers.extend(_HEADERS)
    response.headers.setdefault("Referrer-Policy", "same-origin")  # stricter where an address is a secret
    if current_app.config["HTTPS"]:
        response.headers.add("Strict-Transport-Security", f"max-age={_A_YEAR}; includeSubDomains")
    return response


def init(app: Flask) -> None:
    """Refuse what no page of ours sends, before anything looks at it; add the headers to every response."""
    app.before_request_funcs.setdefault(None, []).insert(0, _take_what_can_be_read)
    app.after_request(_add_headers)
