"""A learner's own score history."""

from flask import Blueprint, Response, render_template
from flask_login import current_user

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services.corrections.notices import changed_scores
from quizapp.services.own_data import table_of_history
from quizapp.services.reports import History, own_history
from quizapp.web.clock import utcnow
from quizapp.web.downloads import csv_download
from quizapp.web.guard import open_to
from quizapp.web.overdue import close_overdue

bp = Blueprint("history", __name__)


@bp.get("/history")
@open_to(Audience.EVERYONE)
def own() -> str:
    """Every attempt, a chart over time, each quiz at its best, latest and average, strengths by objective."""
    history = _own_history() if current_user.is_authenticated else None
    changed = changed_scores(db.session(), current_user.id, utcnow()) if current_user.is_authenticated else []
    return render_template("history/own.html", history=history, changed_scores=changed)


@bp.get("/history/attempts.csv")
def attempts() -> Response:
    """The table of attempts, for a spreadsheet."""
    return csv_download(table_of_history(_own_history().attempts), "attempts.csv")


def _own_history() -> History:
    """The history of who asks, after what ended by itself was closed."""
    now = utcnow()
    close_overdue(now, current_user.id)
    return own_history(db.session(), current_user.id, now)
