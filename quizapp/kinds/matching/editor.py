"""The matching part of the question editor."""

from typing import Any

from wtforms import FieldList, Form, FormField, StringField, TextAreaField

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.choices_editor import QuoteRow
from quizapp.kinds.editor_rows import filled, filled_numbers, quote_rows, quoted, quoted_numbers, with_spare, words
from quizapp.kinds.matching.kind import MatchingContent

PAIRS, EXTRAS = 5, 2


class PairRow(Form):
    """An entry, what belongs to it, and the reason given to who matched it wrongly. An empty row is left out."""

    left = StringField(_("Entry"))
    right = StringField(_("What belongs to it"))
    feedback = TextAreaField(_("Why they belong together"))
    evidence = FieldList(FormField(QuoteRow), min_entries=1)


class ExtraRow(Form):
    """An option that fits nowhere. An empty row is left out."""

    text = StringField(_("Option"))
    feedback = StringField(_("What was misread by who picks it"))


class Editor(Form):
    """The pairs, the options more than pairs, and how many pairs are asked."""

    pairs = FieldList(FormField(PairRow), min_entries=PAIRS)
    extras = FieldList(FormField(ExtraRow), min_entries=EXTRAS)
    ask = StringField(
        _("Pairs asked at a time"), description=_("3 or more, drawn anew for each attempt. Empty: all of them.")
    )


def to_content(form: Any) -> dict[str, Any]:
    """The form as plain data for the content model."""
    return {
        "pairs": [
            {
                "left": words(row.left),
                "right": words(row.right),
                "feedback": words(row.feedback),
                "evidence": quoted(row.evidence),
            }
            for row in filled(form.pairs)
        ],
        "extras": [{"text": words(row.text), "feedback": words(row.feedback)} for row in filled(form.extras)],
        "ask": words(form.ask) or None,
    }


def from_content(content: MatchingContent) -> dict[str, Any]:
    """The form's data for a question that exists."""
    pairs = [
        {"left": pair.left, "right": pair.right, "feedback": pair.feedback, "evidence": quote_rows(pair.evidence)}
        for pair in content.pairs
    ]
    extras = [{"text": extra.text, "feedback": extra.feedback} for extra in content.extras]
    return {
        "pairs": with_spare(pairs, PAIRS),
        "extras": with_spare(extras, EXTRAS),
        "ask": "" if content.ask is None else str(content.ask),
    }


def row_of_problem(form: Any, location: tuple[Any, ...]) -> tuple[Any, ...]:
    """Where on the form a problem of the content stands."""
    match location:
        case ("pairs", int(number), "evidence", int(place), *rest):
            row = filled_numbers(form.pairs)[number]
            return ("pairs", row, "evidence", quoted_numbers(form.pairs[row].form.evidence)[place], *rest)
        case (("pairs" | "extras") as side, int(number), *rest):
            return (side, filled_numbers(form[side])[number], *rest)
    return location
