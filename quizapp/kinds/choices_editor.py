"""The part of the question editor that single choice and multiple response share."""

from typing import Any

from wtforms import BooleanField, FieldList, Form, FormField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.choices import ChoiceContent
from quizapp.kinds.editor_rows import quote_cells, quoted, with_spare, words

ROWS = 6
"""Rows offered; more where the question has more, and always a spare one."""


class ChoiceRow(Form):
    """One choice: its words and the reason given to who picks it. An empty row is left out."""

    text = StringField(_("Choice"))
    feedback = TextAreaField(_("Why it is right, or what was misread"))
    evidence_passage = StringField(_("Passage"))
    evidence_quote = StringField(_("Words of the passage that speak against it"))


class ChoicesEditor(Form):
    """The choices, which of them are right, and whether they stay in this order."""

    choices = FieldList(FormField(ChoiceRow), min_entries=ROWS)
    keys = SelectMultipleField(_("Right"), choices=[SelectChoice(str(row)) for row in range(20)], validate_choice=False)
    keep_order = BooleanField(_("Keep the choices in this order (numbers and dates)"))

    def filled_rows(self) -> list[int]:
        """The numbers of the rows that hold anything, from 0."""
        return [number for number, row in enumerate(self.choices) if words(row.form.text) or words(row.form.feedback)]


def choices_to_content(form: Any) -> dict[str, Any]:
    """The choices as plain data for the content model."""
    return {
        "choices": [_choice(form, number) for number in form.filled_rows()],
        "keep_order": form.keep_order.data,
    }


def _choice(form: Any, number: int) -> dict[str, Any]:
    row = form.choices[number].form
    return {
        "text": words(row.text),
        "correct": str(number) in (form.keys.data or []),
        "feedback": words(row.feedback),
        "evidence": quoted(row),
    }


def choices_from_content(content: ChoiceContent) -> dict[str, Any]:
    """The form's data for a question that exists."""
    rows = [
        {"text": choice.text, "feedback": choice.feedback, **quote_cells(choice.evidence)} for choice in content.choices
    ]
    return {
        "choices": with_spare(rows, ROWS),
        "keys": [str(index) for index in sorted(content.keys())],
        "keep_order": content.keep_order,
    }


def row_of_problem(form: Any, location: tuple[Any, ...]) -> tuple[Any, ...]:
    """Where on the form a problem of the content stands: rows left empty shift the numbers."""
    if len(location) >= 2 and location[0] == "choices" and isinstance(location[1], int):
        return ("choices", form.filled_rows()[location[1]], *location[2:])
    return location
