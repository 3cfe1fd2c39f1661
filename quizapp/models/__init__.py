"""The tables, one file per aggregate."""

from quizapp.models.attempts import Attempt, AttemptSlot, Purpose, State
from quizapp.models.audit import AuditEvent
from quizapp.models.base import Base, db
from quizapp.models.classes import Accommodation, Assignment, Classroom, Enrolment
from quizapp.models.corrections import Correction, CorrectionEffect, Deed
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
from quizapp.models.people import Identity, OneTimeLink, User
from quizapp.models.quizzes import Quiz, QuizSlot
from quizapp.models.reports import Reason, Report
from quizapp.models.sharing import Share
from quizapp.models.tallies import Tally

__all__ = [
    "Accommodation",
    "Assignment",
    "Attempt",
    "AttemptSlot",
    "AuditEvent",
    "Bank",
    "Base",
    "Claim",
    "Classroom",
    "Correction",
    "CorrectionEffect",
    "DecidingPassage",
    "Deed",
    "Enrolment",
    "Identity",
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
    "Share",
    "Source",
    "State",
    "Tally",
    "TimelineEvent",
    "User",
    "db",
]
