"""Spaced review: what is due, an attempt at it, and what the schedule expects. For account holders alone."""

import secrets

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services import spaced_review
from quizapp.services.spaced_review import MOST_AT_ONCE, NothingDue
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.tries import NEW_ATTEMPT, making_limited

bp = Blueprint("spaced", __name__, url_prefix="/review")
_SEED_BITS = 31
_FEW_ANSWERS = 30
"""Below this many predictions the page says that they tell little yet."""


@bp.get("")
@open_to(Audience.ACCOUNTS)
def index() -> str:
    """How many questions are due, or when the next ones come, and how it works."""
    now = utcnow()
    remembered = spaced_review.memories(db.session(), current_user.id, now)
    return render_template(
        "spaced/index.html",
        unfinished=spaced_review.open_review(db.session(), current_user.id),
        due=len(spaced_review.due_of(remembered, now)),
        next_due=spaced_review.next_due(remembered, now),
        questions=len(remembered),
        most=MOST_AT_ONCE,
    )


@bp.post("/attempts")
@open_to(Audience.ACCOUNTS)
@making_limited(NEW_ATTEMPT)
def start() -> Response:
    """Begin a review of what is due, or continue the one begun."""
    try:
        attempt = spaced_review.start_review(db.session(), current_user.user, secrets.randbits(_SEED_BITS), utcnow())
    except NothingDue:
        flash(gettext("Nothing is due for review at the moment."))
        return redirect(url_for(".index"), 303)
    db.session.commit()
    return redirect(url_for("taking.attempt", attempt_id=attempt.id), 303)


@bp.get("/forecast")
@open_to(Audience.ACCOUNTS)
def forecast() -> str:
    """What comes due on the next days, what the model expects to be known, and how far it was right so far."""
    now = utcnow()
    remembered = spaced_review.memories(db.session(), current_user.id, now)
    expected = spaced_review.forecast(remembered, now)
    return render_template("spaced/forecast.html", forecast=expected, few=_FEW_ANSWERS)
