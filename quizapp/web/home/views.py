"""The home page: what this is, where to begin, and where you were."""

from datetime import datetime

from flask import Blueprint, render_template
from flask_login import current_user

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services import progress, spaced_review
from quizapp.services.assignments.standing import SetForStudent, set_for
from quizapp.services.corrections.notices import changed_scores
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
    set_for_you = _set_for_you(now)
    listed = {one.id for one in set_for_you}
    return render_template(
        "home/index.html",
        shelves=progress.shelves(db.session(), person, now),
        unfinished=[one for one in progress.unfinished(db.session(), person) if one.assignment_id not in listed],
        due=_due_for_review(now),
        set_for_you=set_for_you,
        changed_scores=[] if person is None else changed_scores(db.session(), person, now),
    )


def _set_for_you(now: datetime) -> list[SetForStudent]:
    """What is set for a student; nothing for somebody who is in no class."""
    if not current_user.is_authenticated or current_user.is_guest:
        return []
    return set_for(db.session(), current_user.id, now)


def _due_for_review(now: datetime) -> int:
    """How many questions are due for review; none for somebody without an account."""
    if not current_user.is_authenticated or current_user.is_guest:
        return 0
    return len(spaced_review.due(db.session(), current_user.id, now))
