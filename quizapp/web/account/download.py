"""Everything that is kept of somebody, to be downloaded by them."""

from flask import Response
from flask_login import current_user

from quizapp.web.account import bp
from quizapp.web.clock import utcnow
from quizapp.web.downloads import ZIP, saved_as
from quizapp.web.personal_data import data_of


@bp.get("/data.zip")
def data() -> Response:
    """All of it: tables, and a text that explains them."""
    return saved_as(data_of(current_user.id, utcnow()), "my-data.zip", ZIP)
