"""Forms of the teacher's pages. They check shape; the content models and services check the rules."""

import re
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice

from quizapp.domain.quizzes import FRAMES, LEVELS, Status
from quizapp.kinds import KINDS
from quizapp.kinds.base import Kind
from quizapp.models import Bank
from quizapp.web.wording import FRAME_NAMES, LEVEL_NAMES, STATUS_NAMES

EVIDENCE_ROWS = 3


class EvidenceRow(Form):
    """A passage and its words. An empty row is left out."""

    passage = StringField(_("Passage"))
    quote = TextAreaField(_("Exact words"))


class QuestionForm(FlaskForm):
    """What every question has; the kind's own part is added by `question_form`."""

    section = SelectField(_("Section"))
    status = RadioField(_("Status"), choices=[SelectChoice(s, STATUS_NAMES[s]) for s in Status], default=Status.DRAFT)
    frame = SelectField(_("Frame"), choices=[SelectChoice(f, FRAME_NAMES[f]) for f in FRAMES])
    level = SelectField(_("Level"), choices=[SelectChoice(level, LEVEL_NAMES[level]) for level in LEVELS])
    objective = SelectField(_("Objective"))
    stem = TextAreaField(_("Question"))
    explanation = TextAreaField(_("Explanation"), description=_("Shown after the answer: why the right one is right."))
    evidence = FieldList(FormField(EvidenceRow), min_entries=EVIDENCE_ROWS)
    references = TextAreaField(
        _("References"),
        description=_("One a line; needed in the frames that ask about the record."),
    )
    claims = StringField(_("Claims it rests on"), description=_("Their codes, such as P1.1, separated by commas."))
    seen_version = HiddenField(default="0")

    def choose_from(self, bank: Bank) -> None:
        """Offer the bank's own sections and objectives."""
        self.section.choices = [SelectChoice(section.slug, section.title) for section in bank.source.sections]
        self.objective.choices = [
            SelectChoice(str(objective.number), f"{objective.number}. {objective.text}")
            for objective in bank.objectives
        ]


def question_form(kind: Kind[Any, Any]) -> type[QuestionForm]:
    """The editor's form for questions of this kind."""
    return type("QuestionEditor", (kind.editor().Editor, QuestionForm), {})


def content_data(form: QuestionForm, kind: Kind[Any, Any]) -> dict[str, Any]:
    """The form as plain data for the kind's content model, line ends as the files have them."""
    data: dict[str, Any] = _with_plain_line_ends(_content_data(form, kind))
    return data


def _with_plain_line_ends(value: Any) -> Any:
    """Browsers send CR LF; kept so, a question opened and saved as it is would get a new version."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, dict):
        return {name: _with_plain_line_ends(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_with_plain_line_ends(inner) for inner in value]
    return value


def _content_data(form: QuestionForm, kind: Kind[Any, Any]) -> dict[str, Any]:
    rows = [(row.form.passage.data or "", (row.form.quote.data or "").strip()) for row in form.evidence]
    return {
        "stem": form.stem.data or "",
        "explanation": form.explanation.data or "",
        "evidence": [{"passage": passage, "quote": quote} for passage, quote in rows if quote],
        "references": [line.strip() for line in (form.references.data or "").splitlines() if line.strip()],
        **kind.editor().to_content(form),
    }


def claim_codes(form: QuestionForm) -> tuple[str, ...]:
    """The codes typed, each once, in order."""
    return tuple(dict.fromkeys(re.findall(r"[^\s,;]+", form.claims.data or "")))


def form_data(kind: Kind[Any, Any], content: Any) -> dict[str, Any]:
    """The form's data for content that exists."""
    rows = [{"passage": evidence.passage, "quote": evidence.quote} for evidence in content.evidence]
    return {
        "stem": content.stem,
        "explanation": content.explanation,
        "evidence": rows + [{}] * max(EVIDENCE_ROWS - len(rows), 1),
        "references": "\n".join(content.references),
        **kind.editor().from_content(content),
    }


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


class FilterForm(FlaskForm):
    """The list of questions, narrowed; sent by GET, so that the address can be kept."""

    class Meta:
        """No token: it changes nothing."""

        csrf = False

    words = StringField(_("Words"))
    section = SelectField(_("Section"), validate_choice=False)
    kind = SelectField(_("Kind"), validate_choice=False)
    level = SelectField(_("Level"), validate_choice=False)
    status = SelectField(_("Status"), validate_choice=False)

    def choose_from(self, bank: Bank) -> None:
        """Offer everything, and any."""
        everything = SelectChoice("", _("any"))
        self.section.choices = [everything, *(SelectChoice(s.slug, s.title) for s in bank.source.sections)]
        self.kind.choices = [everything, *(SelectChoice(k.name, k.title) for k in KINDS.values())]
        self.level.choices = [everything, *(SelectChoice(level, LEVEL_NAMES[level]) for level in LEVELS)]
        self.status.choices = [everything, *(SelectChoice(s, STATUS_NAMES[s]) for s in Status)]
