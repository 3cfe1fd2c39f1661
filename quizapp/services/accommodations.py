"""What is arranged for a student, once and for all quizzes: more time, more attempts."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.models import Accommodation

MOST_TIME_FACTOR = 5.0
MOST_EXTRA_ATTEMPTS = 100


@dataclass(frozen=True)
class Accommodations:
    """What a student gets more of: time limits times `time_factor`, and `extra_attempts` beyond a quiz's limit.

    Raises ValueError for a factor that is not from 1 to 5, or attempts that are not from 0 to 100.
    """

    time_factor: float = 1.0
    extra_attempts: int = 0

    def __post_init__(self) -> None:
        """An accommodation never takes anything away."""
        if not 1 <= self.time_factor <= MOST_TIME_FACTOR:
            raise ValueError(f"a time factor is from 1 to {MOST_TIME_FACTOR}, not {self.time_factor}")
        if not 0 <= self.extra_attempts <= MOST_EXTRA_ATTEMPTS:
            raise ValueError(f"extra attempts are from 0 to {MOST_EXTRA_ATTEMPTS}, not {self.extra_attempts}")


def accommodation_of(session: Session, user_id: int) -> Accommodations:
    """What this person gets more of; nothing where nothing is arranged."""
    row = session.execute(
        select(Accommodation.time_factor, Accommodation.extra_attempts).where(Accommodation.user_id == user_id)
    ).one_or_none()
    return Accommodations() if row is None else Accommodations(*row)


def set_accommodation(session: Session, user_id: int, allowed: Accommodations) -> None:
    """Arrange it for attempts that begin from now on; those that are open keep their deadline."""
    row = session.scalar(select(Accommodation).where(Accommodation.user_id == user_id))
    if row is None:
        row = Accommodation(user_id=user_id)
        session.add(row)
    row.time_factor, row.extra_attempts = allowed.time_factor, allowed.extra_attempts
    session.flush()
