"""Passages: their words and record notes in versions, their places, and taking them out of the text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from quizapp.domain.text import find_quote
from quizapp.formats.document import NoteDocument, PassageDocument, digest_of
from quizapp.models import Bank, Passage, PassageVersion, Section
from quizapp.services.authoring import ChangedMeanwhile, check_claims
from quizapp.services.banks import add_passage_version
from quizapp.services.orphans import Orphan, orphans_after
from quizapp.services.texts.naming import anchors, free_anchor


class NotesLost(Exception):
    """Record notes quote words that the passage does not have; `places` counts them from 0."""

    def __init__(self, places: Sequence[int]) -> None:
        super().__init__(", ".join(map(str, places)))
        self.places = tuple(places)


class LeavesOrphans(Exception):
    """The change would take the words of questions away, and nobody has said that it may."""

    def __init__(self, orphans: Sequence[Orphan]) -> None:
        super().__init__(f"{len(orphans)} quotes")
        self.orphans = tuple(orphans)


@dataclass(frozen=True)
class Words:
    """What a version of a passage says, already of the right shape."""

    title: str
    text: str
    retells: str = ""
    notes: tuple[NoteDocument, ...] = ()

    def document(self, slug: str) -> PassageDocument:
        """The same under the passage's id. Raises pydantic.ValidationError."""
        return PassageDocument(id=slug, title=self.title, retells=self.retells, text=self.text, notes=self.notes)


def passage_with_versions(session: Session, passage_id: int) -> Passage | None:
    """A passage with its section and source."""
    return session.scalar(
        select(Passage)
        .where(Passage.id == passage_id)
        .options(selectinload(Passage.section), selectinload(Passage.current))
    )


def bank_of(session: Session, passage: Passage | Section) -> Bank:
    """The bank whose text it is part of."""
    return session.scalars(select(Bank).where(Bank.source_id == passage.source_id)).one()


def versions_of(session: Session, passage: Passage) -> Sequence[PassageVersion]:
    """All versions, the latest first, with their authors and notes."""
    return session.scalars(
        select(PassageVersion)
        .where(PassageVersion.passage_id == passage.id)
        .order_by(PassageVersion.number.desc())
        .options(selectinload(PassageVersion.author), selectinload(PassageVersion.notes))
    ).all()


def lost_notes(text: str, notes: Iterable[NoteDocument]) -> list[int]:
    """Which of the notes quote words that the text does not have, counted from 0."""
    return [place for place, note in enumerate(notes) if find_quote(text, note.quote) is None]


def check(session: Session, bank: Bank, words: Words) -> None:
    """Raise NotesLost or UnknownClaims where the notes do not fit the text or the bank."""
    lost = lost_notes(words.text, words.notes)
    if lost:
        raise NotesLost(lost)
    check_claims(session, bank, [claim for note in words.notes for claim in note.claims])


def create_passage(
    session: Session, bank: Bank, section: Section, words: Words, author_id: int, now: datetime
) -> Passage:
    """A new passage at the end of a section. Raises NotesLost, UnknownClaims."""
    check(session, bank, words)
    slug = free_anchor(words.title, anchors(session, bank.source_id), "passage-1")
    passage = Passage(
        source_id=bank.source_id,
        section_id=section.id,
        slug=slug,
        position=len(live_passages(session, section.id)),
        edited_here=True,
    )
    session.add(passage)
    session.flush()
    add_passage_version(session, passage, words.document(slug), author_id, now)
    return passage


def edit_passage(
    session: Session,
    bank: Bank,
    passage: Passage,
    words: Words,
    seen_version: int,
    author_id: int,
    now: datetime,
    orphans_accepted: bool = False,
) -> bool:
    """Change what a passage says; whether that made a new version.

    `seen_version` is the number the editor was opened with. Raises ChangedMeanwhile, NotesLost, UnknownClaims; and
    LeavesOrphans, unless these are accepted.
    """
    _take_turn(session, passage)
    if passage.current.number != seen_version:
        raise ChangedMeanwhile
    check(session, bank, words)
    document = words.document(passage.slug)
    if digest_of(document.model_dump(mode="json")) == passage.current.digest:
        return False
    _check_orphans(session, bank, passage, words.text, orphans_accepted)
    passage.edited_here = True
    add_passage_version(session, passage, document, author_id, now)
    return True


def _take_turn(session: Session, passage: Passage) -> None:
    """Wait for whoever is changing this passage just now, and look at it anew; SQLite's writers queue anyway."""
    session.refresh(passage, with_for_update=True)
    session.expire(passage, ["current"])


def _check_orphans(session: Session, bank: Bank, passage: Passage, text: str | None, accepted: bool) -> None:
    left = [] if accepted or passage.removed is not None else orphans_after(session, bank, passage.slug, text)
    if left:
        raise LeavesOrphans(left)


def remove_passage(
    session: Session, bank: Bank, passage: Passage, now: datetime, orphans_accepted: bool = False
) -> None:
    """Take a passage out of the text; its versions stay. Raises LeavesOrphans, unless these are accepted."""
    if passage.removed is not None:
        return
    _check_orphans(session, bank, passage, None, orphans_accepted)
    passage.removed, passage.edited_here = now, True
    session.flush()
    _renumber(live_passages(session, passage.section_id))


def put_back(session: Session, passage: Passage) -> None:
    """Take a removed passage into the text again, at the end of its section."""
    if passage.removed is None:
        return
    passage.position = len(live_passages(session, passage.section_id))
    passage.removed = None
    session.flush()


def live_passages(session: Session, section_id: int) -> list[Passage]:
    """The passages of a section that are part of the text, in order."""
    return list(
        session.scalars(
            select(Passage)
            .where(Passage.section_id == section_id, Passage.removed.is_(None))
            .order_by(Passage.position, Passage.id)
        )
    )


def removed_passages(session: Session, bank: Bank) -> Sequence[Passage]:
    """The passages taken out of the text, the latest first."""
    return session.scalars(
        select(Passage)
        .where(Passage.source_id == bank.source_id, Passage.removed.is_not(None))
        .order_by(Passage.removed.desc(), Passage.id)
        .options(selectinload(Passage.current), selectinload(Passage.section))
    ).all()


def step(session: Session, passage: Passage, steps: int) -> bool:
    """Move a passage up (−1) or down (+1) by one place, from the edge of its section into the next one.

    Whether it moved: the first and the last of the whole text stay where they are.
    """
    row = live_passages(session, passage.section_id)
    place = row.index(passage) + steps
    if 0 <= place < len(row):
        row.remove(passage)
        row.insert(place, passage)
        _renumber(row)
    else:
        neighbour = _neighbour(session, passage.section, steps)
        if neighbour is None:
            return False
        _put(session, passage, neighbour.id, at_end=steps < 0)
    passage.edited_here = True
    session.flush()
    return True


def move_to(session: Session, passage: Passage, section: Section) -> None:
    """Move a passage to the end of another section."""
    if passage.section_id != section.id:
        _put(session, passage, section.id, at_end=True)
        passage.edited_here = True
        session.flush()


def _put(session: Session, passage: Passage, section_id: int, at_end: bool) -> None:
    there = live_passages(session, section_id)
    left = [other for other in live_passages(session, passage.section_id) if other is not passage]
    passage.section_id = section_id
    _renumber(left)
    _renumber([*there, passage] if at_end else [passage, *there])
    session.flush()
    session.expire(passage, ["section"])


def _neighbour(session: Session, section: Section, steps: int) -> Section | None:
    row = list(
        session.scalars(
            select(Section).where(Section.source_id == section.source_id).order_by(Section.position, Section.id)
        )
    )
    place = row.index(section) + steps
    return row[place] if 0 <= place < len(row) else None


def _renumber(row: Iterable[Passage]) -> None:
    for position, passage in enumerate(row):
        passage.position = position
