"""An assignment in plain sentences: its dates and what becomes of late work, for the student and for who sets it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask
from flask_babel import format_percent, gettext, ngettext

from quizapp.domain.assignment_scores import Kept
from quizapp.domain.lateness import LatePolicy
from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import QuizSettings
from quizapp.services.accommodations import Accommodations
from quizapp.web.quiz_wording import settings_in_words, with_moment
from quizapp.web.rendering import percent


@dataclass(frozen=True)
class Told:
    """What an assignment is told by: `due` is the student's own due date, `usual_due` that of the class."""

    opens: datetime | None
    due: datetime | None
    usual_due: datetime | None
    late: LatePolicy
    late_percent: int
    settings: QuizSettings
    mode: Mode
    questions: int
    allowed: Accommodations = field(default_factory=Accommodations)


def rules_in_words(told: Told) -> list[str]:
    """All that a student should know before beginning, what is arranged for them included."""
    allowed = told.allowed
    return [
        *_opening(told.opens),
        *_due(told.due, told.usual_due, told.late, told.late_percent),
        *settings_in_words(
            told.settings,
            told.mode,
            told.questions,
            allowed.time_factor,
            allowed.extra_attempts,
            allowed.extra_days,
        ),
    ]


def _opening(opens: datetime | None) -> Iterator[str]:
    if opens is not None:
        yield with_moment(gettext("It can be begun from %(when)s on."), opens)


def _due(due: datetime | None, usual_due: datetime | None, late: LatePolicy, late_percent: int) -> Iterator[str]:
    if due is None:
        yield gettext("It has no due date.")
        return
    if due == usual_due:
        yield with_moment(gettext("It is due on %(when)s."), due)
    else:
        yield with_moment(gettext("For you it is due on %(when)s, later than for the class."), due)
    match late:
        case LatePolicy.ACCEPT:
            yield gettext("What is handed in later counts in full, and is shown as late.")
        case LatePolicy.DEDUCT:
            yield gettext(
                "For each day begun after that, %(share)s of what you earn is taken off.",
                share=format_percent(late_percent / 100),
            )
        case LatePolicy.REFUSE:
            yield gettext("Nothing is taken after that.")


def late_words(days: int) -> str:
    """By how much something came late."""
    return str(ngettext("late by %(num)s day", "late by %(num)s days", days))


def kept_words(kept: Kept) -> str:
    """What lateness took off an attempt, and what counts of it, in a sentence; only for what came late."""
    if kept.taken_off <= 0:
        return str(
            ngettext(
                "It was handed in %(num)s day late, and counts in full.",
                "It was handed in %(num)s days late, and counts in full.",
                kept.late_by,
            )
        )
    return str(
        ngettext(
            "It was handed in %(num)s day late: of the %(earned)s, %(off)s are taken off, so %(share)s counts.",
            "It was handed in %(num)s days late: of the %(earned)s, %(off)s are taken off, so %(share)s counts.",
            kept.late_by,
            earned=percent(kept.earned),
            off=percent(kept.taken_off),
            share=percent(kept.share),
        )
    )


def init(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.filters["late_words"] = late_words
    app.jinja_env.filters["kept_words"] = kept_words
