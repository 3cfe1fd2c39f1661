"""Scores that their owner may not see yet: whether the feedback policy of a quiz holds them back, and until when.

Lists of attempts ask here; one attempt's pages ask its `AttemptState`. Both go by the quiz as it is run now, and wait
until it has closed for everybody, whoever has most time.
"""

from dataclasses import dataclass
from datetime import datetime

from quizapp.domain.feedback import Aspect, Moment
from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import QuizSettings
from quizapp.services.accommodations import Accommodations


@dataclass(frozen=True)
class Withheld:
    """A score held back from the student. `until` is when it is shown; None where it is not, or nobody can say when."""

    until: datetime | None


def withheld(settings: QuizSettings, mode: Mode, most: Accommodations, now: datetime) -> Withheld | None:
    """What holds back the score of a submitted attempt of this `mode`; None where the student may see it.

    `settings` are those in force now; `most` is the most that is arranged for anybody.
    """
    closes = most.closing(settings)
    policy, closed = settings.policy(mode), closes is not None and closes < now
    if Aspect.MARK in policy.shown(mode, settled=True, submitted=True, closed=closed):
        return None
    return Withheld(closes if policy.moments[Aspect.MARK] is Moment.AFTER_CLOSING else None)
