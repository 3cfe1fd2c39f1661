"""The short-answer part of the question editor."""

from typing import Any

from wtforms import FieldList, Form, FormField, StringField, TextAreaField

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.editor_rows import filled, lines, with_spare, words
from quizapp.kinds.short_answer.kind import ShortAnswerContent

ROWS = 3


class WrongRow(Form):
    """A tempting wrong answer and why it is wrong. An empty row is left out."""

    text = StringField(_("Wrong answer"))
    feedback = StringField(_("Why it is wrong"))


class Editor(Form):
    """Accepted answers one a line, and the wrong ones worth a word."""

    accept = TextAreaField(
        _("Accepted answers"),
        description=_("One a line, the best form first. Case, accents and small slips are forgiven anyway."),
    )
    reject = FieldList(FormField(WrongRow), min_entries=ROWS)


def to_content(form: Any) -> dict[str, Any]:
    """The form as plain data for the content model."""
    return {
        "accept": lines(form.accept),
        "reject": [{"text": words(row.text), "feedback": words(row.feedback)} for row in filled(form.reject)],
    }


def from_content(content: ShortAnswerContent) -> dict[str, Any]:
    """The form's data for a question that exists."""
    rows = [{"text": wrong.text, "feedback": wrong.feedback} for wrong in content.reject]
    return {"accept": "\n".join(content.accept), "reject": with_spare(rows, ROWS)}
