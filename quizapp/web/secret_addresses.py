"""Addresses that are secrets: whoever knows one may choose a password, or join a class."""

from flask import Response, request

SECRET_ARGUMENTS = frozenset({"token", "code"})
"""The arguments of addresses that are secrets; the code with which somebody comes back from a provider is one, too."""


def keep_secret(response: Response) -> Response:
    """No request that follows from a page at such an address says where it comes from, but for the site's own name.

    The name stays, because by it a form sent over https is known to come from here.
    """
    arguments = request.view_args or {}
    if not SECRET_ARGUMENTS.isdisjoint({*arguments, *request.args}):
        response.headers["Referrer-Policy"] = "strict-origin"
    return response
