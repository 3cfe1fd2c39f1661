"""The form of an assignment: its dates, late work, and where it differs from the quiz."""

from datetime import UTC
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateTimeLocalField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from quizapp.domain.assignments import AssignmentRefused, Dates, check_feedback
from quizapp.domain.feedback import Aspect, FeedbackPolicy, Moment
from quizapp.domain.grading import Grading
from quizapp.domain.lateness import LatePolicy
from quizapp.domain.settings import settings_in_force
from quizapp.formats.document import LAST_YEAR
from quizapp.models import Assignment, Quiz
from quizapp.services.assignments.setting import AssignmentFields
from quizapp.services.attempts.starting import settings_of
from quizapp.web.teach.quiz_forms import FIRST_YEAR
from quizapp.web.teach.whole_number import WholeNumber
from quizapp.web.wording import GRADING_NAMES

AS_QUIZ, NO_LIMIT, OWN, USUAL, AFTER_CLOSING = "quiz", "none", "own", "usual", "closing"
WITHHELD = FeedbackPolicy(dict.fromkeys(Aspect, Moment.AFTER_CLOSING))
"""Nothing of what is right is told before the assignment has closed for everybody."""
LATE_NAMES = {
    LatePolicy.ACCEPT: _("It counts in full, and is shown as late"),
    LatePolicy.DEDUCT: _("Some of what was earned is taken off for each day begun"),
    LatePolicy.REFUSE: _("It is not taken: the assignment closes when it is due"),
}


def _strip(value: str | None) -> str:
    return (value or "").replace("\x00", "").strip()


def _moment(label: str, description: str) -> DateTimeLocalField:
    return DateTimeLocalField(
        label,
        [Optional()],
        description=description,
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        tz=UTC,
        invalid_value_message=_("Write a date and a time, such as 2026-06-01T12:00."),
    )


class AssignmentForm(FlaskForm):
    """What a teacher says of an assignment of one quiz."""

    title = StringField(_("Title"), [DataRequired(_("Give it a title.")), Length(max=200)], filters=[_strip])
    opens = _moment(_("Opens, in UTC"), _("Empty: at once."))
    due = _moment(_("Due, in UTC"), _("Empty: nothing is late."))
    closes = _moment(_("Closes, in UTC"), _("Empty: never."))
    late = RadioField(
        _("What is handed in after the due date"),
        choices=[SelectChoice(policy, name) for policy, name in LATE_NAMES.items()],
        default=LatePolicy.ACCEPT,
    )
    late_percent = WholeNumber(_("Percent taken off for each day"), [Optional()], default=10)
    attempts_as = RadioField(_("Attempts"), default=AS_QUIZ)
    attempts = WholeNumber(_("How many attempts"))
    minutes_as = RadioField(_("Time limit"), default=AS_QUIZ)
    minutes = WholeNumber(_("How many minutes"))
    grading = SelectField(_("Which attempt counts"), default=AS_QUIZ)
    feedback = RadioField(_("What is shown of the answers, and when"), default=AS_QUIZ)
    published = BooleanField(_("The students see it"), default=True)

    def __init__(self, quiz: Quiz, **options: Any) -> None:
        super().__init__(**options)
        self.quiz = quiz
        usual = settings_of(quiz)
        self.attempts_as.choices = [
            SelectChoice(AS_QUIZ, gettext("As the quiz: %(what)s", what=_attempts(usual.attempts))),
            SelectChoice(NO_LIMIT, gettext("Any number")),
            SelectChoice(OWN, gettext("So many:")),
        ]
        self.minutes_as.choices = [
            SelectChoice(AS_QUIZ, gettext("As the quiz: %(what)s", what=_minutes(usual.minutes))),
            SelectChoice(NO_LIMIT, gettext("No limit")),
            SelectChoice(OWN, gettext("So many minutes:")),
        ]
        as_usual = gettext("As the quiz: %(what)s", what=GRADING_NAMES[usual.grading])
        self.grading.choices = [
            SelectChoice(AS_QUIZ, as_usual),
            *(SelectChoice(grading, GRADING_NAMES[grading]) for grading in Grading),
        ]
        self.feedback.choices = [
            SelectChoice(AS_QUIZ, gettext("As the quiz")),
            SelectChoice(USUAL, gettext("As usual: in practice everything at once, in a test after submission")),
            SelectChoice(AFTER_CLOSING, gettext("Only after closing: until then nothing of what is right is told")),
        ]

    def validate_opens(self, field: DateTimeLocalField) -> None:
        """A year that somebody can mean."""
        _check_year(field)

    def validate_due(self, field: DateTimeLocalField) -> None:
        """A year that somebody can mean."""
        _check_year(field)

    def validate_closes(self, field: DateTimeLocalField) -> None:
        """A year that somebody can mean."""
        _check_year(field)

    def validate_attempts(self, field: WholeNumber) -> None:
        """A number where one is asked for."""
        _check_number(field, self.attempts_as.data, 100, gettext("Say how many attempts: from 1 to 100."))
        _check_meant(field, self.attempts_as.data, settings_of(self.quiz).attempts)

    def validate_minutes(self, field: WholeNumber) -> None:
        """A number where one is asked for."""
        _check_number(
            field, self.minutes_as.data, 1440, gettext("Say how many minutes: from 1 to 1440, which is a day.")
        )
        _check_meant(field, self.minutes_as.data, settings_of(self.quiz).minutes)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: what fits together, once each field can be read."""
        if not super().validate(extra_validators):
            return False
        try:
            check_feedback(settings_in_force(self.quiz.settings, self.fields().settings()))
        except AssignmentRefused as refused:
            self[refused.field].errors = [gettext(str(refused))]
            return False
        return True

    def dates(self) -> Dates:
        """The dates. Raises AssignmentRefused."""
        return Dates(
            self.opens.data,
            self.due.data,
            self.closes.data,
            LatePolicy(self.late.data),
            self.late_percent.data or 0,
        )

    def fields(self) -> AssignmentFields:
        """All of it, once every field can be read. Raises AssignmentRefused."""
        differing: dict[str, Any] = {}
        if self.attempts_as.data != AS_QUIZ:
            differing["attempts"] = self.attempts.data if self.attempts_as.data == OWN else None
        if self.minutes_as.data != AS_QUIZ:
            differing["minutes"] = self.minutes.data if self.minutes_as.data == OWN else None
        if self.grading.data != AS_QUIZ:
            differing["grading"] = self.grading.data
        if self.feedback.data != AS_QUIZ:
            differing["feedback"] = WITHHELD.plain() if self.feedback.data == AFTER_CLOSING else None
        return AssignmentFields(self.title.data, self.dates(), differing, self.published.data)


def _check_year(field: DateTimeLocalField) -> None:
    if field.data is not None and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(gettext("The year is from %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))


def _check_number(field: WholeNumber, chosen: str, most: int, says: str) -> None:
    if chosen == OWN and not (field.data is not None and 1 <= field.data <= most):
        raise ValidationError(says)


def _check_meant(field: WholeNumber, chosen: str, usual: int | None) -> None:
    """A number written beside another choice is asked about, never dropped; not what the page itself had filled in."""
    if chosen != OWN and field.data not in (None, usual, field.object_data):
        raise ValidationError(
            gettext("You wrote a number here but chose something else: choose the number, or empty it.")
        )


def _attempts(attempts: int | None) -> str:
    return str(gettext("any number")) if attempts is None else str(attempts)


def _minutes(minutes: int | None) -> str:
    if minutes is None:
        return str(gettext("no limit"))
    return str(ngettext("%(num)s minute", "%(num)s minutes", minutes))


def new_form(quiz: Quiz, **options: Any) -> AssignmentForm:
    """The form for an assignment that does not exist yet."""
    return AssignmentForm(quiz, data={"title": quiz.title}, **options)


def form_of(assignment: Assignment, **options: Any) -> AssignmentForm:
    """The form of an assignment, filled in with what was sent or else with what is stored."""
    kept = assignment.settings
    settings = settings_of(assignment.quiz, assignment)
    stored = {
        "title": assignment.title,
        "opens": assignment.opens,
        "due": assignment.due,
        "late": assignment.late,
        "published": assignment.published,
        "closes": None if assignment.late is LatePolicy.REFUSE else settings.closes,
        "late_percent": assignment.late_percent or 10,
        "attempts_as": _as_stored(kept, "attempts"),
        "attempts": settings.attempts,
        "minutes_as": _as_stored(kept, "minutes"),
        "minutes": settings.minutes,
        "grading": kept.get("grading", AS_QUIZ),
        "feedback": _feedback_stored(kept),
    }
    return AssignmentForm(assignment.quiz, data=stored, **options)


def _as_stored(kept: dict[str, Any], name: str) -> str:
    return AS_QUIZ if name not in kept else NO_LIMIT if kept[name] is None else OWN


def _feedback_stored(kept: dict[str, Any]) -> str:
    return AS_QUIZ if "feedback" not in kept else USUAL if kept["feedback"] is None else AFTER_CLOSING
