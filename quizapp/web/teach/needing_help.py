"""Who in a class needs help, and with what."""

from flask import render_template, request

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services import needing_help as help_of
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.numbers import whole_number
from quizapp.web.overdue import close_overdue
from quizapp.web.teach import bp
from quizapp.web.teach.access import classroom_or_404

USUAL_PERCENT = 60
"""Under this share of the marks a student needs help, unless the address says otherwise."""


@bp.get("/classes/<int:classroom_id>/help")
@open_to(Audience.TEACHERS)
def needing_help(classroom_id: int) -> str:
    """The students below the threshold by objective and by passage, and the lines most misread."""
    classroom = classroom_or_404(classroom_id)
    close_overdue(utcnow())
    below = whole_number(request.args, "below", USUAL_PERCENT, largest=100)
    return render_template(
        "teach/needing_help.html",
        classroom=classroom,
        found=help_of.needing_help(db.session(), classroom_id, below / 100),
        below=below,
        least_questions=help_of.LEAST_QUESTIONS,
        least_students=help_of.LEAST_STUDENTS,
    )
