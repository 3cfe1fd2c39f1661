"""Where a teacher begins."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template
from flask_login import current_user

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services import problem_reports, reports, sharing
from quizapp.services.attempts import marking_queue
from quizapp.services.classes import classrooms
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.overdue import close_overdue
from quizapp.web.teach import bp


@dataclass(frozen=True)
class Waiting:
    """What waits for a teacher: answers for a mark, and reports of problems."""

    answers: int
    reports: int


@bp.context_processor
def waiting_counts() -> dict[str, Callable[[], Waiting]]:
    """For the tabs: counted only on a page that has them."""
    return {"waiting_for_teacher": _waiting}


def _waiting() -> Waiting:
    return Waiting(
        marking_queue.count_waiting(db.session(), current_user.id),
        problem_reports.count_open(db.session(), current_user.id),
    )


@bp.get("/")
@open_to(Audience.TEACHERS)
def index() -> str:
    """The classes and banks, what waits for a teacher, and the latest finished attempts."""
    close_overdue(utcnow())
    return render_template(
        "teach/index.html",
        classes=[row for row in classrooms.classes_of(db.session(), current_user.id) if row.archived is None],
        banks=sharing.banks_of(db.session(), current_user.id),
        latest=reports.all_attempts(db.session(), current_user.id, page=1),
    )
