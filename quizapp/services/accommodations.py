"""What is arranged for a student, once and for all quizzes: more time, more attempts, later dates."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.settings import QuizSettings
from quizapp.domain.timing import closing_for
from quizapp.models import Accommodation

MOST_TIME_FACTOR = 5.0
MOST_EXTRA_ATTEMPTS = 100
MOST_EXTRA_DAYS = 60


@dataclass(frozen=True)
class Accommodations:
    """What a student gets more of: time limits times `time_factor`, and `extra_attempts` beyond a quiz's limit.

    Due and closing dates come `extra_days` later. Raises ValueError for a factor that is not from 1 to 5, attempts
    that are not from 0 to 100, or days that are not from 0 to 60.
    """

    time_factor: float = 1.0
    extra_attempts: int = 0
    extra_days: int = 0

    def __post_init__(self) -> None:
        """An accommodation never takes anything away."""
        if not 1 <= self.time_factor <= MOST_TIME_FACTOR:
            raise ValueError(f"a time factor is from 1 to {MOST_TIME_FACTOR}, not {self.time_factor}")
        if not 0 <= self.extra_attempts <= MOST_EXTRA_ATTEMPTS:
            raise ValueError(f"extra attempts are from 0 to {MOST_EXTRA_ATTEMPTS}, not {self.extra_attempts}")
        if not 0 <= self.extra_days <= MOST_EXTRA_DAYS:
            raise ValueError(f"extra days are from 0 to {MOST_EXTRA_DAYS}, not {self.extra_days}")

    def closing(self, settings: QuizSettings) -> datetime | None:
        """When a quiz run so closes for this student; None where it does not close."""
        return closing_for(settings.closes, settings.minutes, self.time_factor, self.extra_days)


MOST = (
    select(func.max(Accommodation.time_factor)).scalar_subquery().label("most_time"),
    select(func.max(Accommodation.extra_days)).scalar_subquery().label("most_days"),
)
"""Columns for statements that ask when a quiz has closed for everybody: the most that is arranged for anybody."""


def most_arranged(most_time: float | None, most_days: int | None) -> Accommodations:
    """The most that anybody gets, from the columns `MOST`; nothing where nothing is arranged."""
    return Accommodations(max(most_time or 1.0, 1.0), extra_days=most_days or 0)


def accommodation_of(session: Session, user_id: int) -> Accommodations:
    """What this person gets more of; nothing where nothing is arranged."""
    row = session.execute(
        select(Accommodation.time_factor, Accommodation.extra_attempts, Accommodation.extra_days).where(
            Accommodation.user_id == user_id
        )
    ).one_or_none()
    return Accommodations() if row is None else Accommodations(*row)


def set_accommodation(session: Session, user_id: int, allowed: Accommodations) -> None:
    """Arrange it for attempts that begin from now on; those that are open keep their deadline."""
    row = session.scalar(select(Accommodation).where(Accommodation.user_id == user_id))
    if row is None:
        row = Accommodation(user_id=user_id)
        session.add(row)
    row.time_factor, row.extra_attempts, row.extra_days = (
        allowed.time_factor,
        allowed.extra_attempts,
        allowed.extra_days,
    )
    session.flush()
