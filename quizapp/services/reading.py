"""The texts to read: sources with their sections, and passages as they stood at any time."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, selectinload

from quizapp.domain.quizzes import Mode, Status
from quizapp.domain.text import find_quote
from quizapp.models import (
    Bank,
    DecidingPassage,
    Passage,
    PassageVersion,
    Person,
    Question,
    Quiz,
    Section,
    Source,
    TimelineEvent,
)
from quizapp.services.readers import may_read


@dataclass(frozen=True)
class NoteView:
    """A record note as shown; `anchor` is its id on the page."""

    anchor: str
    number: int
    quote: str
    verdict: str
    record: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """Words of a passage that lead to an entry of the timeline or of the list of people, by its anchor on the page."""

    quote: str
    anchor: str


@dataclass(frozen=True)
class PassageView:
    """A passage as shown. `evidence` are the quotes that decide, `against` those that speak against a wrong choice.

    `references` and `questions` (how many published ones it decides) are known where a whole source is shown.
    """

    slug: str
    source: str
    label: str
    title: str
    retells: str
    text: str
    notes: tuple[NoteView, ...]
    evidence: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    questions: int = 0

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that change with the text: what a student marks in one text fits no other."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]

    @property
    def notes_on_marks(self) -> tuple[NoteView, ...]:
        """The notes that speak of the marked words."""
        return tuple(note for note in self.notes if self._touches_a_mark(note.quote))

    @property
    def other_notes(self) -> tuple[NoteView, ...]:
        """The notes that speak of other words of the passage."""
        return tuple(note for note in self.notes if not self._touches_a_mark(note.quote))

    def _touches_a_mark(self, quote: str) -> bool:
        here = find_quote(self.text, quote)
        marks = [find_quote(self.text, mark) for mark in (*self.evidence, *self.against)]
        return here is not None and any(mark is not None and here.overlaps(mark) for mark in marks)

    def plain(self) -> "PassageView":
        """The same passage as it may be read before an answer: without notes, marks and references."""
        return replace(self, notes=(), evidence=(), against=(), references=())

    def marked(self, evidence: Iterable[str], against: Iterable[str] = ()) -> "PassageView":
        """The same passage with these quotes marked."""
        return replace(self, evidence=tuple(evidence), against=tuple(against))


@dataclass(frozen=True)
class SectionView:
    """A section as shown; `quiz` is the practice quiz on it, if there is one."""

    slug: str
    number: int
    title: str
    dated: str
    passages: tuple[PassageView, ...] = ()
    quiz: str | None = None


@dataclass(frozen=True)
class Place:
    """A passage that an entry leads back to."""

    slug: str
    label: str
    title: str


@dataclass(frozen=True)
class EventView:
    """An entry of the timeline as shown; `basis` tells who dates it so."""

    anchor: str
    dated: str
    text: str
    basis: str
    references: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class PersonView:
    """Somebody the source names, as shown."""

    anchor: str
    name: str
    offices: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Reading:
    """A whole source as shown."""

    slug: str
    title: str
    author: str
    about: str
    bank_title: str
    language: str
    sections: tuple[SectionView, ...]
    timeline: tuple[EventView, ...] = ()
    people: tuple[PersonView, ...] = ()

    @property
    def retold(self) -> bool:
        """Whether it is told after another text, paragraph by paragraph."""
        return any(passage.retells for section in self.sections for passage in section.passages)


_PASSAGES = (
    select(PassageVersion, Passage.slug, Passage.position, Section.position, Source.slug)
    .join(Passage, Passage.id == PassageVersion.passage_id)
    .join(Section, Section.id == Passage.section_id)
    .join(Source, Source.id == Passage.source_id)
    .options(selectinload(PassageVersion.notes))
)


def passage_views(session: Session, version_ids: Iterable[int]) -> dict[int, PassageView]:
    """The passage versions with these ids, ready to show."""
    ids = list(version_ids)
    if not ids:
        return {}
    rows = session.execute(_PASSAGES.where(PassageVersion.id.in_(ids)))
    return {
        version.id: _view(version, slug, source, _label(section, place))
        for version, slug, place, section, source in rows
    }


def passage_labels(session: Session, version_ids: Iterable[int]) -> dict[int, str]:
    """Where the passages of these versions stand now, as in `PassageView.label`."""
    ids = list(version_ids)
    if not ids:
        return {}
    rows = session.execute(
        select(PassageVersion.id, Section.position, Passage.position)
        .join(Passage, Passage.id == PassageVersion.passage_id)
        .join(Section, Section.id == Passage.section_id)
        .where(PassageVersion.id.in_(ids))
    )
    return {version: _label(section, place) for version, section, place in rows}


def _label(section: int, place: int) -> str:
    return f"{section + 1}.{place + 1}"


def _view(version: PassageVersion, slug: str, source: str, label: str) -> PassageView:
    notes = tuple(
        NoteView(f"note-{slug}-{number}", number, note.quote, note.verdict, note.record, tuple(note.references))
        for number, note in enumerate(version.notes, start=1)
    )
    return PassageView(slug, source, label, version.title, version.retells, version.text, notes)


def sources(session: Session) -> Sequence[Bank]:
    """The banks that everybody finds on the home page, each with its source."""
    return session.scalars(
        select(Bank).where(Bank.listed.is_(True)).order_by(Bank.id).options(selectinload(Bank.source))
    ).all()


def reading(session: Session, slug: str, user_id: int | None = None, is_teacher: bool = False) -> Reading | None:
    """A source with all its passages as they stand now; None where there is no such source for this person."""
    bank = session.scalar(select(Bank).join(Source).where(Source.slug == slug))
    if bank is None or not may_read(session, bank, user_id, is_teacher):
        return None
    rows = session.execute(
        _PASSAGES.where(
            Passage.current_version_id == PassageVersion.id, Source.id == bank.source_id, Passage.removed.is_(None)
        ).order_by(Section.position, Passage.position)
    )
    passages: dict[int, list[PassageView]] = {}
    for version, name, place, section, source in rows:
        passages.setdefault(section + 1, []).append(_view(version, name, source, f"{section + 1}.{place + 1}"))
    shown = [passage for section in passages.values() for passage in section]
    counts = questions_by_passage(session, bank.id)
    names = _names(bank.source.people, shown)
    references = _references(bank.source, shown, names)
    head = contents(session, bank)
    return replace(
        head,
        sections=tuple(
            replace(
                part,
                passages=tuple(
                    replace(passage, references=references[passage.slug], questions=counts.get(passage.slug, 0))
                    for passage in passages.get(part.number, ())
                ),
            )
            for part in head.sections
            if part.number in passages
        ),
        timeline=tuple(_event_view(event, shown) for event in bank.source.timeline),
        people=tuple(_person_view(person, shown, names) for person in bank.source.people),
    )


def questions_by_passage(session: Session, bank_id: int) -> dict[str, int]:
    """How many published questions of the bank each passage decides, by slug; passages without any left out."""
    rows = session.execute(
        select(Passage.slug, func.count())
        .join(DecidingPassage, DecidingPassage.passage_id == Passage.id)
        .join(Question, Question.current_version_id == DecidingPassage.question_version_id)
        .where(Question.bank_id == bank_id, Question.status == Status.PUBLISHED, Passage.removed.is_(None))
        .group_by(Passage.slug)
    )
    return dict(rows.all())


Names = dict[tuple[str, str], str]
"""The form under which a passage names somebody, by the slugs of both; left out where it does not."""


def _names(people: Iterable[Person], passages: Sequence[PassageView]) -> Names:
    """Where everybody is named; of several forms in one passage the first of the list, which is the fullest."""
    return {
        (person.slug, passage.slug): name
        for person in people
        for passage in passages
        for name in [next((name for name in person.called if find_quote(passage.text, name) is not None), "")]
        if name
    }


def _references(source: Source, passages: Sequence[PassageView], names: Names) -> dict[str, tuple[Reference, ...]]:
    """For each passage its words that speak of an event, and the first that names each person."""
    found: dict[str, list[Reference]] = {passage.slug: [] for passage in passages}
    for event in source.timeline:
        for mention in event.mentions:
            found.get(mention["passage"], []).append(Reference(mention["quote"], f"event-{event.slug}"))
    for (person, passage), name in names.items():
        found[passage].append(Reference(name, f"person-{person}"))
    return {slug: tuple(references) for slug, references in found.items()}


def _place(passage: PassageView) -> Place:
    return Place(passage.slug, passage.label, passage.title)


def _event_view(event: TimelineEvent, passages: Sequence[PassageView]) -> EventView:
    named = {mention["passage"] for mention in event.mentions}
    places = tuple(_place(passage) for passage in passages if passage.slug in named)
    return EventView(f"event-{event.slug}", event.dated, event.text, event.basis, tuple(event.references), places)


def _person_view(person: Person, passages: Sequence[PassageView], names: Names) -> PersonView:
    places = tuple(_place(passage) for passage in passages if (person.slug, passage.slug) in names)
    return PersonView(f"person-{person.slug}", person.name, tuple(person.offices), places)


def contents(session: Session, bank: Bank) -> Reading:
    """A bank's source and its sections with something to read, without the passages: the page of contents."""
    source = bank.source
    quizzes = section_quizzes(session, bank.id)
    sections = session.scalars(
        select(Section)
        .where(
            Section.source_id == source.id,
            exists().where(Passage.section_id == Section.id, Passage.removed.is_(None)),
        )
        .order_by(Section.position)
    )
    views = tuple(
        SectionView(part.slug, part.position + 1, part.title, part.dated, quiz=quizzes.get(part.slug))
        for part in sections
    )
    return Reading(source.slug, source.title, source.author, source.about, bank.title, source.language, views)


def section_quizzes(session: Session, bank_id: int) -> dict[str, str]:
    """For each section the first published practice quiz that draws from nothing else, by slug."""
    quizzes = session.scalars(
        select(Quiz)
        .where(Quiz.bank_id == bank_id, Quiz.published.is_(True), Quiz.mode == Mode.PRACTICE)
        .order_by(Quiz.position)
        .options(selectinload(Quiz.slots))
    )
    found: dict[str, str] = {}
    for quiz in quizzes:
        drawn_from = {slot.section for slot in quiz.slots}
        if len(drawn_from) == 1 and (section := drawn_from.pop()) is not None:
            found.setdefault(section, quiz.slug)
    return found
