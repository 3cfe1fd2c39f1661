"""The short-answer part of the question editor."""

from typing import Any

from wtforms import FieldList, Form, FormField, StringField, TextAreaField

from quizapp.domain.wording import mark_for_translation as _
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
    rows = [(row.form.text.data or "", row.form.feedback.data or "") for row in form.reject]
    return {
        "accept": [line.strip() for line in (form.accept.data or "").splitlines() if line.strip()],
        "reject": [{"text": text, "feedback": why} for text, why in rows if text.strip() or why.strip()],
    }


def from_content(content: ShortAnswerContent) -> dict[str, Any]:
    """The form's data for a question that exists."""
    rows = [{"text": wrong.text, "feedback": wrong.feedback} for wrong in content.reject]
    return {"accept": "\n".join(content.accept), "reject": rows + [{}] * max(ROWS - len(rows), 1)}
