"""Too many passwords to check at this moment: who finds no place is told so at once, and comes again."""

from random import SystemRandom

from flask import Response, make_response, render_template

from quizapp.models import db
from quizapp.services.passwords import TooManyAtOnce
from quizapp.web.account import bp

SOONEST, LATEST = 1, 4
"""Seconds until one is to come again, by chance, so that a class does not come back as one."""


@bp.app_errorhandler(TooManyAtOnce)
def too_many_at_once(_error: TooManyAtOnce) -> Response:
    """Nothing was checked and nothing counted; the form says so and is sent again."""
    db.session.rollback()
    response = make_response(render_template("account/busy.html"), 503)
    response.headers["Retry-After"] = str(SystemRandom().randint(SOONEST, LATEST))
    return response
