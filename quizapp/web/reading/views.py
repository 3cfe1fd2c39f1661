"""A source to read from beginning to end, with the record in its margin."""

from flask import Blueprint, abort, render_template
from flask_login import current_user

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services import reading
from quizapp.web.guard import open_to

bp = Blueprint("reading", __name__)


@bp.get("/read/<slug>")
@open_to(Audience.EVERYONE)
def source(slug: str) -> str:
    """The whole source, for whom it is open; every passage has an anchor of its own name."""
    known = current_user.is_authenticated
    text = reading.reading(
        db.session(), slug, current_user.id if known else None, is_teacher=known and current_user.is_teacher
    )
    if text is None:
        abort(404)
    return render_template("reading/source.html", reading=text)
