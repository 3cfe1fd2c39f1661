"""Another question on the same lines: for who should show again, in other words, what a passage says."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.domain.same_lines import Lines, lines_of, nearest_first
from quizapp.models import Bank, DecidingPassage, Passage, PassageVersion, Question, QuestionVersion
from quizapp.services.attempts.pinned import PinnedQuestion, pinned_questions


@dataclass
class _Basis:
    """Where a question's lines may be: enough to pass over those it cannot share any with."""

    question_id: int
    source_id: int
    bank_id: int
    version_id: int
    published: bool
    claims: frozenset[str]
    passages: set[int] = field(default_factory=set)

    def may_meet(self, other: "_Basis") -> bool:
        """Whether the two, of one bank, share a passage or a claim."""
        if self.bank_id != other.bank_id or self.question_id == other.question_id:
            return False
        return not (self.passages.isdisjoint(other.passages) and self.claims.isdisjoint(other.claims))


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_BASES = (
    select(
        Question.id, Bank.source_id, Question.bank_id, QuestionVersion.id, Question.status == Status.PUBLISHED,
        QuestionVersion.claims, DecidingPassage.passage_id,
    )
    .join(Bank, Bank.id == Question.bank_id)
    .join(QuestionVersion, QuestionVersion.id == Question.current_version_id)
    .outerjoin(DecidingPassage, DecidingPassage.question_version_id == QuestionVersion.id)
    .where(
        Question.bank_id.in_(select(Question.bank_id).where(Question.id.in_(_IDS))),
        or_(Question.status == Status.PUBLISHED, Question.id.in_(_IDS)),
    )
    .order_by(Question.section_id, Question.position, Question.id)
)  # fmt: skip
_TEXTS = (
    select(Passage.source_id, Passage.slug, PassageVersion.text)
    .join(PassageVersion, PassageVersion.id == Passage.current_version_id)
    .where(Passage.id.in_(_IDS))
)


def question_on_same_lines(session: Session, question_id: int, avoid: Collection[int]) -> int | None:
    """The nearest other published question on the same lines that is not one to avoid; None where there is none."""
    near = questions_on_same_lines(session, [question_id]).get(question_id, [])
    return next((found for found in near if found not in avoid), None)


def questions_on_same_lines(session: Session, question_ids: Collection[int]) -> dict[int, list[int]]:
    """For each of these questions the other published ones of its bank on the same lines, the nearest first.

    Judged by the questions and the passages as they stand now. Three statements, however many are asked for.
    """
    bases = _bases(session, question_ids)
    near = {
        asked: [other for other in bases.values() if other.published and other.may_meet(bases[asked])]
        for asked in question_ids
        if asked in bases
    }
    needed = {basis.question_id: basis for asked, others in near.items() for basis in (bases[asked], *others)}
    lines = _lines(session, needed.values())
    return {
        asked: nearest_first(lines[asked], {other.question_id: lines[other.question_id] for other in others})
        for asked, others in near.items()
    }


def _bases(session: Session, question_ids: Collection[int]) -> dict[int, _Basis]:
    bases: dict[int, _Basis] = {}
    for number, source, bank, version, published, claims, passage in session.execute(
        _BASES, {"ids": list(question_ids)}
    ):
        basis = bases.setdefault(number, _Basis(number, source, bank, version, published, frozenset(claims)))
        if passage is not None:
            basis.passages.add(passage)
    return bases


def _lines(session: Session, bases: Iterable[_Basis]) -> dict[int, Lines]:
    every = list(bases)
    questions = pinned_questions(session, [basis.version_id for basis in every])
    texts = _texts(session, {passage for basis in every for passage in basis.passages})
    return {
        basis.question_id: _lines_of(questions[basis.version_id], basis, texts.get(basis.source_id, {}))
        for basis in every
    }


def _texts(session: Session, passages: Collection[int]) -> dict[int, dict[str, str]]:
    """The words of these passages as they stand now, by source and slug."""
    texts: dict[int, dict[str, str]] = {}
    for source, slug, text in session.execute(_TEXTS, {"ids": list(passages)}):
        texts.setdefault(source, {})[slug] = text
    return texts


def _lines_of(question: PinnedQuestion, basis: _Basis, texts: Mapping[str, str]) -> Lines:
    quotes = [(evidence.passage, evidence.quote) for evidence in question.content.evidence]
    return lines_of(quotes, basis.claims, texts)
