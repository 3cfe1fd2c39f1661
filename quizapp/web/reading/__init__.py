"""The reading pages."""

from quizapp.web.reading.views import bp

__all__ = ["bp"]
