"""The tables, one file per aggregate."""

from quizapp.models.attempts import Attempt, AttemptSlot, State
from quizapp.models.base import Base, db
from quizapp.models.library import (
    Bank,
    Objective,
    Passage,
    PassageVersion,
    Question,
    QuestionVersion,
    RecordNote,
    Section,
    Source,
)
from quizapp.models.people import OneTimeLink, User
from quizapp.models.quizzes import Quiz, QuizSlot

__all__ = [
    "Attempt",
    "AttemptSlot",
    "Bank",
    "Base",
    "Objective",
    "OneTimeLink",
    "Passage",
    "PassageVersion",
    "Question",
    "QuestionVersion",
    "Quiz",
    "QuizSlot",
    "RecordNote",
    "Section",
    "Source",
    "State",
    "User",
    "db",
]
