"""What the pages of an attempt say of it, and where its questions stand."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from flask import render_template
from flask_babel import format_datetime, gettext, ngettext
from markupsafe import Markup

from quizapp.domain.feedback import Aspect, Moment
from quizapp.domain.quizzes import Mode
from quizapp.services.attempts.answering import stamp
from quizapp.services.attempts.showing import AttemptState, SlotState
from quizapp.web.furniture import address, language
from quizapp.web.furniture import say as _
from quizapp.web.taking import bp
from quizapp.web.taking.answering import QUESTION
from quizapp.web.wording import PURPOSE_NAMES

_HOUR, _MINUTE = 3600, 60


@bp.app_template_global()
def attempt_title(attempt: AttemptState) -> str:
    """The quiz's title, or what an attempt without a quiz is for."""
    return attempt.quiz_title or str(PURPOSE_NAMES[attempt.purpose])


@bp.app_template_global()
def attempt_words() -> Markup:
    """The words that scripts need, as attributes; the same on every page of a language, so they are made once."""
    return _words_in(language())


@lru_cache(maxsize=16)
def _words_in(_language: str) -> Markup:
    return Markup(render_template("taking/_words.html"))  # noqa: S704  a template of ours, escaped there


@bp.app_template_global()
def place_of(attempt: AttemptState, position: int) -> str:
    """The address of a question of the attempt: a page of its own, or a place on the page with all."""
    if attempt.settings.one_page:
        return address("taking.questions", attempt_id=attempt.id, _anchor=f"question-{position}")
    return address("taking.question", attempt_id=attempt.id, position=position, _anchor=QUESTION)


class Place(NamedTuple):
    """A question of an attempt as a place to go to; `marks` are the classes that show how it stands."""

    position: int
    address: str
    marks: str
    name: str


@bp.app_template_global()
def places_in(attempt: AttemptState) -> list[Place]:
    """The places of all questions of the attempt, with the words for each looked up once for all."""
    words = _("Question %(number)s", number="{number}"), _("answered"), _("not answered"), _("flagged")
    return [_place(attempt, slot, *words) for slot in attempt.slots]


def _place(attempt: AttemptState, slot: SlotState, name: str, answered: str, open_: str, flagged: str) -> Place:
    done = slot.settled is not None or (slot.answered and attempt.mode is Mode.TEST)
    words = f"{name.replace('{number}', str(slot.position))}, {answered if done else open_}"
    return Place(
        slot.position,
        place_of(attempt, slot.position),
        f"{'done' if done else ''}{' flagged' if slot.flagged else ''}",
        f"{words}, {flagged}" if slot.flagged else words,
    )


@bp.app_template_global()
def held_back(attempt: AttemptState, now: datetime) -> str:
    """When the student will be shown whether an answer is right, in a sentence."""
    moment = attempt.policy.moments[Aspect.CORRECTNESS]
    if moment is Moment.AFTER_SUBMISSION:
        return str(gettext("Whether it is right is shown after the attempt is submitted."))
    closes = attempt.closes_for_all
    if moment is Moment.AFTER_CLOSING and closes is not None and now <= closes:
        when = format_datetime(closes, "d MMM yyyy, HH:mm")
        return str(gettext("Whether it is right is shown when the quiz has closed, after %(when)s UTC.", when=when))
    return str(gettext("Whether it is right is not shown in this quiz."))


@bp.app_template_filter()
def time_left(span: timedelta) -> str:
    """A remaining time in whole minutes, begun ones counted; never below nothing."""
    seconds = max(int(span.total_seconds()), 0)
    minutes = -(-seconds // _MINUTE)
    if minutes < _HOUR // _MINUTE:
        return str(ngettext("%(num)s minute", "%(num)s minutes", minutes))
    hours, rest = divmod(minutes, _HOUR // _MINUTE)
    return str(gettext("%(hours)s h %(minutes)s min", hours=hours, minutes=rest))


bp.add_app_template_filter(stamp, "stamp")
