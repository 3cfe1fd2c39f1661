"""Size and spacing of the text, and the passage beside a question: chosen in a form, kept in a cookie.

The cookie says nothing about a person and is no secret: where scripts run, `reading-help.js` writes the same.
"""

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.domain.reading_preferences import ReadingPreferences, changed, parse, serialise
from quizapp.web.addresses import local_address
from quizapp.web.guard import only_reads, open_to

_COOKIE = "reading"
_A_YEAR = 31_536_000

bp = Blueprint("preferences", __name__)


@bp.app_template_global()
def reading_cookie() -> str:
    """The name of the cookie; by https one that browsers take from this very site only, and by https."""
    return f"__Host-{_COOKIE}" if current_app.config["HTTPS"] else _COOKIE


@bp.app_template_global()
def reading_preferences() -> ReadingPreferences:
    """How who asks likes to read."""
    return parse(request.cookies.get(reading_cookie(), ""))


@bp.post("/preferences")
@open_to(Audience.EVERYONE)
@only_reads
def save() -> Response:
    """Keep what was chosen, and go back to the page it was chosen on."""
    response = redirect(local_address(request.form.get("next", ""), url_for("home.index")), 303)
    response.set_cookie(
        reading_cookie(),
        serialise(changed(reading_preferences(), request.form)),
        max_age=_A_YEAR,
        secure=current_app.config["HTTPS"],
        samesite="Lax",
    )
    return response
