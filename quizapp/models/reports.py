"""What students say is wrong with a question."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.attempts import Attempt
from quizapp.models.base import Base
from quizapp.models.library import QuestionVersion
from quizapp.models.people import User


class Reason(StrEnum):
    """What a report complains of."""

    KEY = "key"
    UNCLEAR = "unclear"
    EVIDENCE = "evidence"
    RECORD = "record"
    TYPO = "typo"
    OTHER = "other"


class Report(Base):
    """A student's “something is wrong with this question”, on the version that was asked."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id", ondelete="CASCADE"), index=True)
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempt.id", ondelete="SET NULL"), index=True)
    position: Mapped[int]
    """Where in the attempt the question stood."""
    reason: Mapped[Reason]
    text: Mapped[str] = mapped_column(Text, default="")
    """The student's own words; may be empty."""
    created: Mapped[datetime]
    handled: Mapped[datetime | None]
    """When a teacher put it aside as dealt with."""
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    user: Mapped[User | None] = relationship(foreign_keys=user_id)
    version: Mapped[QuestionVersion] = relationship()
    attempt: Mapped[Attempt | None] = relationship()
