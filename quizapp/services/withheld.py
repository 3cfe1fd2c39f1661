"""Scores that their owner may not see yet: whether the feedback policy of a quiz holds them back, and until when.

Lists of attempts ask here; one attempt's pages ask its `AttemptState`. Both go by the quiz as it is run now, and wait
until it has closed for everybody, whoever has most time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from quizapp.domain.feedback import Aspect, Moment
from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import QuizSettings
from quizapp.domain.timing import closing_for
from quizapp.models import Accommodation

MOST_TIME = select(func.max(Accommodation.time_factor)).scalar_subquery()
"""The largest time factor there is, for statements that list attempts; None where nobody has more time."""


def closes_for_all(settings: QuizSettings, most_time: float | None) -> datetime | None:
    """When a quiz has closed for everybody, whoever has most time (`MOST_TIME`); None where it does not close."""
    return closing_for(settings.closes, settings.minutes, max(most_time or 1.0, 1.0))


@dataclass(frozen=True)
class Withheld:
    """A score held back from the student. `until` is when it is shown; None where it is not, or nobody can say when."""

    until: datetime | None


def withheld(quiz_settings: Mapping[str, Any], mode: Mode, most_time: float | None, now: datetime) -> Withheld | None:
    """What holds back the score of a submitted attempt of this `mode`; None where the student may see it.

    `quiz_settings` is how the quiz is run now, as plain data; `most_time` is `MOST_TIME`.
    """
    settings = QuizSettings.model_validate(quiz_settings)
    closes = closes_for_all(settings, most_time)
    policy, closed = settings.policy(mode), closes is not None and closes < now
    if Aspect.MARK in policy.shown(mode, settled=True, submitted=True, closed=closed):
        return None
    return Withheld(closes if policy.moments[Aspect.MARK] is Moment.AFTER_CLOSING else None)
