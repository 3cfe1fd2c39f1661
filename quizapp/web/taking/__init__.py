"""Taking a quiz: its introduction, its questions, the submission, the review and what can be done after it."""

from flask import Blueprint

bp = Blueprint("taking", __name__)

from quizapp.web.taking import afterwards, answering, finishing, introduction, saving, wording  # noqa: E402  they register on bp

__all__ = ["afterwards", "answering", "bp", "finishing", "introduction", "saving", "wording"]
