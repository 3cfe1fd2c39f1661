"""The essay part of the question editor."""

from typing import Any

from wtforms import FieldList, Form, FormField, StringField, TextAreaField

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.editor_rows import filled, filled_numbers, with_spare, words
from quizapp.kinds.essay.kind import EssayContent

ROWS = 4


class CriterionRow(Form):
    """A criterion, its points, and what full points need. An empty row is left out."""

    text = StringField(_("Criterion"))
    points = StringField(_("Points"))
    hint = TextAreaField(_("What full points need"))


class Editor(Form):
    """The rubric, how long the essay should be, and a model answer."""

    rubric = FieldList(FormField(CriterionRow), min_entries=ROWS)
    words_least = StringField(_("Words, at least"), description=_("Said beside the box; never refused. May be empty."))
    words_most = StringField(_("Words, at most"), description=_("At most 3000. May be empty."))
    model_answer = TextAreaField(
        _("A model answer"), description=_("Optional, in Markdown; students see it where they see the right answers.")
    )


def to_content(form: Any) -> dict[str, Any]:
    """The form as plain data for the content model."""
    return {
        "rubric": [
            {"text": words(row.text), "points": words(row.points), "hint": words(row.hint)}
            for row in filled(form.rubric)
        ],
        "words_least": words(form.words_least) or None,
        "words_most": words(form.words_most) or None,
        "model_answer": words(form.model_answer),
    }


def from_content(content: EssayContent) -> dict[str, Any]:
    """The form's data for a question that exists."""
    rows = [
        {"text": criterion.text, "points": str(criterion.points), "hint": criterion.hint}
        for criterion in content.rubric
    ]
    return {
        "rubric": with_spare(rows, ROWS),
        "words_least": "" if content.words_least is None else str(content.words_least),
        "words_most": "" if content.words_most is None else str(content.words_most),
        "model_answer": content.model_answer,
    }


def row_of_problem(form: Any, location: tuple[Any, ...]) -> tuple[Any, ...]:
    """Where on the form a problem of the content stands."""
    match location:
        case ("rubric", int(number), *rest):
            return ("rubric", filled_numbers(form.rubric)[number], *rest)
    return location
