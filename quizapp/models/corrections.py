"""Corrections: deeds that change how answers already given are marked, and whom they touched."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.attempts import Attempt
from quizapp.models.base import Base
from quizapp.models.library import Question, QuestionVersion
from quizapp.models.people import User


class Deed(StrEnum):
    """What a correction does."""

    KEY = "key"
    """Another answer is the right one."""
    ACCEPT = "accept"
    """One more answer is right."""
    DROP = "drop"
    """An option is treated as if it had not been there."""
    EVERYONE = "everyone"
    """Everybody who was asked gets the marks."""
    VOID = "void"
    """The question counts for nothing."""


class Correction(Base):
    """One correction of a question, an entry of the ledger that is never deleted."""

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    deed: Mapped[Deed]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the deed names: the new key, the answer accepted, the option dropped."""
    reason: Mapped[str] = mapped_column(Text)
    """Why, in words for the students."""
    lowers: Mapped[bool] = mapped_column(default=False)
    """Whether marks may fall by it; else an attempt that would lose keeps what it had."""
    rulings_before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By id, the versions whose ruling it replaced, each with the ruling before (null where there was none)."""
    version_before_id: Mapped[int | None] = mapped_column(ForeignKey("question_version.id", ondelete="SET NULL"))
    """The question's version before, where the correction made a new one."""
    version_after_id: Mapped[int | None] = mapped_column(ForeignKey("question_version.id", ondelete="SET NULL"))
    made: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    undone: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    question: Mapped[Question] = relationship()
    version_before: Mapped[QuestionVersion | None] = relationship(foreign_keys=version_before_id)
    version_after: Mapped[QuestionVersion | None] = relationship(foreign_keys=version_after_id)
    made_by: Mapped[User | None] = relationship(foreign_keys=made_by_id)
    undone_by: Mapped[User | None] = relationship(foreign_keys=undone_by_id)
    effects: Mapped[list["CorrectionEffect"]] = relationship(back_populates="correction")


class CorrectionEffect(Base):
    """What a correction did to one answer."""

    __tablename__ = "correction_effect"
    __table_args__ = (
        Index("ix_correction_effect_correction_id", "correction_id"),
        Index("ix_correction_effect_attempt_id", "attempt_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    correction_id: Mapped[int] = mapped_column(ForeignKey("correction.id", ondelete="CASCADE"))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    position: Mapped[int]
    fraction_before: Mapped[float | None]
    fraction_after: Mapped[float | None]
    score_before: Mapped[float | None]
    """Of the attempt, in marks; None while it was open."""
    score_after: Mapped[float | None]
    max_score_before: Mapped[float]
    max_score_after: Mapped[float]
    spared_before: Mapped[bool] = mapped_column(default=False)
    spared: Mapped[bool] = mapped_column(default=False)
    """It would have lost marks, so the correction leaves it as it was."""
    kept_before: Mapped[dict[str, Any] | None]
    """The ruling kept for it before, where it had been spared already."""
    seen: Mapped[datetime | None]
    """When the student has looked at what it did to the attempt; None while they have not, or cannot yet."""

    correction: Mapped[Correction] = relationship(back_populates="effects")
    attempt: Mapped[Attempt] = relationship()
