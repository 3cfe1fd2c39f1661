"""Joining a class: type its code, or follow its link, and say yes."""

from flask import Blueprint

bp = Blueprint("joining", __name__, url_prefix="/join")

from quizapp.web.joining import views  # noqa: E402  they register on bp

__all__ = ["bp", "views"]
