"""The teacher's pages: questions, quizzes, and the score history of all students."""

from flask import Blueprint

bp = Blueprint("teach", __name__, url_prefix="/teach")

from quizapp.web.teach import coverage, overview, questions, quizzes, students  # noqa: E402  they register on bp

__all__ = ["bp", "coverage", "overview", "questions", "quizzes", "students"]
