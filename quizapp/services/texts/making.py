"""A new bank from a teacher's own text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.domain.splitting import Part
from quizapp.formats.document import PassageDocument
from quizapp.models import Bank, Objective, Passage, PassageVersion, Section, Share, Source
from quizapp.services.authoring import current_passages
from quizapp.services.banks import add_first_versions
from quizapp.services.sent_twice import JUST_NOW, take_turn
from quizapp.services.sharing import give_right
from quizapp.services.texts.naming import anchors, free_anchor, free_bank_slug


@dataclass(frozen=True)
class About:
    """What is said of a text, and what its questions are for: objectives by their numbers."""

    title: str
    author: str
    about: str
    language: str
    objectives: Mapping[int, str]


class NothingToSave(Exception):
    """No passage is left of the text."""


def make_bank(session: Session, about: About, parts: Sequence[Part], owner_id: int, now: datetime) -> Bank:
    """A bank with this text and no questions yet, owned by who made it and open to nobody else.

    Asked for twice at one moment, the first one is given back. Raises NothingToSave; ValueError for a passage that is
    too long or has no words.
    """
    if not any(part.pieces for part in parts):
        raise NothingToSave
    take_turn(session, owner_id)
    made = _made_just_now(session, about, parts, owner_id, now)
    if made is not None:
        return made
    slug = free_bank_slug(session, about.title)
    source = Source(slug=slug, title=about.title, author=about.author, about=about.about, language=about.language)
    bank = Bank(slug=slug, title=about.title, source=source, everyone=None, listed=False, files_digest="")
    bank.objectives = [Objective(number=number, text=text) for number, text in sorted(about.objectives.items())]
    session.add(bank)
    session.flush()
    _add_text(session, source, parts, owner_id, now)
    give_right(session, bank, owner_id, Right.OWN)
    return bank


def _add_text(session: Session, source: Source, parts: Sequence[Part], owner_id: int, now: datetime) -> None:
    """All sections, then all passages, then all words: a long text takes a few large statements, and not thousands.

    SQLite's write lock is held meanwhile, and a student's answer waits for it.
    """
    taken = anchors(session, source.id)
    passages: list[tuple[Passage, PassageDocument]] = []
    for position, part in enumerate(parts):
        section = Section(
            source_id=source.id,
            slug=free_anchor(part.title, taken, "section-1"),
            title=part.title,
            dated="",
            position=position,
            edited_here=True,
        )
        session.add(section)
        for place, piece in enumerate(part.pieces):
            document = PassageDocument(
                id=free_anchor(piece.title, taken, "passage-1"), title=piece.title, retells="", text=piece.text
            )
            passage = Passage(source_id=source.id, section=section, slug=document.id, position=place, edited_here=True)
            passages.append((passage, document))
    session.add_all(passage for passage, _document in passages)
    session.flush()
    add_first_versions(session, passages, owner_id, now)


def _made_just_now(session: Session, about: About, parts: Sequence[Part], owner_id: int, now: datetime) -> Bank | None:
    """The bank with this very text that its owner has just made."""
    mine = select(Share.bank_id).where(Share.user_id == owner_id, Share.right == Right.OWN)
    lately = select(PassageVersion.passage_id).where(PassageVersion.created > now - JUST_NOW)
    alike = (
        select(Bank)
        .join(Source, Source.id == Bank.source_id)
        .where(Bank.id.in_(mine), Bank.title == about.title, Source.author == about.author)
        .where(select(Passage.id).where(Passage.source_id == Source.id, Passage.id.in_(lately)).exists())
    )
    texts = [(piece.title, piece.text) for part in parts for piece in part.pieces]
    for bank in session.scalars(alike):
        if [(version.title, version.text) for _passage, version in current_passages(session, bank)] == texts:
            return bank
    return None


def describe(session: Session, bank: Bank, about: About) -> None:
    """Change what is said of a text made in the browser; objectives are renamed and added, and none is taken away.

    Questions and statistics speak of objectives by number, so that a number once given stays.
    """
    bank.title = bank.source.title = about.title
    bank.source.author, bank.source.about, bank.source.language = about.author, about.about, about.language
    known = {objective.number: objective for objective in bank.objectives}
    for number, text in about.objectives.items():
        if number in known:
            known[number].text = text
        else:
            bank.objectives.append(Objective(number=number, text=text))
    session.flush()
    session.expire(bank, ["objectives"])
