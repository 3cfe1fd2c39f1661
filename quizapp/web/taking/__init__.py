"""Taking a quiz: its introduction, its questions one at a time, the submission and the review."""

from quizapp.web.taking.views import bp

__all__ = ["bp"]
