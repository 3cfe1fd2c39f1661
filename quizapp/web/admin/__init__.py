"""The pages of those who run the site: what was done, who is here, what is kept and for how long."""

from flask import Blueprint

bp = Blueprint("admin", __name__, url_prefix="/admin")

from quizapp.web.admin import erasing, log, people, site  # noqa: E402  they register on bp

__all__ = ["bp", "erasing", "log", "people", "site"]
