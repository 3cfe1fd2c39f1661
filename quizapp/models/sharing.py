"""Who may see, change and own what teachers make."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.domain.access import Right
from quizapp.models.base import Base
from quizapp.models.people import User


class Share(Base):
    """A teacher's right on one bank, quiz or class; who made it owns it."""

    __tablename__ = "share"
    __table_args__ = (
        UniqueConstraint("user_id", "bank_id", name="uq_share_bank"),
        UniqueConstraint("user_id", "quiz_id", name="uq_share_quiz"),
        UniqueConstraint("user_id", "classroom_id", name="uq_share_classroom"),
        CheckConstraint(
            "(CASE WHEN bank_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN quiz_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN classroom_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="of_one_thing",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"), index=True)
    quiz_id: Mapped[int | None] = mapped_column(ForeignKey("quiz.id", ondelete="CASCADE"), index=True)
    classroom_id: Mapped[int | None] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"), index=True)
    right: Mapped[Right]

    user: Mapped[User] = relationship()
