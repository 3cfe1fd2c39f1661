"""The home page: what this is, where to begin, and where you were."""

from flask import Blueprint, render_template
from flask_login import current_user

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services import progress
from quizapp.web.guard import open_to

bp = Blueprint("home", __name__)


@bp.get("/")
@open_to(Audience.EVERYONE)
def index() -> str:
    """The contents of every source, with what you have done, and the quizzes."""
    person = current_user.id if current_user.is_authenticated else None
    return render_template(
        "home/index.html",
        shelves=progress.shelves(db.session(), person),
        unfinished=progress.unfinished(db.session(), person),
    )
