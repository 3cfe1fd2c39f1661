"""Copying a question, within its bank or into another."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.models import Bank, Question, Section
from quizapp.services import authoring
from quizapp.services.banks import add_version
from quizapp.services.banks.exporting import question_document
from quizapp.services.questions.versions import objectives_of


class NowhereToStand(Exception):
    """The bank has no section, or no objective, that a question could belong to."""


@dataclass(frozen=True)
class Copied:
    """The copy, and what of it does not fit the bank it is in and must be looked at before it is published."""

    question: Question
    lost_quotes: tuple[str, ...] = ()
    """Quotes that stand in no passage of the bank's text."""
    lost_claims: tuple[str, ...] = ()
    """Claims that the bank does not register; the copy names them no more."""
    moved: bool = False
    """Whether it is in another section, for want of one of the same id."""
    other_objective: bool = False
    """Whether it has another objective, for want of one of the same number."""


def copy_question(session: Session, question: Question, bank: Bank, author_id: int, now: datetime) -> Copied:
    """A draft in `bank` with what the question says now; evidence that does not stand there is kept and told.

    Raises NowhereToStand.
    """
    section = _section_for(session, question, bank)
    objectives = objectives_of(session, bank.id)
    original = question_document(question)
    if section is None or not objectives:
        raise NowhereToStand
    objective = original.objective if original.objective in objectives else objectives[0]
    lost = _lost_claims(session, bank, original.claims)
    copy = Question(
        bank_id=bank.id,
        section_id=section.id,
        slug=authoring.free_slug(session, bank, original.content.stem),
        status=Status.DRAFT,
        position=authoring.LAST,
        edited_here=True,
        waivers=list(question.waivers),
        tags=list(question.tags),
    )
    session.add(copy)
    session.flush()
    claims = tuple(code for code in original.claims if code not in lost)
    document = original.model_copy(update={"id": copy.slug, "objective": objective, "claims": claims})
    add_version(session, copy, document, author_id, now)
    texts = authoring.passage_texts(session, bank)
    quotes = dict.fromkeys((quote.passage, quote.quote) for quote in original.content.all_evidence())
    return Copied(
        copy,
        lost_quotes=tuple(quote for passage, quote in quotes if not authoring.stands(texts, passage, quote)),
        lost_claims=lost,
        moved=section.slug != question.section.slug,
        other_objective=objective != original.objective,
    )


def _section_for(session: Session, question: Question, bank: Bank) -> Section | None:
    """The section of the bank's text with the same id; else its first."""
    sections = session.scalars(
        select(Section).where(Section.source_id == bank.source_id).order_by(Section.position)
    ).all()
    same = (section for section in sections if section.slug == question.section.slug)
    return next(same, sections[0] if sections else None)


def _lost_claims(session: Session, bank: Bank, claims: tuple[str, ...]) -> tuple[str, ...]:
    known = {claim.code for claim in authoring.registered_claims(session, bank)} if claims else set()
    return tuple(code for code in claims if code not in known)
