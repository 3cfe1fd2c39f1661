"""A learner's own score history."""

from quizapp.web.history.views import bp

__all__ = ["bp"]
