"""The forms of quizzes: what one says and how it is run, and a draw of questions."""

from datetime import UTC
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    Form,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from quizapp.domain.certainty import CertaintyUse
from quizapp.domain.feedback import PRESETS, Aspect, FeedbackPolicy, Moment, PolicyRefused
from quizapp.domain.grading import Grading
from quizapp.domain.quizzes import LEVELS, Mode
from quizapp.domain.settings import QuizSettings
from quizapp.formats.document import LAST_YEAR
from quizapp.kinds import KINDS
from quizapp.models import Bank, Quiz
from quizapp.services.quiz_building import QuizFields
from quizapp.web.teach.whole_number import WholeNumber
from quizapp.web.wording import ASPECT_NAMES, CERTAINTY_USES, GRADING_NAMES, LEVEL_NAMES, MODE_NAMES, MOMENT_NAMES

FIRST_YEAR = 2000
LONGEST_TITLE = 200
MOST_MARKS = 100
"""That a question can be worth; the bank files take as many."""


def _strip(value: str | None) -> str:
    return (value or "").replace("\x00", "").strip()


class FeedbackTable(Form):
    """From when on each aspect is shown, one field for each; what was answered is always shown, and has none."""


CHOSEN = tuple(aspect for aspect in Aspect if aspect is not Aspect.RESPONSE)
"""What there is to choose for."""
for _aspect in CHOSEN:
    setattr(
        FeedbackTable,
        str(_aspect),
        RadioField(
            ASPECT_NAMES[_aspect],
            choices=[SelectChoice(moment, MOMENT_NAMES[moment]) for moment in Moment],
            default=Moment.AT_ONCE,
        ),
    )

USUAL, OWN = "usual", "own"


class QuizForm(FlaskForm):
    """What a quiz says of itself, and how it is run."""

    title = StringField(
        _("Title"), [DataRequired(_("Give the quiz a title.")), Length(max=LONGEST_TITLE)], filters=[_strip]
    )
    description = TextAreaField(
        _("Description"),
        [DataRequired(_("Say in a sentence what it asks about.")), Length(max=2000)],
        filters=[_strip],
    )
    mode = RadioField(_("Mode"), choices=[SelectChoice(m, MODE_NAMES[m]) for m in Mode], default=Mode.PRACTICE)
    published = BooleanField(_("It stands on the home page, for everybody"))

    layout = RadioField(
        _("Layout"),
        choices=[
            SelectChoice("separate", _("Each question on a page of its own")),
            SelectChoice("one_page", _("All questions on one page")),
        ],
        default="separate",
    )
    open_book = BooleanField(_("Open book: the passages stand beside the questions, without marks"))
    shuffle_questions = BooleanField(_("Shuffle the questions"))
    shuffle_options = BooleanField(_("Shuffle the options; dates and numbers keep their order"), default=True)

    minutes = WholeNumber(
        _("Time limit, in minutes"),
        [Optional(), NumberRange(1, 1440, _("From 1 to 1440 minutes, which is a day."))],
        description=_("Empty: no limit. Students with more time get it on top."),
    )
    closes = DateTimeLocalField(
        _("Closes, in UTC"),
        [Optional()],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        tz=UTC,
        invalid_value_message=_("Write a date and a time, such as 2026-06-01T12:00."),
    )
    attempts = WholeNumber(
        _("Attempts allowed"),
        [Optional(), NumberRange(1, 100, _("From 1 to 100."))],
        description=_("Empty: any number."),
    )
    grading = SelectField(
        _("Which attempt counts"),
        choices=[SelectChoice(grading, GRADING_NAMES[grading]) for grading in Grading],
        default=Grading.BEST,
    )
    certainty = RadioField(
        _("How sure students are of each answer"),
        choices=[SelectChoice(use, CERTAINTY_USES[use]) for use in CertaintyUse],
        default=CertaintyUse.OFF,
    )
    feedback = RadioField(
        _("What is shown of the answers, and when"),
        choices=[
            SelectChoice(USUAL, _("As usual: in practice everything at once, in a test everything after submission")),
            SelectChoice(OWN, _("As in this table")),
        ],
        default=USUAL,
    )
    shown = FormField(FeedbackTable)

    def validate_closes(self, field: DateTimeLocalField) -> None:
        """A year that somebody can mean."""
        if field.data is not None and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
            raise ValidationError(gettext("The year is from %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))

    def validate_feedback(self, field: RadioField) -> None:
        """A table that gives nothing away early, and shows nothing only after a closing that never comes."""
        try:
            policy = self.policy()
        except PolicyRefused as error:
            raise ValidationError(
                gettext(
                    "“%(telling)s” would give away “%(given_away)s”: show it no earlier than that.",
                    telling=ASPECT_NAMES[error.telling],
                    given_away=ASPECT_NAMES[error.given_away],
                )
            ) from error
        if policy is not None and policy.waits_for_closing() and not (self.closes.data or self.closes.errors):
            raise ValidationError(
                gettext("“After closing” never comes: say above when the quiz closes, or choose another moment.")
            )

    def policy(self) -> FeedbackPolicy | None:
        """The table; None for what is usual. Raises PolicyRefused, and ValueError for what is no table."""
        if self.feedback.data != OWN:
            return None
        return FeedbackPolicy.from_plain({name: str(field.data) for name, field in self.shown.form._fields.items()})

    def settings(self) -> QuizSettings:
        """How the quiz is run, once the form is valid."""
        return QuizSettings(
            open_book=self.open_book.data,
            one_page=self.layout.data == "one_page",
            minutes=self.minutes.data,
            closes=self.closes.data,
            attempts=self.attempts.data,
            grading=Grading(self.grading.data),
            shuffle_questions=self.shuffle_questions.data,
            shuffle_options=self.shuffle_options.data,
            certainty=CertaintyUse(self.certainty.data),
            feedback=self.policy(),
        )

    def fields(self) -> QuizFields:
        """All of it, once the form is valid."""
        return QuizFields(
            self.title.data, self.description.data, Mode(self.mode.data), self.published.data, self.settings()
        )


def quiz_form(quiz: Quiz, **options: Any) -> QuizForm:
    """The form of a quiz that exists, filled in with what was sent or else with what is stored."""
    settings = QuizSettings.model_validate(quiz.settings)
    stored = settings.model_dump(exclude={"one_page", "feedback"})
    return QuizForm(
        obj=quiz,
        data={
            **stored,
            "layout": "one_page" if settings.one_page else "separate",
            "feedback": USUAL if settings.feedback is None else OWN,
            "shown": settings.policy(Mode(quiz.mode)).plain(),
        },
        **options,
    )


def presets() -> list[tuple[str, dict[str, str]]]:
    """The tables that a button fills in, each with its name."""
    names = {Mode.PRACTICE: gettext("Practice"), Mode.TEST: gettext("Test")}
    return [(names[mode], PRESETS[mode].plain()) for mode in Mode]


class DrawForm(FlaskForm):
    """A draw of questions at random."""

    count = WholeNumber(
        _("How many"), [InputRequired(_("Say how many.")), NumberRange(1, 100, _("From 1 to 100."))], default=1
    )
    section = SelectField(_("Section"), [Optional()])
    level = SelectField(_("Level"), [Optional()])
    kind = SelectField(_("Kind"), [Optional()])
    objective = SelectField(_("Objective"), [Optional()])

    def properties(self) -> dict[str, Any]:
        """What is asked for, once the form is valid."""
        named = {name: self[name].data for name in ("count", "section", "level", "kind")}
        return {**named, "objective": int(self.objective.data) if self.objective.data else None}

    def choose_from(self, bank: Bank) -> None:
        """Offer the bank's own properties, and any."""
        everything = SelectChoice("", _("any"))
        self.section.choices = [everything, *(SelectChoice(s.slug, s.title) for s in bank.source.sections)]
        self.level.choices = [everything, *(SelectChoice(level, LEVEL_NAMES[level]) for level in LEVELS)]
        self.kind.choices = [everything, *(SelectChoice(k.name, k.title) for k in KINDS.values())]
        self.objective.choices = [
            everything, *(SelectChoice(str(o.number), f"{o.number}. {o.text}") for o in bank.objectives)
        ]  # fmt: skip
