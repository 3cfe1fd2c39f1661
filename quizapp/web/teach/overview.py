"""Where a teacher begins."""

from flask import render_template

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services import reading, reports
from quizapp.web.guard import open_to
from quizapp.web.teach import bp


@bp.get("/")
@open_to(Audience.TEACHERS)
def index() -> str:
    """The banks, and the latest finished attempts."""
    return render_template(
        "teach/index.html", banks=reading.sources(db.session()), latest=reports.all_attempts(db.session(), page=1)
    )
