"""The site in figures, and what `quizapp tidy` would erase."""

from importlib.metadata import version

from flask import current_app, render_template

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services import administering, retention
from quizapp.web.admin import bp
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to

MEGABYTE = 1_000_000


@bp.get("/")
@open_to(Audience.ADMINS)
def index() -> str:
    """The site in figures."""
    figures = administering.site(db.session())
    size = None if figures.bytes_stored is None else figures.bytes_stored / MEGABYTE
    return render_template("admin/index.html", site=figures, megabytes=size, version=version("quizapp"))


@bp.get("/retention")
@open_to(Audience.ADMINS)
def kept() -> str:
    """How long things are kept, and what is due to be erased now."""
    terms = retention.Terms.of(current_app.config)
    return render_template(
        "admin/retention.html",
        terms=terms,
        due=retention.due(db.session(), terms, utcnow()),
        links_stay=retention.LINKS_STAY.days,
    )
