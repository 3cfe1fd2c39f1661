"""Attempts: what was asked of whom, what was answered, and what it earned."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.domain.quizzes import Mode
from quizapp.models.base import NUMBERS_NEVER_COME_BACK, Base
from quizapp.models.classes import Assignment
from quizapp.models.library import Question, QuestionVersion
from quizapp.models.people import User
from quizapp.models.quizzes import Quiz


class State(StrEnum):
    """An attempt is open until it is submitted."""

    OPEN = "open"
    SUBMITTED = "submitted"


class Purpose(StrEnum):
    """Why questions are asked: by a quiz, as a spaced review, to try one again, or as a teacher's trial of a quiz."""

    QUIZ = "quiz"
    REVIEW = "review"
    REDO = "redo"
    TRIAL = "trial"


class Attempt(Base):
    """One run of a quiz by one person; or of questions without a quiz, for a review or to try one again."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index(
            "uq_attempt_number",
            "user_id",
            "quiz_id",
            "number",
            unique=True,
            sqlite_where=text("assignment_id IS NULL"),
            postgresql_where=text("assignment_id IS NULL"),
        ),
        Index(
            "uq_attempt_number_in_assignment",
            "user_id",
            "assignment_id",
            "number",
            unique=True,
            sqlite_where=text("assignment_id IS NOT NULL"),
            postgresql_where=text("assignment_id IS NOT NULL"),
        ),
        Index("ix_attempt_assignment_id", "assignment_id"),
        Index("ix_attempt_user_quiz", "user_id", "quiz_id", "submitted"),
        Index(
            "ix_attempt_not_tallied",
            "quiz_id",
            sqlite_where=text("NOT tallied"),
            postgresql_where=text("NOT tallied"),
        ),
        Index("ix_attempt_quiz_submitted", "quiz_id", "submitted"),
        Index("ix_attempt_started", "started", "id"),
        *(
            Index(name, column, sqlite_where=text(condition), postgresql_where=text(condition))
            for name, column, condition in (
                ("ix_attempt_open_deadline", "deadline", "state = 'open'"),
                ("ix_attempt_awaiting", "user_id", "awaiting > 0"),
            )
        ),
        NUMBERS_NEVER_COME_BACK,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose] = mapped_column(default=Purpose.QUIZ)
    quiz_id: Mapped[int | None] = mapped_column(ForeignKey("quiz.id"))
    """None for an attempt that serves no quiz."""
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id", ondelete="SET NULL"))
    """The assignment it was made for; None where the student took the quiz by themselves."""
    trial_of_id: Mapped[int | None] = mapped_column(ForeignKey("quiz.id", ondelete="CASCADE"))
    """The quiz that a teacher tries out. Such an attempt is in no list and no statistics, and goes when it is done."""
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("attempt.id", ondelete="SET NULL"))
    """The attempt from which somebody went to try a question again; None for others."""
    number: Mapped[int]
    """The person's n-th attempt for this assignment, or at this quiz without one; from 1."""
    mode: Mapped[Mode]
    """The quiz's mode when the attempt began; a later change of the quiz does not touch it."""
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The quiz's settings when the attempt began. What is shown when, and when it closes, is asked of the quiz."""
    seed: Mapped[int]
    """Where the draw and the shuffles came from, to be able to explain them."""
    state: Mapped[State]
    started: Mapped[datetime]
    deadline: Mapped[datetime | None]
    """When the attempt closes by itself; None without a time limit."""
    submitted: Mapped[datetime | None]
    score: Mapped[float | None]
    """Marks earned so far; None until submitted. Below nothing where certainty counts and was misplaced."""
    max_score: Mapped[float]
    """Marks possible."""
    awaiting: Mapped[int] = mapped_column(default=0)
    """Answers of a submitted attempt that wait for a teacher's mark."""
    seen: Mapped[datetime | None]
    """When the student's page last said that it is there; kept for assignments only."""
    tallied: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the kept sums of the item analysis know of it."""

    user: Mapped[User] = relationship()
    quiz: Mapped[Quiz | None] = relationship(foreign_keys=quiz_id)
    assignment: Mapped[Assignment | None] = relationship()
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
    stands_for_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="SET NULL"))
    """In a review, the question whose memory this one on the same lines tests; None where it stands for itself."""
    order: Mapped[list[int]]
    """Indexes of the options as shown; empty for kinds without options."""
    passages: Mapped[list[int]]
    """Ids of the passage versions the question rests on."""
    max_mark: Mapped[float]
    response: Mapped[dict[str, Any] | None]
    """The kind's response model, as plain data; None for a blank."""
    revision: Mapped[int] = mapped_column(BigInteger, default=0)
    """When the answer was made, in milliseconds since 1970 by the server's clock; an older one never replaces it.

    A page without scripts sends the revision it saw plus one, which orders its saves as well.
    """
    saved: Mapped[datetime | None]
    """When the answer arrived."""
    settled: Mapped[datetime | None]
    """When the answer became final: in practice when it was checked, else at the submission."""
    certainty: Mapped[int | None]
    """How sure the student said to be, 1 to 3."""
    flagged: Mapped[bool] = mapped_column(default=False)
    """The student wants to come back to it."""
    fraction: Mapped[float | None]
    """Share of `max_mark` earned, 0–1; set when the answer is settled, or when a teacher has marked it."""
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    """The teacher who marked it; None where the program did."""
    marked: Mapped[datetime | None]
    """When a teacher marked it."""
    points: Mapped[list[int]] = mapped_column(default=list)
    """The teacher's points by criterion of the rubric; empty where there is none."""
    comment: Mapped[str] = mapped_column(Text, default="")
    spared: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The ruling on its version would have lowered its marks, so it does not hold for this answer."""
    kept_ruling: Mapped[dict[str, Any] | None]
    """The ruling that holds instead for an answer that was spared: the one before; None where there was none."""

    attempt: Mapped[Attempt] = relationship(back_populates="slots")
    version: Mapped[QuestionVersion] = relationship()
    stands_for: Mapped[Question | None] = relationship()
