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

LAST = 1_000_000
"""The place of a question written in the browser: behind those of the files, in the order they were written."""


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
    """Somebody changed it since the editor was opened: its words, or its status, section or tags."""


@dataclass(frozen=True)
class Draft:
    """A question as the editor gives it, already of the right shape. `tags` of None leaves the question's own."""

    section: str
    kind: str
    status: Status
    frame: str
    level: str
    objective: int
    content: Content
    claims: tuple[str, ...] = ()
    tags: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Beside:
    """What stands beside a question's versions, such as it was when the editor was opened; None where not told."""

    section: str | None = None
    status: Status | None = None
    tags: tuple[str, ...] | None = None


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
        .where(Passage.source_id == bank.source_id, Passage.removed.is_(None))
        .order_by(Section.position, Passage.position)
        .options(selectinload(PassageVersion.notes))
    )
    return [(passage, version) for passage, version in rows]


def check_evidence(session: Session, bank: Bank, content: Content) -> None:
    """Raise EvidenceNotFound for the first quote that does not stand in its passage."""
    texts = passage_texts(session, bank)
    for index, evidence in enumerate(content.all_evidence()):
        if not stands(texts, evidence.passage, evidence.quote):
            deciding = index if index < len(content.evidence) else None
            raise EvidenceNotFound(evidence.quote, evidence.passage, deciding)


def passage_texts(session: Session, bank: Bank) -> dict[str, str]:
    """The current words of the bank's passages, by slug."""
    rows = session.execute(
        select(Passage.slug, PassageVersion.text)
        .join(PassageVersion, PassageVersion.id == Passage.current_version_id)
        .where(Passage.source_id == bank.source_id, Passage.removed.is_(None))
    )
    return dict(rows.all())


def stands(texts: Mapping[str, str], passage: str, quote: str) -> bool:
    """Whether a quote stands in its passage, of which these are the words."""
    return passage in texts and find_quote(texts[passage], quote) is not None


def create_question(session: Session, bank: Bank, draft: Draft, author_id: int, now: datetime) -> Question:
    """A new question with its first version. Raises EvidenceNotFound, UnknownClaims."""
    check_evidence(session, bank, draft.content)
    check_claims(session, bank, draft.claims)
    question = Question(
        bank_id=bank.id,
        section_id=section_id(session, bank, draft.section),
        slug=free_slug(session, bank, draft.content.stem),
        status=draft.status,
        position=LAST,
        edited_here=True,
        tags=list(draft.tags or ()),
    )
    session.add(question)
    session.flush()
    add_version(session, question, document_of(draft, question), author_id, now)
    return question


def edit_question(
    session: Session,
    question: Question,
    draft: Draft,
    seen_version: int,
    author_id: int,
    now: datetime,
    seen: Beside | None = None,
) -> bool:
    """Change a question; whether that made a new version (a change of status, section or tags alone makes none).

    `seen_version` is the number the editor was opened with, `seen` what stood beside it. Raises ChangedMeanwhile,
    EvidenceNotFound, UnknownClaims.
    """
    take_turn(session, question)
    if question.current.number != seen_version or _moved_meanwhile(question, draft, seen or Beside()):
        raise ChangedMeanwhile
    check_evidence(session, question.bank, draft.content)
    check_claims(session, question.bank, draft.claims)
    section = section_id(session, question.bank, draft.section)
    document = document_of(draft, question)
    changed = document.digest() != question.current.digest
    if changed or question.status != draft.status or question.section_id != section:
        question.edited_here = True
    question.status, question.section_id = draft.status, section
    if draft.tags is not None:
        question.tags = list(draft.tags)
    if changed:
        add_version(session, question, document, author_id, now)
    session.flush()
    session.expire(question, ["section"])
    return changed


def take_turn(session: Session, question: Question) -> None:
    """Wait for whoever is changing this question just now, and look at it anew; SQLite's writers queue anyway."""
    session.flush()
    session.refresh(question, with_for_update=True)
    session.expire(question, ["current", "section"])


def _moved_meanwhile(question: Question, draft: Draft, seen: Beside) -> bool:
    """Whether something beside the versions is neither as it was seen nor as it is wanted."""
    return (
        (seen.section is not None and question.section.slug not in (seen.section, draft.section))
        or (seen.status is not None and question.status not in (seen.status, draft.status))
        or (seen.tags is not None and tuple(question.tags) not in (seen.tags, draft.tags))
    )


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
            "tags": draft.tags if draft.tags is not None else tuple(question.tags) if question else (),
            "content": draft.content,
        }
    )


def section_id(session: Session, bank: Bank, slug: str) -> int:
    """The id of a section of the bank's text. Raises NoResultFound."""
    return session.scalars(select(Section.id).where(Section.source_id == bank.source_id, Section.slug == slug)).one()


def slug_from(text: str) -> str:
    """An id made of the first words of `text`: lower-case letters, digits and hyphens, at most 60 characters."""
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return "-".join(words)[:60].strip("-") or "untitled"


def free_slug(session: Session, bank: Bank, stem: str) -> str:
    """An id for a new question of the bank, of the first words of its stem."""
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
