"""Forms of the teacher's pages. They check shape; the content models and services check the rules."""

import re
from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
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
from wtforms.validators import ValidationError as NotTaken

from quizapp.domain.quizzes import FRAMES, LEVELS, Status
from quizapp.domain.tags import LONGEST, MOST, BadTags, read_tags
from quizapp.kinds.base import Kind
from quizapp.kinds.content import Content
from quizapp.kinds.editor_rows import quote_rows, quoted
from quizapp.models import Bank, Question
from quizapp.services.authoring import Beside, Draft
from quizapp.web.wording import FRAME_NAMES, LEVEL_NAMES, STATUS_NAMES

EVIDENCE_ROWS = 3


class EvidenceRow(Form):
    """A passage and its words. A row without words is left out."""

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
    tags = StringField(
        _("Tags"), description=_("Words by which you find it again, separated by commas. Students never see them.")
    )
    kind = HiddenField()
    seen_version = HiddenField(default="0")
    seen_section = HiddenField()
    seen_status = HiddenField()
    seen_tags = HiddenField()

    def validate_tags(self, field: StringField) -> None:
        """Tags are short, and not too many. Raises ValidationError."""
        try:
            read_tags(field.data or "")
        except BadTags as error:
            raise NotTaken(_tags_say(error)) from error

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
    return {
        "stem": form.stem.data or "",
        "explanation": form.explanation.data or "",
        "evidence": quoted(form.evidence),
        "references": [line.strip() for line in (form.references.data or "").splitlines() if line.strip()],
        **kind.editor().to_content(form),
    }


def claim_codes(form: QuestionForm) -> tuple[str, ...]:
    """The codes typed, each once, in order."""
    return tuple(dict.fromkeys(re.findall(r"[^\s,;]+", form.claims.data or "")))


def form_data(kind: Kind[Any, Any], content: Any) -> dict[str, Any]:
    """The form's data for content that exists."""
    return {
        "stem": content.stem,
        "explanation": content.explanation,
        "evidence": quote_rows(content.evidence, max(EVIDENCE_ROWS, len(content.evidence) + 1)),
        "references": "\n".join(content.references),
        **kind.editor().from_content(content),
    }


def data_of(question: Question, kind: Kind[Any, Any]) -> dict[str, Any]:
    """The form's data for a question as it stands, and what of it was seen."""
    current, tags = question.current, ", ".join(question.tags)
    return {
        "section": question.section.slug,
        "status": question.status,
        "frame": current.frame,
        "level": current.level,
        "objective": str(current.objective),
        "claims": ", ".join(current.claims),
        "tags": tags,
        "kind": kind.name,
        "seen_version": str(current.number),
        "seen_section": question.section.slug,
        "seen_status": question.status.value,
        "seen_tags": tags,
        **form_data(kind, kind.load_content(current.content)),
    }


STATUS_BUTTONS = {"publish": Status.PUBLISHED, "retire": Status.RETIRED, "draft": Status.DRAFT}
"""Buttons that save and say at once what becomes of the question."""


def draft_of(kind: Kind[Any, Any], form: QuestionForm, content: Content, button: str = "") -> Draft:
    """The form as a draft with this content; a button of `STATUS_BUTTONS` decides the status."""
    return Draft(
        section=form.section.data,
        kind=kind.name,
        status=STATUS_BUTTONS.get(button) or Status(form.status.data),
        frame=form.frame.data,
        level=form.level.data,
        objective=int(form.objective.data),
        content=content,
        claims=claim_codes(form),
        tags=None if form.tags.raw_data is None else read_tags(form.tags.data or ""),
    )


def seen_beside(form: QuestionForm) -> Beside:
    """What stood beside the question when the editor was opened, as far as the form tells."""
    status = form.seen_status.data
    told = form.seen_tags.raw_data
    try:
        tags = read_tags(form.seen_tags.data or "") if told else None
    except BadTags:
        tags = None
    return Beside(form.seen_section.data or None, Status(status) if status in list(Status) else None, tags)


def seen_version(form: QuestionForm) -> int:
    """The number of the version that the editor was opened with; 0 where the form does not tell."""
    number = form.seen_version.data or ""
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0


MOST_ROWS = 40
"""Rows of one list of a form that can be asked for; no kind takes as many."""


def add_row(form: QuestionForm, name: str) -> bool:
    """One more row in the list of this name, wherever in the form it is; False where there is none, or too many."""
    found = next((rows for rows in _lists(form) if rows.name == name), None)
    if found is None or len(found) >= MOST_ROWS:
        return False
    found.append_entry()
    return True


def _lists(form: Any) -> Iterator[FieldList]:
    for field in form:
        if isinstance(field, FieldList):
            yield field
            for entry in field:
                if isinstance(entry, FormField):
                    yield from _lists(entry.form)


def _tags_say(error: BadTags) -> str:
    if error.tag:
        return str(_("This tag is too long: use at most %(most)s characters.") % {"most": LONGEST})
    return str(_("These are too many tags: give at most %(most)s.") % {"most": MOST})
