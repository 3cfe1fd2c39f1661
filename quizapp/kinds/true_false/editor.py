"""The true-or-false part of the question editor."""

from typing import Any

from wtforms import Form, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.true_false.kind import FALSE, TRUE, TrueFalseContent


class Editor(Form):
    """The right verdict, and the feedback to each."""

    answer = RadioField(
        _("The statement is"),
        choices=[SelectChoice("true", TRUE), SelectChoice("false", FALSE)],
        validate_choice=False,
    )
    if_true = TextAreaField(_("To who says true"))
    if_false = TextAreaField(_("To who says false"))


def to_content(form: Any) -> dict[str, Any]:
    """The form as plain data for the content model."""
    answer = {"answer": form.answer.data == "true"} if form.answer.data in ("true", "false") else {}
    return {**answer, "if_true": form.if_true.data or "", "if_false": form.if_false.data or ""}


def from_content(content: TrueFalseContent) -> dict[str, Any]:
    """The form's data for a question that exists."""
    return {
        "answer": "true" if content.answer else "false",
        "if_true": content.if_true,
        "if_false": content.if_false,
    }
