"""Attempts: what was asked of whom, what was answered, and what it earned."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.domain.quizzes import Mode
from quizapp.models.base import Base
from quizapp.models.library import QuestionVersion
from quizapp.models.people import User
from quizapp.models.quizzes import Quiz


class State(StrEnum):
    """An attempt is open until it is submitted."""

    OPEN = "open"
    SUBMITTED = "submitted"


class Attempt(Base):
    """One run of a quiz by one person."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("user_id", "quiz_id", "number"),
        Index("ix_attempt_quiz_submitted", "quiz_id", "submitted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"))
    number: Mapped[int]
    """The person's n-th attempt at this quiz, from 1."""
    mode: Mapped[Mode]
    """The quiz's mode when the attempt began; a later change of the quiz does not touch it."""
    seed: Mapped[int]
    """Where the draw and the shuffles came from, to be able to explain them."""
    state: Mapped[State]
    started: Mapped[datetime]
    deadline: Mapped[datetime | None]
    """When the attempt closes by itself; None without a time limit."""
    submitted: Mapped[datetime | None]
    score: Mapped[float | None]
    """Marks earned; None until submitted."""
    max_score: Mapped[float]
    """Marks possible."""

    user: Mapped[User] = relationship()
    quiz: Mapped[Quiz] = relationship()
    slots: Mapped[list["AttemptSlot"]] = relationship(
        order_by="AttemptSlot.position", back_populates="attempt", cascade="all, delete-orphan"
    )


class AttemptSlot(Base):
    """The n-th question of an attempt, pinned to its version, its option order and the passages' words."""

    __tablename__ = "attempt_slot"
    __table_args__ = (UniqueConstraint("attempt_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    position: Mapped[int]
    """From 1."""
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"), index=True)
    order: Mapped[list[int]]
    """Indexes of the options as shown; empty for kinds without options."""
    passages: Mapped[list[int]]
    """Ids of the passage versions the question rests on."""
    max_mark: Mapped[float]
    response: Mapped[dict[str, Any] | None]
    """The kind's response model, as plain data; None for a blank."""
    revision: Mapped[int] = mapped_column(default=0)
    """Counts the saves of this slot; a save with an older revision is refused."""
    saved: Mapped[datetime | None]
    flagged: Mapped[bool] = mapped_column(default=False)
    fraction: Mapped[float | None]
    """Share of `max_mark` earned, 0–1; in practice set with the answer, in a test at submission."""
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    """The teacher who marked it; None where the program did."""
    comment: Mapped[str] = mapped_column(Text, default="")

    attempt: Mapped[Attempt] = relationship(back_populates="slots")
    version: Mapped[QuestionVersion] = relationship()
