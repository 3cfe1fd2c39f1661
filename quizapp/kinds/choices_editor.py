"""The part of the question editor that single choice and multiple response share."""

from typing import Any

from wtforms import BooleanField, FieldList, Form, FormField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.choices import ChoiceContent
from quizapp.kinds.editor_rows import quote_rows, quoted, quoted_numbers, with_spare, words

ROWS = 6
"""Rows offered; more where the question has more, and always a spare one."""


class QuoteRow(Form):
    """Words of a passage. A row without words is left out."""

    passage = StringField(_("Passage"))
    quote = StringField(_("Exact words"))


class ChoiceRow(Form):
    """One choice: its words and the reason given to who picks it. An empty row is left out."""

    text = StringField(_("Choice"))
    feedback = TextAreaField(_("Why it is right, or what was misread"))
    evidence = FieldList(FormField(QuoteRow), min_entries=1)


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
        "evidence": quoted(row.evidence),
    }


def choices_from_content(content: ChoiceContent) -> dict[str, Any]:
    """The form's data for a question that exists."""
    rows = [
        {"text": choice.text, "feedback": choice.feedback, "evidence": quote_rows(choice.evidence)}
        for choice in content.choices
    ]
    return {
        "choices": with_spare(rows, ROWS),
        "keys": [str(index) for index in sorted(content.keys())],
        "keep_order": content.keep_order,
    }


def row_of_problem(form: Any, location: tuple[Any, ...]) -> tuple[Any, ...]:
    """Where on the form a problem of the content stands: rows left empty shift the numbers."""
    match location:
        case ("choices", int(number), "evidence", int(place), *rest):
            row = form.filled_rows()[number]
            return ("choices", row, "evidence", quoted_numbers(form.choices[row].form.evidence)[place], *rest)
        case ("choices", int(number), *rest):
            return ("choices", form.filled_rows()[number], *rest)
    return location
