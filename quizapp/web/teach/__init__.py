"""The teacher's pages: questions, quizzes, marking, reports, and the score history of all students."""

from flask import Blueprint

bp = Blueprint("teach", __name__, url_prefix="/teach")

from quizapp.web.teach import (  # noqa: E402  they register on bp
    coverage,
    marking,
    overview,
    problem_reports,
    questions,
    quizzes,
    sittings,
    students,
)

__all__ = [
    "bp",
    "coverage",
    "marking",
    "overview",
    "problem_reports",
    "questions",
    "quizzes",
    "sittings",
    "students",
]
