"""What the pages of an attempt say of it, and where its questions stand."""

from datetime import datetime, timedelta
from functools import lru_cache

from flask import render_template, url_for
from flask_babel import format_datetime, get_locale, gettext, ngettext
from markupsafe import Markup

from quizapp.domain.feedback import Aspect, Moment
from quizapp.services.attempts.answering import stamp
from quizapp.services.attempts.showing import AttemptState
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
    return _words_in(str(get_locale()))


@lru_cache(maxsize=16)
def _words_in(_language: str) -> Markup:
    return Markup(render_template("taking/_words.html"))  # noqa: S704  a template of ours, escaped there


@bp.app_template_global()
def place_of(attempt: AttemptState, position: int) -> str:
    """The address of a question of the attempt: a page of its own, or a place on the page with all."""
    if attempt.settings.one_page:
        return url_for("taking.questions", attempt_id=attempt.id, _anchor=f"question-{position}")
    return url_for("taking.question", attempt_id=attempt.id, position=position, _anchor=QUESTION)


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
