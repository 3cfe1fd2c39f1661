"""Forms on texts. They check shape; the services check the rules."""

import re
from collections.abc import Iterable
from typing import Any

from babel import Locale
from flask_babel import get_locale, gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from quizapp.formats.document import NoteDocument
from quizapp.models import Bank, PassageVersion, Section
from quizapp.services.texts.making import About
from quizapp.services.texts.passages import Words
from quizapp.web.wording import VERDICT_NAMES

LANGUAGES = (
    "en", "ur", "ar", "bn", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko",
    "la", "ms", "nl", "no", "pa", "pl", "ps", "pt", "ro", "ru", "sd", "sv", "sw", "ta", "tr", "uk", "vi", "zh",
)  # fmt: skip
"""Languages offered for a text, those of the essay's readers first."""
LONGEST_LINE, LONGEST_NOTE, LONGEST_PASSAGE = 300, 4000, 20_000
"""Characters, as the bank's own rules have them."""
MOST_OBJECTIVES, MOST_NOTES = 40, 60


def tidy(value: str | None) -> str:
    """Typed text without blanks around it, and with line ends as files have them."""
    return (value or "").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def lines(value: str | None) -> list[str]:
    """The lines of a field that takes one thing a line."""
    return [line.strip() for line in tidy(value).splitlines() if line.strip()]


def _line(message: Any) -> list[Any]:
    return [DataRequired(message), Length(max=LONGEST_LINE, message=_("At most 300 characters."))]


def numbered(written: str) -> dict[int, str]:
    """Objectives, one a line: by the number before it, else the next one. Raises ValueError for one given twice."""
    found: dict[int, str] = {}
    for line in lines(written):
        match = re.match(r"(\d{1,3})\s*[.):]\s*(.+)", line)
        number = int(match[1]) if match else max(found, default=0) + 1
        if number in found or not number:
            raise ValueError(number)
        found[number] = match[2] if match else line
    return found


class HeadForm(FlaskForm):
    """What is said of a text, and what its questions are for."""

    title = StringField(_("Title"), _line(_("Give the text a title.")), filters=[tidy])
    author = StringField(_("Author"), _line(_("Say who wrote it.")), filters=[tidy])
    about = TextAreaField(
        _("About"),
        [Length(max=LONGEST_NOTE, message=_("At most 4,000 characters."))],
        description=_("A sentence or two for readers: what it is and where it comes from."),
        filters=[tidy],
    )
    language = SelectField(_("Language of the text"), default="en")
    objectives = TextAreaField(
        _("Objectives"),
        [DataRequired(_("Write at least one objective: what its questions let a student show."))],
        description=_("One a line, such as “1. Date the main events”. Every question is written for one of them."),
        filters=[tidy],
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        kept = named.get("data", {}).get("language")
        codes = LANGUAGES if kept in (None, *LANGUAGES) else (kept, *LANGUAGES)
        self.language.choices = [SelectChoice(code, _language_name(code)) for code in codes]

    def validate_objectives(self, field: TextAreaField) -> None:
        """Each number once, each text on its line, and not too many."""
        try:
            found = numbered(field.data)
        except ValueError as error:
            raise ValidationError(
                gettext("The number %(number)s stands before two objectives.", number=error)
            ) from error
        if len(found) > MOST_OBJECTIVES:
            raise ValidationError(gettext("At most %(number)s objectives.", number=MOST_OBJECTIVES))
        if any(len(text) > LONGEST_LINE for text in found.values()):
            raise ValidationError(gettext("Each objective has at most 300 characters."))

    def head(self) -> About:
        """What the form says, after it was found right."""
        return About(
            self.title.data, self.author.data, self.about.data, self.language.data, numbered(self.objectives.data)
        )


def _language_name(code: str) -> str:
    name = Locale.parse(code, sep="-").get_display_name(get_locale())
    return f"{name} ({code})" if name else code


class NewTextForm(HeadForm):
    """The first step of a new bank: the text is pasted, or comes in a file."""

    text = TextAreaField(_("Paste the text"), filters=[tidy])
    written_in = RadioField(
        _("The pasted text is"),
        choices=[SelectChoice("plain", _("plain text")), SelectChoice("markdown", _("Markdown"))],
        default="plain",
    )
    file = FileField(
        _("Or choose a file"), description=_("Plain text (.txt), Markdown (.md) or Word (.docx), at most 5 MB.")
    )


class NoteRow(Form):
    """A record note. An empty row is left out, and so is one that is ticked to be dropped."""

    quote = TextAreaField(_("Words of the passage"), filters=[tidy])
    verdict = SelectField(
        _("How the record stands to them"), choices=[SelectChoice(name, says) for name, says in VERDICT_NAMES.items()]
    )
    record = TextAreaField(_("What the record shows"), filters=[tidy])
    references = TextAreaField(_("References, one a line"), filters=[tidy])
    claims = StringField(_("Claims it speaks of"), filters=[tidy])
    drop = BooleanField(_("Drop this note"))

    @property
    def empty(self) -> bool:
        """Whether nothing is written in it."""
        return not any((self.quote.data, self.record.data, self.references.data, self.claims.data))

    @property
    def kept(self) -> bool:
        """Whether it is a note that is to be saved."""
        return not self.empty and not self.drop.data

    def whole(self) -> bool:
        """Whether it has all that a note needs; else its fields say what is missing."""
        for field, says in (
            (self.quote, gettext("Copy the words of the passage that this note is on.")),
            (self.record, gettext("Write what the record shows.")),
            (self.references, gettext("Give at least one reference.")),
        ):
            if not field.data:
                field.errors = [says]
            elif any(
                len(part) > LONGEST_NOTE
                for part in ([field.data] if field is not self.references else lines(field.data))
            ):
                field.errors = [gettext("At most 4,000 characters.")]
        if any(len(claim) > LONGEST_LINE for claim in _codes(self.claims.data)):
            self.claims.errors = [gettext("At most 300 characters.")]
        return not any(field.errors for field in self)

    def note(self) -> NoteDocument:
        """The note as the bank keeps it."""
        return NoteDocument.model_validate(
            {
                "quote": self.quote.data,
                "verdict": self.verdict.data,
                "record": self.record.data,
                "references": tuple(lines(self.references.data)),
                "claims": tuple(_codes(self.claims.data)),
            }
        )


def _codes(written: str | None) -> list[str]:
    return list(dict.fromkeys(re.findall(r"[^\s,;]+", written or "")))


class PassageForm(FlaskForm):
    """The words of a passage and its notes."""

    title = StringField(_("Title"), _line(_("Give the passage a title.")), filters=[tidy])
    retells = StringField(
        _("Retells"),
        [Length(max=LONGEST_LINE, message=_("At most 300 characters."))],
        description=_("The paragraph of the original, such as P4, where it retells one."),
        filters=[tidy],
    )
    section = SelectField(_("Section"), validate_choice=True)
    text = TextAreaField(
        _("Text"),
        [
            DataRequired(_("Write the passage.")),
            Length(max=LONGEST_PASSAGE, message=_("At most 20,000 characters; make two passages of it.")),
        ],
        description=_("In Markdown: *italic*, **bold**, a blank line between paragraphs."),
        filters=[tidy],
    )
    notes = FieldList(FormField(NoteRow), max_entries=MOST_NOTES)
    seen_version = HiddenField(default="0")

    def choose_from(self, sections: Iterable[Section]) -> None:
        """Offer the sections of the text."""
        self.section.choices = [SelectChoice(section.slug, section.title) for section in sections]

    def validate_notes(self, _field: FieldList) -> None:
        """Every note that is kept is whole."""
        broken = [row for row in self.notes if row.form.kept and not row.form.whole()]
        if broken:
            raise ValidationError(
                ngettext("%(num)s note is not whole yet.", "%(num)s notes are not whole yet.", len(broken))
            )

    def rows_kept(self) -> list[NoteRow]:
        """The notes to be saved, in order."""
        return [row.form for row in self.notes if row.form.kept]

    def words(self) -> Words:
        """What the form says, after it was found right."""
        notes = tuple(row.note() for row in self.rows_kept())
        return Words(self.title.data, self.text.data, self.retells.data, notes)

    @property
    def seen(self) -> int:
        """The version that the editor was opened with; 0 for nonsense."""
        typed = self.seen_version.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 10 else 0

    def add_row(self) -> None:
        """One more empty note."""
        if len(self.notes) < MOST_NOTES:
            self.notes.append_entry()


def passage_data(version: PassageVersion, seen: int) -> dict[str, Any]:
    """The form's data for a version that exists."""
    notes = [
        {
            "quote": note.quote,
            "verdict": note.verdict,
            "record": note.record,
            "references": "\n".join(note.references),
            "claims": ", ".join(note.claims),
        }
        for note in version.notes
    ]
    return {
        "title": version.title,
        "retells": version.retells,
        "text": version.text,
        "notes": notes,
        "seen_version": str(seen),
    }


class SectionForm(FlaskForm):
    """A section's name, and the years it covers."""

    title = StringField(_("Title"), _line(_("Give the section a title.")), filters=[tidy])
    dated = StringField(
        _("Years it covers"),
        [Length(max=LONGEST_LINE, message=_("At most 300 characters."))],
        description=_("Such as 1947–1971; may be left empty."),
        filters=[tidy],
    )
    seen_title = HiddenField()
    seen_dated = HiddenField()

    @property
    def seen(self) -> tuple[str, str]:
        """Title and years as the form showed them."""
        return tidy(self.seen_title.data), tidy(self.seen_dated.data)


def head_data(bank: Bank) -> dict[str, Any]:
    """The form's data for a bank that exists."""
    source = bank.source
    return {
        "title": bank.title,
        "author": source.author,
        "about": source.about,
        "language": source.language,
        "objectives": "\n".join(f"{objective.number}. {objective.text}" for objective in bank.objectives),
    }
