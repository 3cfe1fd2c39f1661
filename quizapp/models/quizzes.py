"""Quizzes: what they ask and how."""

from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.domain.access import Right
from quizapp.domain.quizzes import Mode
from quizapp.models.base import Base
from quizapp.models.library import Bank, Question


class Quiz(Base):
    """A quiz on one bank."""

    __tablename__ = "quiz"

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text)
    mode: Mapped[Mode]
    position: Mapped[int]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How it is run, as plain data of `domain.settings.QuizSettings`, with what is usual left out."""
    published: Mapped[bool] = mapped_column(default=True)
    """Whether it stands on the home page for everybody; a class can be set it in any case."""
    digest: Mapped[str] = mapped_column(String(64), default="")
    """Fingerprint of the file's words for it; empty for a quiz made in the browser."""
    edited_here: Mapped[bool] = mapped_column(default=False)
    """Made or changed in the browser: a bank file never overwrites it."""
    everyone: Mapped[Right | None]
    """What every teacher may do with it, beside those it is shared with; None: nothing."""
    tally_revision: Mapped[int] = mapped_column(default=0, server_default="0")
    """Counts the changes of its kept sums: figures that were made of them are good as long as it is the same."""

    bank: Mapped[Bank] = relationship()
    slots: Mapped[list["QuizSlot"]] = relationship(
        order_by="QuizSlot.position", cascade="all, delete-orphan", back_populates="quiz"
    )


class QuizSlot(Base):
    """A certain question (`question_id`), or a draw of `count` questions with the properties that are not None."""

    __tablename__ = "quiz_slot"

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    count: Mapped[int] = mapped_column(default=1)
    section: Mapped[str | None] = mapped_column(String(80))
    level: Mapped[str | None] = mapped_column(String(20))
    kind: Mapped[str | None] = mapped_column(String(40))
    objective: Mapped[int | None]
    max_mark: Mapped[float] = mapped_column(default=1.0)
    """Marks that each question of this slot is worth."""

    quiz: Mapped[Quiz] = relationship(back_populates="slots")
    question: Mapped[Question | None] = relationship()
