"""Writing questions in the browser."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from quizapp.domain.quizzes import Status
from quizapp.domain.text import find_quote
from quizapp.formats.document import QuestionDocument
from quizapp.kinds import kind_named
from quizapp.kinds.content import Content
from quizapp.models import Bank, Claim, Passage, PassageVersion, Question, QuestionVersion, Section
from quizapp.services.banks import add_version


class EvidenceNotFound(Exception):
    """A quote does not stand in its passage. `index` counts the deciding quotes from 0; None is a choice's quote."""

    def __init__(self, quote: str, passage: str, index: int | None) -> None:
        super().__init__(quote)
        self.quote, self.passage, self.index = quote, passage, index


class UnknownClaims(Exception):
    """Claims are named that the bank does not register; `codes` lists them."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = tuple(codes)


class ChangedMeanwhile(Exception):
    """Somebody saved a newer version since the editor was opened."""


@dataclass(frozen=True)
class Draft:
    """A question as the editor gives it, already of the right shape."""

    section: str
    kind: str
    status: Status
    frame: str
    level: str
    objective: int
    content: Content
    claims: tuple[str, ...] = ()


def registered_claims(session: Session, bank: Bank) -> Sequence[Claim]:
    """The claims the bank registers, in the order of the source."""
    return session.scalars(
        select(Claim)
        .join(Section, Section.id == Claim.section_id)
        .where(Section.source_id == bank.source_id)
        .order_by(Section.position, Claim.position)
    ).all()


def check_claims(session: Session, bank: Bank, codes: Sequence[str]) -> None:
    """Raise UnknownClaims where the bank registers claims, and not all of these."""
    known = {claim.code for claim in registered_claims(session, bank)} if codes else set()
    unknown = [code for code in codes if known and code not in known]
    if unknown:
        raise UnknownClaims(unknown)


def bank_named(session: Session, slug: str) -> Bank | None:
    """The bank with its objectives and the source's sections."""
    return session.scalar(select(Bank).where(Bank.slug == slug))


def question_with_versions(session: Session, question_id: int) -> Question | None:
    """A question with all its versions and their authors."""
    return session.scalar(
        select(Question)
        .where(Question.id == question_id)
        .options(selectinload(Question.versions).selectinload(QuestionVersion.author), selectinload(Question.current))
    )


def current_passages(session: Session, bank: Bank) -> list[tuple[Passage, PassageVersion]]:
    """The bank's passages in reading order, each with its current words."""
    rows = session.execute(
        select(Passage, PassageVersion)
        .join(PassageVersion, PassageVersion.id == Passage.current_version_id)
        .join(Section, Section.id == Passage.section_id)
        .where(Passage.source_id == bank.source_id)
        .order_by(Section.position, Passage.position)
        .options(selectinload(PassageVersion.notes))
    )
    return [(passage, version) for passage, version in rows]


def check_evidence(session: Session, bank: Bank, content: Content) -> None:
    """Raise EvidenceNotFound for the first quote that does not stand in its passage."""
    texts = {passage.slug: version.text for passage, version in current_passages(session, bank)}
    for index, evidence in enumerate(content.all_evidence()):
        if evidence.passage not in texts or find_quote(texts[evidence.passage], evidence.quote) is None:
            deciding = index if index < len(content.evidence) else None
            raise EvidenceNotFound(evidence.quote, evidence.passage, deciding)


def create_question(session: Session, bank: Bank, draft: Draft, author_id: int, now: datetime) -> Question:
    """A new question with its first version. Raises EvidenceNotFound, UnknownClaims."""
    check_evidence(session, bank, draft.content)
    check_claims(session, bank, draft.claims)
    question = Question(
        bank_id=bank.id,
        section_id=_section_id(session, bank, draft.section),
        slug=_free_slug(session, bank, draft.content.stem),
        status=draft.status,
        position=1_000_000,
        edited_here=True,
    )
    session.add(question)
    session.flush()
    add_version(session, question, document_of(draft, question), author_id, now)
    return question


def edit_question(
    session: Session, question: Question, draft: Draft, seen_version: int, author_id: int, now: datetime
) -> bool:
    """Change a question; whether that made a new version (a change of status or section alone makes none).

    `seen_version` is the number the editor was opened with. Raises ChangedMeanwhile, EvidenceNotFound,
    UnknownClaims.
    """
    if question.current.number != seen_version:
        raise ChangedMeanwhile
    check_evidence(session, question.bank, draft.content)
    check_claims(session, question.bank, draft.claims)
    section_id = _section_id(session, question.bank, draft.section)
    document = document_of(draft, question)
    changed = document.digest() != question.current.digest
    if changed or question.status != draft.status or question.section_id != section_id:
        question.edited_here = True
    question.status, question.section_id = draft.status, section_id
    if changed:
        add_version(session, question, document, author_id, now)
    session.flush()
    return changed


def document_of(draft: Draft, question: Question | None) -> QuestionDocument:
    """The draft as a document: of a question that exists, or of one that has no id yet."""
    return QuestionDocument.model_validate(
        {
            "id": question.slug if question else "new-question",
            "kind": draft.kind,
            "status": draft.status,
            "frame": draft.frame,
            "level": draft.level,
            "objective": draft.objective,
            "claims": draft.claims,
            "waivers": tuple(question.waivers) if question else (),
            "content": draft.content,
        }
    )


def _section_id(session: Session, bank: Bank, slug: str) -> int:
    return session.scalars(select(Section.id).where(Section.source_id == bank.source_id, Section.slug == slug)).one()


def slug_from(text: str) -> str:
    """An id made of the first words of `text`: lower-case letters, digits and hyphens, at most 60 characters."""
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return "-".join(words)[:60].strip("-") or "untitled"


def _free_slug(session: Session, bank: Bank, stem: str) -> str:
    base = slug_from(" ".join(stem.split()[:8]))
    taken = set(session.scalars(select(Question.slug).where(Question.bank_id == bank.id)))
    return first_free(base, taken)


def first_free(base: str, taken: set[str]) -> str:
    """`base`, or the first of base-2, base-3, … that is not taken."""
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


@dataclass(frozen=True)
class QuestionFilter:
    """What the list of questions is narrowed to; empty means any."""

    section: str = ""
    kind: str = ""
    level: str = ""
    status: str = ""
    words: str = ""


def list_questions(session: Session, bank: Bank, wanted: QuestionFilter) -> Sequence[Question]:
    """The bank's questions in order, narrowed."""
    query = (
        select(Question)
        .join(QuestionVersion, Question.current_version_id == QuestionVersion.id)
        .join(Section, Section.id == Question.section_id)
        .where(Question.bank_id == bank.id)
        .order_by(Section.position, Question.position, Question.id)
        .options(selectinload(Question.current), selectinload(Question.section))
    )
    if wanted.section:
        query = query.where(Section.slug == wanted.section)
    if wanted.kind:
        query = query.where(QuestionVersion.kind == wanted.kind)
    if wanted.level:
        query = query.where(QuestionVersion.level == wanted.level)
    if wanted.status:
        query = query.where(Question.status == wanted.status)
    found = session.scalars(query).all()
    words = wanted.words.casefold().split()
    return [question for question in found if all(word in _searched(question) for word in words)]


def _searched(question: Question) -> str:
    return f"{question.slug} {question.current.content['stem']}".casefold()


def content_from(kind: str, data: Mapping[str, Any]) -> Content:
    """The content of a question of this kind from plain data. Raises pydantic.ValidationError."""
    content: Content = kind_named(kind).load_content(data)
    return content
