"""Classes, who is in them, what is set for them, and what is arranged for single students."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.domain.lateness import LatePolicy
from quizapp.models.base import Base
from quizapp.models.people import User
from quizapp.models.quizzes import Quiz


class Classroom(Base):
    """A class. Who teaches it is told by its shares."""

    __tablename__ = "classroom"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    join_code: Mapped[str] = mapped_column(String(12), unique=True)
    """What a student types to join: letters and digits that are not mistaken for one another, upper case."""
    joining: Mapped[bool] = mapped_column(default=True)
    """Whether the code lets anybody in at present."""
    created: Mapped[datetime]
    archived: Mapped[datetime | None]
    """When it was put away: it stays to be looked at, takes no students, and nothing is set or begun in it."""

    enrolments: Mapped[list["Enrolment"]] = relationship(back_populates="classroom")
    assignments: Mapped[list["Assignment"]] = relationship(order_by="Assignment.id", back_populates="classroom")


class Enrolment(Base):
    """A student in a class."""

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("classroom_id", "user_id"), Index("ix_enrolment_user_id", "user_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    joined: Mapped[datetime]
    removed: Mapped[datetime | None]
    """When the student was taken out; what they did for the class stays with them. None while they are in it."""

    classroom: Mapped[Classroom] = relationship(back_populates="enrolments")
    user: Mapped[User] = relationship()


class Assignment(Base):
    """A quiz set for a class."""

    __tablename__ = "assignment"

    id: Mapped[int] = mapped_column(primary_key=True)
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"), index=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    opens: Mapped[datetime | None]
    """None: at once."""
    due: Mapped[datetime | None]
    """What is handed in later is late. None where nothing is."""
    late: Mapped[LatePolicy] = mapped_column(default=LatePolicy.ACCEPT)
    late_percent: Mapped[int] = mapped_column(default=0)
    """Of the marks earned, taken off for each day begun after `due`, where the policy is to deduct."""
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What differs from the quiz's settings, as plain data of `domain.settings.QuizSettings`; `closes` stands here."""
    published: Mapped[bool] = mapped_column(default=True)
    """Whether the students see it."""
    created: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    classroom: Mapped[Classroom] = relationship(back_populates="assignments")
    quiz: Mapped[Quiz] = relationship()


class Accommodation(Base):
    """What a student gets more of, set once for all quizzes; it is shown to the student before each."""

    __tablename__ = "accommodation"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), unique=True)
    time_factor: Mapped[float] = mapped_column(default=1.0)
    """By how much time limits are multiplied: 1 or more, 2 for double time."""
    extra_attempts: Mapped[int] = mapped_column(default=0)
    """Attempts beyond a quiz's limit."""
    extra_days: Mapped[int] = mapped_column(default=0)
    """Days by which due and closing dates are later."""

    user: Mapped[User] = relationship()
