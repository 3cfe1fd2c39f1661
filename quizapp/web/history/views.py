"""A learner's own score history."""

from flask import Blueprint, render_template
from flask_login import current_user

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services import reports
from quizapp.web.guard import open_to

bp = Blueprint("history", __name__)


@bp.get("/history")
@open_to(Audience.EVERYONE)
def own() -> str:
    """Every attempt, a chart over time, each quiz at its best, latest and average, strengths by objective."""
    person = current_user.id if current_user.is_authenticated else None
    history = reports.history_of(db.session(), person) if person else None
    return render_template("history/own.html", history=history)
