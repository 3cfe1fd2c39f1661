"""Joining a class: type its code, or follow its link, and say yes."""

from flask import Blueprint

from quizapp.web.secret_addresses import keep_secret

bp = Blueprint("joining", __name__, url_prefix="/join")
bp.after_request(keep_secret)

from quizapp.web.joining import views  # noqa: E402  they register on bp

__all__ = ["bp", "views"]
