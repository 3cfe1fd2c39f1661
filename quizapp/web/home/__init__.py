"""The home page."""

from quizapp.web.home.views import bp

__all__ = ["bp"]
