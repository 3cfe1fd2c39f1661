"""The tables, one file per aggregate."""

from quizapp.models.attempts import Attempt, AttemptSlot, State
from quizapp.models.base import Base, db
from quizapp.models.library import (
    Bank,
    Claim,
    DecidingPassage,
    Objective,
    Passage,
    PassageVersion,
    Person,
    Question,
    QuestionVersion,
    RecordNote,
    Section,
    Source,
    TimelineEvent,
)
from quizapp.models.people import OneTimeLink, User
from quizapp.models.quizzes import Quiz, QuizSlot

__all__ = [
    "Attempt",
    "AttemptSlot",
    "Bank",
    "Base",
    "Claim",
    "DecidingPassage",
    "Objective",
    "OneTimeLink",
    "Passage",
    "PassageVersion",
    "Person",
    "Question",
    "QuestionVersion",
    "Quiz",
    "QuizSlot",
    "RecordNote",
    "Section",
    "Source",
    "State",
    "TimelineEvent",
    "User",
    "db",
]
