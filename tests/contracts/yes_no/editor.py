"""The yes-or-no part of the question editor."""

from typing import Any

from wtforms import BooleanField, Form

from tests.contracts.yes_no.kind import YesNoContent


class Editor(Form):
    """Whether yes is right."""

    yes_is_right = BooleanField("Yes is right")


def to_content(form: Any) -> dict[str, Any]:
    """The form as plain data for the content model."""
    return {"yes_is_right": form.yes_is_right.data}


def from_content(content: YesNoContent) -> dict[str, Any]:
    """The form's data for a question that exists."""
    return {"yes_is_right": content.yes_is_right}
