"""The ordering part of the question editor."""

from typing import Any

from wtforms import FieldList, Form, FormField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.editor_rows import filled, filled_numbers, with_spare, words
from quizapp.kinds.ordering.kind import OrderingContent

ROWS = 6


class ItemRow(Form):
    """An item, when it happened, and a word to who gave it another place. An empty row is left out."""

    text = StringField(_("Item"))
    date = StringField(_("Date"))
    feedback = StringField(_("Why it stands here"))


class Editor(Form):
    """The items in their right order, what orders them, and how many are asked."""

    items = FieldList(FormField(ItemRow), min_entries=ROWS)
    ordered_by = SelectField(
        _("They are ordered by"),
        choices=[
            SelectChoice("time", _("time: their dates rise")),
            SelectChoice("telling", _("the telling of the text")),
        ],
        default="time",
    )
    ask = StringField(
        _("Items asked at a time"), description=_("3 or more, drawn anew for each attempt. Empty: all of them.")
    )


def to_content(form: Any) -> dict[str, Any]:
    """The form as plain data for the content model."""
    return {
        "items": [
            {"text": words(row.text), "date": words(row.date) or None, "feedback": words(row.feedback)}
            for row in filled(form.items)
        ],
        "ordered_by": form.ordered_by.data,
        "ask": words(form.ask) or None,
    }


def from_content(content: OrderingContent) -> dict[str, Any]:
    """The form's data for a question that exists."""
    rows = [{"text": item.text, "date": item.date or "", "feedback": item.feedback} for item in content.items]
    return {
        "items": with_spare(rows, ROWS),
        "ordered_by": content.ordered_by,
        "ask": "" if content.ask is None else str(content.ask),
    }


def row_of_problem(form: Any, location: tuple[Any, ...]) -> tuple[Any, ...]:
    """Where on the form a problem of the content stands."""
    match location:
        case ("items", int(number), *rest):
            return ("items", filled_numbers(form.items)[number], *rest)
    return location
