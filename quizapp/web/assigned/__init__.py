"""What is set for a student: the rules before it begins, and its beginning."""

from quizapp.web.assigned.views import bp

__all__ = ["bp"]
