"""What is wrong with a question, in words for a teacher, and where on the form it stands."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from wtforms import FieldList, FormField

from quizapp.kinds.base import Kind
from quizapp.kinds.fields import label_of, number_of
from quizapp.services.authoring import EvidenceNotFound
from quizapp.web.teach.forms import QuestionForm

_PLAIN = {
    "string_too_short": _("This is missing."),
    "missing": _("This is missing."),
    "float_parsing": _("Write a number, such as 1965 or 2.5."),
    "float_type": _("Write a number, such as 1965 or 2.5."),
    "string_too_long": _("This is too long."),
    "string_pattern_mismatch": _("Choose a passage."),
    "historical_date": _("Write a date of the calendar as 1965, 1947-08 or 1999-07-04."),
    "int_parsing": _("Write a whole number, such as 4."),
    "int_parsing_size": _("Write a whole number, such as 4."),
    "greater_than_equal": _("Write %(ge)s or a larger number."),
    "less_than_equal": _("Write %(le)s or a smaller number."),
}
_WHOLE = {
    "evidence": _("Give at least one quote that decides the question: choose a passage and copy its words."),
    "choices": _("Give at least three choices, each with its reason."),
    "accept": _("Give at least one accepted answer."),
    "pairs": _("Give at least three pairs, each with its reason."),
    "items": _("Give at least three items, in their right order."),
    "blanks": _("Give at least one blank: write [[1]] where it stands in the text, and below what belongs there."),
    "rubric": _("Give at least one criterion that the essay is marked by, with its points."),
}
_AT_MOST = {
    "choices": _("Give at most %(max_length)s choices."),
    "pairs": _("Give at most %(max_length)s pairs."),
    "extras": _("Give at most %(max_length)s options that fit nowhere."),
    "items": _("Give at most %(max_length)s items."),
    "blanks": _("Give at most %(max_length)s blanks."),
    "rubric": _("Give at most %(max_length)s criteria."),
}
_BY_FIELD = {"too_short": _WHOLE, "too_long": _AT_MOST}
"""What is said of a problem of this type where the field has words of its own for it."""


def attach_problems(form: QuestionForm, kind: Kind[Any, Any], error: ValidationError) -> None:
    """Tie each problem of the content to its field; what belongs to none stands above the form."""
    row_of = getattr(kind.editor(), "row_of_problem", lambda _form, location: location)
    for detail in error.errors():
        _field(form, row_of(form, detail["loc"])).append(_message(detail))


def attach_missing_quote(form: QuestionForm, error: EvidenceNotFound) -> None:
    """Tie the quote that does not stand in its passage to its row."""
    text = quote_says(error.quote)
    rows = list(_quote_rows(form))
    for row in rows:
        if (row.quote.data or "").strip() == error.quote and row.passage.data == error.passage:
            row.quote.errors = [text]
            return
    form.form_errors.append(text)


def quote_says(quote: str) -> str:
    """That these words are not in the passage."""
    return str(gettext("These words do not stand in the passage chosen; copy them exactly: “%(quote)s”", quote=quote))


def _quote_rows(form: Any) -> Iterator[Any]:
    """Every row of the form, its own and the options', that holds a quote; the deciding ones first."""
    for field in sorted(form, key=lambda field: field.name != "evidence"):
        if isinstance(field, FieldList):
            for entry in field:
                if isinstance(entry, FormField):
                    if "quote" in entry.form:
                        yield entry.form
                    yield from _quote_rows(entry.form)


def still_missing(error: ValidationError) -> list[str]:
    """Each problem of the content as one line: the field it is of, and what to do."""
    said: dict[str, None] = {}
    for detail in error.errors():
        place, text = detail["loc"], _message(detail)
        whole = detail["type"] in _BY_FIELD and len(place) == 1
        said[text if whole or not place else f"{_name(place)}: {text}"] = None
    return list(said)


def _name(place: tuple[Any, ...]) -> str:
    return str(gettext(label_of(place), number=number_of(place)))


def _message(detail: ErrorDetails) -> str:
    """A problem of the content in words for a teacher."""
    field = str(detail["loc"][-1]) if detail["loc"] else ""
    text = _BY_FIELD.get(detail["type"], {}).get(field) or _PLAIN.get(detail["type"])
    return str(text) % detail.get("ctx", {}) if text else str(detail["msg"]).removeprefix("Value error, ")


def _field(form: QuestionForm, location: tuple[Any, ...]) -> list[str]:
    """The error list of the innermost field that `location` leads to."""
    here: Any = form
    for step in location:
        inner = here.form if isinstance(here, FormField) else here
        try:
            here = inner[step]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    if here is form:
        errors: list[str] = form.form_errors
        return errors
    if isinstance(here, FieldList | FormField):
        own: list[str] = form.form_errors
        return own
    here.errors = list(here.errors)
    found: list[str] = here.errors
    return found
