"""How somebody likes to read, kept by the browser."""

from quizapp.web.preferences.views import bp

__all__ = ["bp"]
