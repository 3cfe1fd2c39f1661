"""The settings of a quiz in plain sentences, for the student before it begins and for the teacher who set them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_datetime, gettext, ngettext
from markupsafe import Markup

from quizapp.domain.certainty import CertaintyUse
from quizapp.domain.feedback import Aspect, FeedbackPolicy, Moment
from quizapp.domain.grading import Grading
from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import QuizSettings
from quizapp.domain.timing import allowance, closing_for
from quizapp.web.wording import ASPECT_NAMES, MOMENT_NAMES


def settings_in_words(
    settings: QuizSettings,
    mode: Mode,
    questions: int,
    factor: float = 1.0,
    extra_attempts: int = 0,
    extra_days: int = 0,
) -> list[str]:
    """What a student should know before beginning, a sentence or two for each matter.

    `factor`, `extra_attempts` and `extra_days` are what the student gets more of. A time in a sentence is marked up, so
    that a page shows it by the reader's own clock.
    """
    matters = (
        _layout(settings, questions),
        _answers(settings, mode),
        _time(settings, factor, extra_days),
        _attempts(settings, extra_attempts),
        _book(settings),
        _certainty(settings),
        _order(settings),
    )
    return [sentence for sentences in matters for sentence in sentences]


def _layout(settings: QuizSettings, questions: int) -> Iterator[str]:
    if settings.one_page:
        yield ngettext("%(num)s question.", "%(num)s questions, all on one page.", questions)
    else:
        yield ngettext("%(num)s question.", "%(num)s questions, each on a page of its own.", questions)


def _answers(settings: QuizSettings, mode: Mode) -> Iterator[str]:
    if mode is Mode.PRACTICE:
        final = gettext("You check each answer when you are ready; after that it stays.")
    else:
        final = gettext("You can change every answer until you submit.")
    yield f"{final} {_told(settings.policy(mode), mode)}"


def _told(policy: FeedbackPolicy, mode: Mode) -> str:
    moments = {shown_from(policy, aspect, mode) for aspect in Aspect if aspect is not Aspect.RESPONSE}
    if len(moments) > 1:
        return str(gettext("What you are shown of your answers comes in steps."))
    sentences: dict[Moment, str] = {
        Moment.AT_ONCE: gettext("Then you see whether it is right, and why."),
        Moment.AFTER_SUBMISSION: gettext("Whether answers are right, and why, you see after you have submitted."),
        Moment.AFTER_CLOSING: gettext("Whether answers are right, and why, you see when the quiz has closed."),
        Moment.NEVER: gettext("Whether answers are right is not shown in this quiz."),
    }
    return sentences[moments.pop()]


def _time(settings: QuizSettings, factor: float, days: int) -> Iterator[str]:
    time = allowance(settings.minutes, factor)
    if time is None:
        yield gettext("There is no time limit.")
    elif time.extra:
        yield ngettext(
            "You have %(num)s minute (%(usual)s + your %(extra)s) from when you begin; what is saved by then counts.",
            "You have %(num)s minutes (%(usual)s + your %(extra)s) from when you begin; what is saved by then counts.",
            time.total,
            usual=time.minutes,
            extra=time.extra,
        )
    else:
        yield ngettext(
            "You have %(num)s minute from when you begin; what is saved by then counts.",
            "You have %(num)s minutes from when you begin; what is saved by then counts.",
            time.total,
        )
    closes = closing_for(settings.closes, settings.minutes, factor, days)
    if closes is None:
        return
    if closes == settings.closes:
        yield with_moment(gettext("The quiz closes on %(when)s, also for who has begun."), closes)
    else:
        yield with_moment(gettext("For you the quiz closes on %(when)s, also if you have begun."), closes)


def with_moment(sentence: str, moment: datetime) -> Markup:
    """The sentence with the moment in it as the page's script can turn it into the reader's own time."""
    text = format_datetime(moment, "d MMM yyyy, HH:mm")
    element = Markup('<time datetime="{}" data-local="moment">{} UTC</time>').format(moment.isoformat(), text)
    return Markup.escape(sentence) % {"when": element}


def _attempts(settings: QuizSettings, extra: int) -> Iterator[str]:
    if settings.attempts is None:
        yield f"{gettext('You may take it as often as you like.')} {_counts(settings.grading)}"
        return
    total = settings.attempts + extra
    if extra:
        often = ngettext(
            "You may take it %(num)s time (%(usual)s + your %(extra)s).",
            "You may take it %(num)s times (%(usual)s + your %(extra)s).",
            total,
            usual=settings.attempts,
            extra=extra,
        )
    else:
        often = ngettext("You may take it once.", "You may take it %(num)s times.", total)
    yield often if total == 1 else f"{often} {_counts(settings.grading)}"


def _counts(grading: Grading) -> str:
    sentences: dict[Grading, str] = {
        Grading.FIRST: gettext("The first attempt counts."),
        Grading.BEST: gettext("The best attempt counts."),
        Grading.LATEST: gettext("The latest attempt counts."),
        Grading.AVERAGE: gettext("The average of all attempts counts."),
    }
    return sentences[grading]


def _book(settings: QuizSettings) -> Iterator[str]:
    if settings.open_book:
        yield gettext("The book stays open: the passage stands beside the question.")


def _certainty(settings: QuizSettings) -> Iterator[str]:
    if settings.certainty is CertaintyUse.ASKED:
        yield gettext("You are asked how sure you are; it does not count.")
    elif settings.certainty is CertaintyUse.SCORED:
        yield gettext(
            "How sure you say you are counts: unsure, fairly sure and sure earn 1, 2 and 3 marks where the answer is "
            "right, and 0, −2 and −6 where it is wrong."
        )


def _order(settings: QuizSettings) -> Iterator[str]:
    if settings.shuffle_questions:
        yield gettext("The questions come in another order each time.")
    if not settings.shuffle_options:
        yield gettext("The options of a question stand in the same order each time.")


@dataclass(frozen=True)
class FeedbackRow:
    """One line of the table of feedback: what there is to show, and from which of the columns on it is shown."""

    aspect: Aspect
    name: str
    moment: Moment


def feedback_rows(policy: FeedbackPolicy, mode: Mode) -> list[FeedbackRow]:
    """The table of what is shown of an answer and from when on, in a quiz of this mode."""
    return [FeedbackRow(aspect, str(ASPECT_NAMES[aspect]), shown_from(policy, aspect, mode)) for aspect in Aspect]


def feedback_columns(policy: FeedbackPolicy, mode: Mode) -> list[tuple[Moment, str]]:
    """The moments that the table of `feedback_rows` needs, with their names, in order."""
    used = {row.moment for row in feedback_rows(policy, mode)}
    return [(moment, str(MOMENT_NAMES[moment])) for moment in Moment if moment in used]


def shown_from(policy: FeedbackPolicy, aspect: Aspect, mode: Mode) -> Moment:
    """When an aspect is shown in fact: in a test nothing but the answer itself is, before submission."""
    moment = policy.moments[aspect]
    early = moment is Moment.AT_ONCE and mode is Mode.TEST and aspect is not Aspect.RESPONSE
    return Moment.AFTER_SUBMISSION if early else moment
