"""The cloze part of the question editor."""

from typing import Any

from wtforms import FieldList, Form, FormField, StringField, TextAreaField

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.cloze.kind import Blank, ClozeContent
from quizapp.kinds.editor_rows import filled, filled_numbers, lines, with_spare, words

BLANKS, WRONG = 3, 2


class WrongRow(Form):
    """A tempting wrong word and why it is wrong. An empty row is left out."""

    text = StringField(_("Wrong answer"))
    feedback = StringField(_("Why it is wrong"))


class BlankRow(Form):
    """What belongs in a blank, the words to choose from, and the wrong ones worth a word."""

    accept = TextAreaField(_("Accepted answers"), description=_("One a line, the best form first."))
    choices = TextAreaField(_("Words to choose from"), description=_("One a line. Empty: the word is typed."))
    reject = FieldList(FormField(WrongRow), min_entries=WRONG)


class Editor(Form):
    """The text and its blanks."""

    text = TextAreaField(
        _("Text with blanks"), description=_("Write [[1]], [[2]] and so on, in this order, where the blanks stand.")
    )
    blanks = FieldList(FormField(BlankRow), min_entries=BLANKS)


def to_content(form: Any) -> dict[str, Any]:
    """The form as plain data for the content model.

    Rows left empty at the end are left out; one between others stays, because the text counts the blanks.
    """
    count = max(filled_numbers(form.blanks), default=-1) + 1
    return {"text": words(form.text), "blanks": [_blank(row.form) for row in form.blanks[:count]]}


def _blank(row: Any) -> dict[str, Any]:
    return {
        "accept": lines(row.accept),
        "choices": lines(row.choices),
        "reject": [{"text": words(wrong.text), "feedback": words(wrong.feedback)} for wrong in filled(row.reject)],
    }


def from_content(content: ClozeContent) -> dict[str, Any]:
    """The form's data for a question that exists."""
    return {"text": content.text, "blanks": with_spare([_row(blank) for blank in content.blanks], BLANKS)}


def _row(blank: Blank) -> dict[str, Any]:
    wrong = [{"text": entry.text, "feedback": entry.feedback} for entry in blank.reject]
    return {
        "accept": "\n".join(blank.accept),
        "choices": "\n".join(blank.choices),
        "reject": with_spare(wrong, WRONG),
    }


def row_of_problem(form: Any, location: tuple[Any, ...]) -> tuple[Any, ...]:
    """Where on the form a problem of the content stands; what concerns a whole blank stands at its answers."""
    match location:
        case ("blanks", int(number)):
            return (*location, "accept")
        case ("blanks", int(number), "reject", int(wrong), *rest):
            rows = form.blanks[number].form.reject
            return ("blanks", number, "reject", filled_numbers(rows)[wrong], *rest)
    return location
