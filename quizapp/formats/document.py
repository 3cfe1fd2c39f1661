"""A bank as a whole, the form in which every format reads and writes it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SerializeAsAny, field_validator, model_validator

from quizapp.domain.quizzes import Frame, Level, Mode, Status
from quizapp.domain.settings import QuizSettings
from quizapp.domain.tags import LONGEST, MOST
from quizapp.kinds import kind_named
from quizapp.kinds.content import Content, Evidence, HistoricalDate, Model, Slug, Text

Verdict = Literal["differs", "disputed", "unverified", "adds"]
"""How the record stands to the words noted; it `adds` where they are right as far as they go."""
Standing = Literal["agrees", "opinion", "differs", "disputed", "unverified"]
"""How a claim of the source stands to the record; an opinion is nothing the record could decide."""
Basis = Literal["essay", "record", "both"]
Line = Annotated[str, Field(min_length=1, max_length=300)]
MaybeLine = Annotated[str, Field(max_length=300)]
LAST_YEAR = 2100
"""In which a quiz may close; what is later than that is meant as never."""


class NoteDocument(Model):
    """A record note: where the record differs from the words quoted. `claims` name the essay's claims it speaks of."""

    quote: Text
    verdict: Verdict
    record: Text
    references: Annotated[tuple[Text, ...], Field(min_length=1)]
    claims: tuple[Line, ...] = ()


class PassageDocument(Model):
    """A paragraph-sized piece of the source, in Markdown; `retells` names the paragraph of the original, if it does."""

    id: Slug
    title: Line
    retells: MaybeLine
    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    notes: tuple[NoteDocument, ...] = ()


class ClaimDocument(Model):
    """One statement of the source, by the id that notes and questions call it, and how it stands to the record."""

    id: Line
    says: Text
    standing: Standing


class WaiverDocument(Model):
    """A rule of the linter that a question breaks with good reason."""

    rule: Slug
    reason: Annotated[str, Field(min_length=15, max_length=1000)]


class EventDocument(Model):
    """A dated event; `dated` is how the date is shown, `mentions` the words of the passages that speak of it."""

    id: Slug
    date: HistoricalDate
    dated: Line
    text: Line
    basis: Basis
    mentions: tuple[Evidence, ...] = ()
    references: tuple[Text, ...] = ()


class PersonDocument(Model):
    """Somebody the source names: the offices held, and the names under which the passages speak of them."""

    id: Slug
    name: Line
    offices: Annotated[tuple[Line, ...], Field(min_length=1)]
    called: tuple[Line, ...] = ()


class QuestionDocument(Model):
    """A question with its place in the bank's plan. The content's fields stand beside these in a file."""

    id: Slug
    kind: Line
    status: Status = Status.PUBLISHED
    frame: Frame
    level: Level
    objective: Annotated[int, Field(ge=1)]
    claims: tuple[Line, ...] = ()
    waivers: tuple[WaiverDocument, ...] = ()
    tags: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=LONGEST)], ...], Field(max_length=MOST)] = ()
    content: SerializeAsAny[Content]

    @field_validator("content", mode="before")
    @classmethod
    def _content_of_its_kind(cls, value: Any, info: Any) -> Any:
        kind = info.data.get("kind")
        return kind_named(kind).load_content(value) if isinstance(value, Mapping) and kind else value

    @model_validator(mode="after")
    def _record_has_references(self) -> Self:
        if self.frame == "record" and not self.content.references:
            raise ValueError("a question in the frame `record` needs at least one entry under `references`")
        return self

    def digest(self) -> str:
        """A fingerprint of all that makes a version; the status, the waivers and the tags are no part of it."""
        return digest_of(self.model_dump(mode="json", exclude={"id", "status", "waivers", "tags"}))


class SectionDocument(Model):
    """A part of the source with its passages and questions; `dated` tells the years it covers."""

    id: Slug
    title: Line
    dated: MaybeLine
    claims: tuple[ClaimDocument, ...] = ()
    passages: tuple[PassageDocument, ...] = ()
    questions: tuple[QuestionDocument, ...] = ()


class SlotDocument(Model):
    """One certain question of a quiz, or a draw of `count` questions with the properties named."""

    question: Slug | None = None
    count: Annotated[int, Field(ge=1, le=200)] = 1
    section: Slug | None = None
    level: Level | None = None
    kind: Line | None = None
    objective: int | None = None
    marks: Annotated[float, Field(gt=0, le=100)] = 1.0

    @model_validator(mode="after")
    def _certain_or_drawn(self) -> Self:
        if self.question and (self.section or self.level or self.kind or self.objective or self.count != 1):
            raise ValueError("a slot names one `question`, or the properties of a draw, not both")
        return self


class QuizDocument(Model):
    """A quiz: what it asks and how it is run."""

    id: Slug
    title: Line
    description: Text
    mode: Mode
    settings: QuizSettings = QuizSettings()
    slots: Annotated[tuple[SlotDocument, ...], Field(min_length=1)]

    @field_validator("settings")
    @classmethod
    def _closing_makes_sense(cls, settings: QuizSettings) -> QuizSettings:
        if settings.waits_in_vain():
            raise ValueError("what is shown after_closing would never be: say when the quiz `closes`")
        if settings.closes is not None and settings.closes.year > LAST_YEAR:
            raise ValueError(f"`closes` is after {LAST_YEAR}: leave it out for a quiz that does not close")
        return settings

    def digest(self) -> str:
        """A fingerprint of all it says; what it does not say of its settings is no part of it."""
        said = {"settings": self.settings.plain()} if self.settings != QuizSettings() else {}
        return digest_of({**self.model_dump(mode="json", exclude={"settings"}), **said})


class SourceDocument(Model):
    """The text the bank rests on."""

    title: Line
    author: Line
    about: Annotated[str, Field(max_length=4000)]


class BlueprintDocument(Model):
    """How many questions the bank should have, by section × level and by kind × level, and its other measures.

    A row or a cell left out asks for none.
    """

    sections: dict[Slug, dict[Level, int]] = {}
    kinds: dict[str, dict[Level, int]] = {}
    per_objective: Annotated[int, Field(ge=0)] = 0
    """Questions that every objective should have, at least."""
    per_claim: Annotated[int, Field(ge=1)] | None = None
    """Questions that may rest on one claim, at most."""
    per_passage: Annotated[int, Field(ge=0)] = 0
    """Questions that every passage with evidence should bear, at least."""


class BankDocument(Model):
    """A whole bank."""

    id: Slug
    title: Line
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = "en"
    source: SourceDocument
    objectives: dict[int, Line]
    blueprint: BlueprintDocument | None = None
    timeline: tuple[EventDocument, ...] = ()
    people: tuple[PersonDocument, ...] = ()
    sections: tuple[SectionDocument, ...]
    quizzes: tuple[QuizDocument, ...] = ()

    def passages(self) -> Iterator[PassageDocument]:
        """All passages in reading order."""
        return (passage for section in self.sections for passage in section.passages)

    def claims(self) -> Iterator[ClaimDocument]:
        """All registered claims in the order of the source."""
        return (claim for section in self.sections for claim in section.claims)

    def questions(self) -> Iterator[tuple[SectionDocument, QuestionDocument]]:
        """All questions with their sections."""
        return ((section, question) for section in self.sections for question in section.questions)


def digest_of(data: Any) -> str:
    """A fingerprint (SHA-256, hexadecimal) of plain data, independent of the order of keys."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
