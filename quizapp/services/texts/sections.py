"""Sections: adding, renaming, ordering and removing them; and the whole text as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from quizapp.models import Bank, Passage, PassageVersion, Question, Quiz, QuizSlot, Section
from quizapp.services.authoring import ChangedMeanwhile, current_passages
from quizapp.services.texts.naming import anchors, free_anchor


class Holds(StrEnum):
    """What keeps a section from being removed."""

    PASSAGES = "passages"
    QUESTIONS = "questions"
    DRAWS = "draws"
    """A quiz draws from it."""
    FILES = "files"
    """The bank's files have it, and would bring it back."""
    LAST = "last"
    """There is no other, and a text needs one."""


class StillHolds(Exception):
    """The section cannot be removed; `what` says why."""

    def __init__(self, what: Holds) -> None:
        super().__init__(str(what))
        self.what = what


@dataclass(frozen=True)
class Chapter:
    """A section with its passages and their words, in order."""

    section: Section
    passages: tuple[tuple[Passage, PassageVersion], ...]


def chapters(session: Session, bank: Bank) -> list[Chapter]:
    """The whole text as it stands now, sections without passages too."""
    by_section: dict[int, list[tuple[Passage, PassageVersion]]] = {}
    for passage, version in current_passages(session, bank):
        by_section.setdefault(passage.section_id, []).append((passage, version))
    return [Chapter(section, tuple(by_section.get(section.id, ()))) for section in sections_of(session, bank)]


def sections_of(session: Session, bank: Bank) -> Sequence[Section]:
    """The sections in order."""
    return session.scalars(
        select(Section).where(Section.source_id == bank.source_id).order_by(Section.position, Section.id)
    ).all()


def add_section(session: Session, bank: Bank, title: str, dated: str = "") -> Section:
    """A new section behind the others, with nothing in it yet."""
    section = Section(
        source_id=bank.source_id,
        slug=free_anchor(title, anchors(session, bank.source_id), "section-1"),
        title=title,
        dated=dated,
        position=len(sections_of(session, bank)),
        edited_here=True,
    )
    session.add(section)
    session.flush()
    return section


def rename_section(section: Section, title: str, dated: str, seen: tuple[str, str]) -> None:
    """Call it otherwise. `seen` are title and years as the form showed them. Raises ChangedMeanwhile."""
    if (section.title, section.dated) not in (seen, (title, dated)):
        raise ChangedMeanwhile
    if (section.title, section.dated) != (title, dated):
        section.title, section.dated, section.edited_here = title, dated, True


def step_section(session: Session, bank: Bank, section: Section, steps: int) -> bool:
    """Move a section up (−1) or down (+1) by one place; whether it moved."""
    row = list(sections_of(session, bank))
    place = row.index(section) + steps
    if not 0 <= place < len(row):
        return False
    row.remove(section)
    row.insert(place, section)
    for position, other in enumerate(row):
        other.position = position
    section.edited_here = True
    session.flush()
    return True


def remove_section(session: Session, bank: Bank, section: Section) -> None:
    """Take away a section in which nothing is any more. Raises StillHolds.

    Passages taken out of the text belong to a section as well: they go to the one beside it.
    """
    row = list(sections_of(session, bank))
    others = [other for other in row if other is not section]
    held = _held(session, bank, section) or (None if others else Holds.LAST)
    if held is not None:
        raise StillHolds(held)
    beside = others[max(row.index(section) - 1, 0)]
    for passage in session.scalars(select(Passage).where(Passage.section_id == section.id)):
        passage.section_id = beside.id
    session.flush()
    session.expire(section)
    session.delete(section)
    session.flush()
    for position, other in enumerate(others):
        other.position = position


def _held(session: Session, bank: Bank, section: Section) -> Holds | None:
    there = {
        Holds.PASSAGES: exists().where(Passage.section_id == section.id, Passage.removed.is_(None)),
        Holds.QUESTIONS: exists().where(Question.section_id == section.id),
        Holds.DRAWS: exists().where(
            QuizSlot.quiz_id == Quiz.id, Quiz.bank_id == bank.id, QuizSlot.section == section.slug
        ),
    }
    for what, found in there.items():
        if session.scalar(select(found)):
            return what
    return Holds.FILES if bank.files_digest and not section.edited_here else None
