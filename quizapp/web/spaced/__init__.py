"""Spaced review: what is due, an attempt at it, and what the schedule expects."""

from quizapp.web.spaced.views import bp

__all__ = ["bp"]
