"""A teacher tries a quiz out as a student meets it, and nothing of it is kept."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from quizapp.domain import timing
from quizapp.domain.certainty import most_by_certainty
from quizapp.models import Attempt, Purpose, Quiz, State
from quizapp.services.attempts.starting import NothingToAsk, settings_of, slots_of_quiz

LASTS = timedelta(days=1)
"""A trial that nobody ended is taken away after this, when the next one begins."""


def try_out(session: Session, user_id: int, quiz: Quiz, seed: int, now: datetime) -> Attempt:
    """A trial of the quiz as it stands, also before students can see it and after it has closed; it has the time limit.

    It takes the place of the trial the teacher made before. Raises NothingToAsk.
    """
    _clear_away(session, user_id, now)
    settings = settings_of(quiz)
    slots = slots_of_quiz(session, quiz, settings, Random(seed), set())  # noqa: S311  a draw of questions, no secret
    if not slots:
        raise NothingToAsk
    attempt = Attempt(
        user_id=user_id,
        purpose=Purpose.TRIAL,
        trial_of_id=quiz.id,
        number=1,
        mode=quiz.mode,
        seed=seed,
        settings=settings.plain(),
        state=State.OPEN,
        started=now,
        deadline=timing.deadline(now, settings.minutes, None, factor=1.0),
        max_score=sum(slot.max_mark for slot in slots) * most_by_certainty(settings.certainty),
        slots=slots,
    )
    session.add(attempt)
    session.flush()
    return attempt


def end_trial(session: Session, user_id: int, quiz_id: int) -> None:
    """Take away the person's trial of this quiz, if there is one."""
    _delete(session, and_(Attempt.user_id == user_id, Attempt.trial_of_id == quiz_id))


def _clear_away(session: Session, user_id: int, now: datetime) -> None:
    _delete(session, or_(Attempt.user_id == user_id, Attempt.started < now - LASTS))


def _delete(session: Session, which: ColumnElement[bool]) -> None:
    for trial in session.scalars(select(Attempt).where(Attempt.purpose == Purpose.TRIAL, which)):
        session.delete(trial)
    session.flush()
