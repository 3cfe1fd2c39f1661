"""The multiple-response part of the question editor."""

from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.choices_editor import (
    ChoicesEditor,
    choices_from_content,
    choices_to_content,
    row_of_problem,
)
from quizapp.kinds.multiple_response.kind import MultipleResponseContent

__all__ = ["Editor", "from_content", "row_of_problem", "to_content"]


class Editor(ChoicesEditor):
    """The choices, and how credit is given."""

    marking = SelectField(
        _("Credit"),
        choices=[
            SelectChoice("net", _("Partial: a wrong choice cancels a right one")),
            SelectChoice("all_or_nothing", _("All or nothing")),
        ],
        default="net",
    )


def to_content(form: Any) -> dict[str, Any]:
    """The form as plain data for the content model."""
    return {**choices_to_content(form), "marking": form.marking.data}


def from_content(content: MultipleResponseContent) -> dict[str, Any]:
    """The form's data for a question that exists."""
    return {**choices_from_content(content), "marking": content.marking}
