"""The tables, one file per aggregate."""

from quizapp.models.attempts import Attempt, AttemptSlot, Purpose, State
from quizapp.models.base import Base, db
from quizapp.models.classes import Accommodation
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
from quizapp.models.reports import Reason, Report

__all__ = [
    "Accommodation",
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
    "Purpose",
    "Question",
    "QuestionVersion",
    "Quiz",
    "QuizSlot",
    "Reason",
    "RecordNote",
    "Report",
    "Section",
    "Source",
    "State",
    "TimelineEvent",
    "User",
    "db",
]
