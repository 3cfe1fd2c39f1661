"""The home page: what this is, where to begin, and where you were."""

from datetime import datetime

from flask import Blueprint, render_template
from flask_login import current_user

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services import progress, spaced_review
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.overdue import close_overdue

bp = Blueprint("home", __name__)


@bp.get("/")
@open_to(Audience.EVERYONE)
def index() -> str:
    """The contents of every source, with what you have done, and the quizzes."""
    person = current_user.id if current_user.is_authenticated else None
    now = utcnow()
    if person is not None:
        close_overdue(now, person)
    return render_template(
        "home/index.html",
        shelves=progress.shelves(db.session(), person, now),
        unfinished=progress.unfinished(db.session(), person),
        due=_due_for_review(now),
    )


def _due_for_review(now: datetime) -> int:
    """How many questions are due for review; none for somebody without an account."""
    if not current_user.is_authenticated or current_user.is_guest:
        return 0
    return len(spaced_review.due(db.session(), current_user.id, now))
