"""The forms for one student: what they get more of, and minutes for one attempt."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FloatField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from quizapp.services.accommodations import MOST_EXTRA_ATTEMPTS, MOST_EXTRA_DAYS, MOST_TIME_FACTOR, Accommodations
from quizapp.web.teach.whole_number import WholeNumber

USUAL_FACTORS = (1.0, 1.25, 1.5, 2.0)
OTHER = "other"
MOST_MINUTES = 1440
"""Of more time at once: a day."""


class Factor(FloatField):
    """A time factor, its decimals after a point or a comma."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent. Raises ValueError for what is no number."""
        text = valuelist[0].strip() if valuelist else ""
        try:
            self.data = float(text.replace(",", ".")) if text else None
        except ValueError:
            self.data = None
            raise ValueError(gettext("Write a number, such as 1.75.")) from None


class AccommodationForm(FlaskForm):
    """What a student gets more of."""

    factor = RadioField(
        _("Time"),
        choices=[
            SelectChoice("1.0", _("As everybody")),
            SelectChoice("1.25", _("A quarter more (1.25 times)")),
            SelectChoice("1.5", _("Half more (1.5 times)")),
            SelectChoice("2.0", _("Twice as much (2 times)")),
            SelectChoice(OTHER, _("Another factor:")),
        ],
        default="1.0",
    )
    other = Factor(_("Another factor, from 1 to 5"), [Optional()])
    extra_attempts = WholeNumber(
        _("Attempts beyond a quiz’s limit"),
        [
            InputRequired(_("Write 0 for none.")),
            NumberRange(0, MOST_EXTRA_ATTEMPTS, _("From 0 to 100.")),
        ],
        default=0,
    )
    extra_days = WholeNumber(
        _("Days by which due and closing dates come later"),
        [Optional(), NumberRange(0, MOST_EXTRA_DAYS, _("From 0 to 60."))],
        default=0,
    )

    def validate_factor(self, field: RadioField) -> None:
        """Another factor is from 1 to 5."""
        if field.data == OTHER and not (self.other.data and 1 <= self.other.data <= MOST_TIME_FACTOR):
            raise ValidationError(gettext("Write another factor from 1 to 5, such as 1.75."))

    def accommodations(self) -> Accommodations:
        """What was chosen, once the form is valid."""
        factor = self.other.data if self.factor.data == OTHER else float(self.factor.data)
        return Accommodations(factor or 1.0, self.extra_attempts.data or 0, self.extra_days.data or 0)


def accommodation_form(stored: Accommodations, **options: Any) -> AccommodationForm:
    """The form, filled in with what was sent or else with what is stored."""
    usual = stored.time_factor in USUAL_FACTORS
    return AccommodationForm(
        data={
            "factor": str(stored.time_factor) if usual else OTHER,
            "other": None if usual else stored.time_factor,
            "extra_attempts": stored.extra_attempts,
            "extra_days": stored.extra_days,
        },
        **options,
    )


class MinutesForm(FlaskForm):
    """Minutes to be added to an attempt."""

    minutes = WholeNumber(
        _("Minutes"),
        [InputRequired(_("Say how many minutes.")), NumberRange(1, MOST_MINUTES, _("From 1 to 1440 minutes."))],
        default=10,
    )


class ReopenForm(FlaskForm):
    """The time for an attempt that is opened again; without a limit it may be left empty."""

    minutes = WholeNumber(
        _("Minutes from now"), [Optional(), NumberRange(1, MOST_MINUTES, _("From 1 to 1440 minutes."))]
    )

    def __init__(self, needs_end: bool, **options: Any) -> None:
        super().__init__(**options)
        self.needs_end = needs_end

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Also: an attempt that had an end gets one again."""
        valid: bool = super().validate_on_submit(extra_validators)
        if self.is_submitted() and self.needs_end and self.minutes.data is None and not self.minutes.errors:
            self.minutes.errors = [gettext("Say for how many minutes: this quiz has a time limit, or it closes.")]
            return False
        return valid
