"""What is arranged for students, apart from any one quiz."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.base import Base
from quizapp.models.people import User


class Accommodation(Base):
    """What a student gets more of, set once for all quizzes; it is shown to the student before each."""

    __tablename__ = "accommodation"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), unique=True)
    time_factor: Mapped[float] = mapped_column(default=1.0)
    """By how much time limits are multiplied: 1 or more, 2 for double time."""
    extra_attempts: Mapped[int] = mapped_column(default=0)
    """Attempts beyond a quiz's limit."""

    user: Mapped[User] = relationship()
