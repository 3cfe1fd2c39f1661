"""The numeric part of the question editor."""

from typing import Any

from wtforms import FieldList, Form, FormField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.editor_rows import filled, with_spare, words
from quizapp.kinds.numeric.kind import NumericContent
from quizapp.kinds.numeric.reading import read_number

ROWS = 3


class WrongRow(Form):
    """A tempting wrong number and why it is wrong. An empty row is left out."""

    value = StringField(_("Wrong number"))
    feedback = StringField(_("Why it is wrong"))


class Editor(Form):
    """The key, how near is near enough, and the wrong numbers worth a word."""

    answer = StringField(_("Right number"))
    tolerance = StringField(
        _("Accept within"), default="0", description=_("In the same unit; 0 for years and exact amounts.")
    )
    relative_tolerance = StringField(
        _("Or within this share of it"),
        default="0",
        description=_("Such as 0.05 for a twentieth; 0 for years and exact amounts. The wider of the two holds."),
    )
    scale = SelectField(
        _("A bare number is read in"),
        choices=[
            SelectChoice("", _("units, as typed")),
            SelectChoice("thousand", _("thousands")),
            SelectChoice("lakh", _("lakhs")),
            SelectChoice("million", _("millions")),
            SelectChoice("crore", _("crores")),
            SelectChoice("billion", _("billions")),
            SelectChoice("trillion", _("trillions")),
        ],
        validate_choice=False,
    )
    unit = StringField(_("Unit shown beside the box"), description=_("Such as “year” or “billion US dollars”."))
    reject = FieldList(FormField(WrongRow), min_entries=ROWS)


def _number(typed: str) -> Any:
    """The number typed; the text itself where it is none, for the content model to refuse."""
    written = read_number(typed)
    return typed if written is None else written.value


def to_content(form: Any) -> dict[str, Any]:
    """The form as plain data for the content model."""
    return {
        "answer": _number(words(form.answer)),
        "tolerance": _number(words(form.tolerance) or "0"),
        "relative_tolerance": _number(words(form.relative_tolerance) or "0"),
        "scale": form.scale.data or None,
        "unit": words(form.unit),
        "reject": [
            {"value": _number(words(row.value)), "feedback": words(row.feedback)} for row in filled(form.reject)
        ],
    }


def from_content(content: NumericContent) -> dict[str, Any]:
    """The form's data for a question that exists."""
    rows = [{"value": f"{wrong.value:.15g}", "feedback": wrong.feedback} for wrong in content.reject]
    return {
        "answer": f"{content.answer:.15g}",
        "tolerance": f"{content.tolerance:.15g}",
        "relative_tolerance": f"{content.relative_tolerance:.15g}",
        "scale": content.scale or "",
        "unit": content.unit,
        "reject": with_spare(rows, ROWS),
    }
