"""The teacher's pages: questions, quizzes, marking, reports, and the score history of all students."""

from flask import Blueprint

bp = Blueprint("teach", __name__, url_prefix="/teach")

from quizapp.web.teach import (  # noqa: E402  they register on bp
    analysis,
    assignments,
    classes,
    corrections,
    coverage,
    gradebook,
    marking,
    needing_help,
    overview,
    problem_reports,
    question_bulk,
    question_copies,
    question_list,
    question_versions,
    questions,
    quiz_slots,
    quizzes,
    roster,
    shares,
    sittings,
    students,
    texts,
)

__all__ = [
    "analysis",
    "assignments",
    "bp",
    "classes",
    "corrections",
    "coverage",
    "gradebook",
    "marking",
    "needing_help",
    "overview",
    "problem_reports",
    "question_bulk",
    "question_copies",
    "question_list",
    "question_versions",
    "questions",
    "quiz_slots",
    "quizzes",
    "roster",
    "shares",
    "sittings",
    "students",
    "texts",
]
