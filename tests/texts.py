"""A teacher's own text, made in the browser, and what tests do with texts."""

from sqlalchemy.orm import Session

from quizapp.domain.splitting import Part, Piece
from quizapp.models import Bank, Passage, Section, db
from quizapp.services.texts import making, passages
from tests.conftest import NOW, teacher_id

ABOUT = making.About("The lost mill", "N. Body", "A text of our own.", "en", {1: "Say what happened"})
PARTS = (
    Part(
        "Before", (Piece("The wheel", "The wheel turned all day. Nobody heard it."), Piece("The miller", "He slept."))
    ),
    Part("After", (Piece("The flood", "Then the water came, and the wheel was gone."),)),
)
MILL = {"seen_version": "1", "title": "The wheel", "text": "The wheel turned all day. Nobody heard it."}
"""The editor's form on the first passage, sent as it is."""


def own_bank(session: Session, owner: int | None = None, about: making.About = ABOUT) -> Bank:
    """A bank of Tahir's own, of two sections and three passages."""
    bank = making.make_bank(session, about, PARTS, owner or teacher_id(session), NOW)
    session.commit()
    return bank


def passage_named(session: Session, slug: str) -> Passage:
    """A passage of any bank."""
    return session.scalars(db.select(Passage).where(Passage.slug == slug)).one()


def section_named(session: Session, slug: str) -> Section:
    """A section of any bank."""
    return session.scalars(db.select(Section).where(Section.slug == slug)).one()


def arranged(session: Session, bank: Bank) -> dict[str, list[str]]:
    """The slugs of the passages, in order, by those of the sections, in order."""
    sections = db.select(Section).where(Section.source_id == bank.source_id).order_by(Section.position)
    return {
        section.slug: [passage.slug for passage in passages.live_passages(session, section.id)]
        for section in session.scalars(sections)
    }


def changed(session: Session, slug: str, text: str, **options: object) -> bool:
    """Give a passage other words, as Tahir would; its notes are left out."""
    passage = passage_named(session, slug)
    words = passages.Words(passage.current.title, text, passage.current.retells)
    bank = passages.bank_of(session, passage)
    seen = passage.current.number
    return passages.edit_passage(session, bank, passage, words, seen, teacher_id(session), NOW, **options)  # type: ignore[arg-type]
