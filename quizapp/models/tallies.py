"""Kept sums for the item analysis: equal answers are counted, not stored again."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base


class Tally(Base):
    """How many first finished attempts at a quiz, alike in marks, gave one answer to one question version.

    Everything the analysis shows can be computed from these counts. They are made from attempts that are not tallied
    yet by whoever looks first, and made anew after a change of marks. Shares are in millionths.
    """

    __tablename__ = "tally"
    __table_args__ = (
        UniqueConstraint("quiz_id", "question_version_id", "total", "weight", "mark", "answer", name="uq_tally_answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id", ondelete="CASCADE"))
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id", ondelete="CASCADE"), index=True)
    total: Mapped[int]
    """Share of the attempt's marks that was earned, this question's included, certainty left aside."""
    weight: Mapped[int]
    """Share of the attempt's marks that this question is worth."""
    mark: Mapped[int]
    """Share of the question's own marks that was earned."""
    answer: Mapped[str] = mapped_column(String(1000))
    """The response as JSON; empty for a blank, and for one too long or too free to be counted."""
    count: Mapped[int]
    seconds: Mapped[int] = mapped_column(default=0)
    """Spent on it by all of them together, as far as the times of saving tell."""
    timed: Mapped[int] = mapped_column(default=0)
    """How many of them have such a time."""
