"""The ledger of corrections: who changed what, when and why, and how many answers it touched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from quizapp.models import (
    Assignment,
    Attempt,
    Correction,
    CorrectionEffect,
    Deed,
    Question,
    QuestionVersion,
    Quiz,
    User,
)


@dataclass(frozen=True)
class Entry:
    """A line of the ledger. Names are None for accounts that are gone.

    `changed` answers earn another mark since, `lowered` attempts among theirs lost by it, and `spared` ones would have.
    """

    id: int
    question_id: int
    slug: str
    stem: str
    deed: Deed
    details: dict[str, Any]
    reason: str
    lowers: bool
    made: datetime
    made_by: str | None
    undone: datetime | None
    undone_by: str | None
    changed: int
    lowered: int
    spared: int


_LOST: ColumnElement[bool] = and_(
    CorrectionEffect.spared.is_(False),
    CorrectionEffect.score_after * CorrectionEffect.max_score_before
    < CorrectionEffect.score_before * CorrectionEffect.max_score_after - 1e-9,
)


def _entries() -> Select[*tuple[Any, ...]]:
    counts = (
        select(
            CorrectionEffect.correction_id,
            func.sum(case((CorrectionEffect.spared, 0), else_=1)).label("changed"),
            func.sum(case((_LOST, 1), else_=0)).label("lowered"),
            func.sum(case((CorrectionEffect.spared, 1), else_=0)).label("spared"),
        )
        .group_by(CorrectionEffect.correction_id)
        .subquery()
    )
    by, undone_by, current = aliased(User), aliased(User), aliased(QuestionVersion)
    return (
        select(
            Correction.id,
            Question.id,
            Question.slug,
            current.content,
            Correction.deed,
            Correction.details,
            Correction.reason,
            Correction.lowers,
            Correction.made,
            by.display_name,
            Correction.undone,
            undone_by.display_name,
            func.coalesce(counts.c.changed, 0),
            func.coalesce(counts.c.lowered, 0),
            func.coalesce(counts.c.spared, 0),
        )
        .join(Question, Question.id == Correction.question_id)
        .join(current, current.id == Question.current_version_id)
        .outerjoin(by, by.id == Correction.made_by_id)
        .outerjoin(undone_by, undone_by.id == Correction.undone_by_id)
        .outerjoin(counts, counts.c.correction_id == Correction.id)
        .order_by(Correction.id.desc())
    )


def _entry(row: Any) -> Entry:
    values = list(row)
    values[3] = str(values[3]["stem"])
    return Entry(*values)


def of_bank(session: Session, bank_id: int) -> Sequence[Entry]:
    """The corrections of a bank's questions, the latest first."""
    return [_entry(row) for row in session.execute(_entries().where(Question.bank_id == bank_id))]


def of_question(session: Session, question_id: int) -> Sequence[Entry]:
    """The corrections of one question, the latest first."""
    return [_entry(row) for row in session.execute(_entries().where(Question.id == question_id))]


def entry(session: Session, correction_id: int) -> Entry:
    """One line of the ledger; the correction must exist."""
    return _entry(session.execute(_entries().where(Correction.id == correction_id)).one())


@dataclass(frozen=True)
class Effect:
    """What a correction did to one attempt. Scores are shares of at most 1, None while the attempt was open."""

    attempt_id: int
    user_id: int
    student: str
    quiz: str | None
    position: int
    fraction_before: float | None
    fraction_after: float | None
    before: float | None
    after: float | None
    spared: bool


def effects(session: Session, correction_id: int) -> list[Effect]:
    """What it did, student by student."""
    rows = session.execute(
        select(CorrectionEffect, Attempt.user_id, User.display_name, func.coalesce(Assignment.title, Quiz.title))
        .join(Attempt, Attempt.id == CorrectionEffect.attempt_id)
        .join(User, User.id == Attempt.user_id)
        .outerjoin(Quiz, Quiz.id == Attempt.quiz_id)
        .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
        .where(CorrectionEffect.correction_id == correction_id)
        .order_by(User.display_name, User.id, CorrectionEffect.id)
    )
    return [
        Effect(
            effect.attempt_id,
            user_id,
            name,
            quiz,
            effect.position,
            effect.fraction_before,
            effect.fraction_after,
            share(effect.score_before, effect.max_score_before),
            share(effect.score_after, effect.max_score_after),
            effect.spared,
        )
        for effect, user_id, name, quiz in rows
    ]


def share(score: float | None, possible: float) -> float | None:
    """A score as a share; 0 where nothing was possible, None for no score."""
    if score is None:
        return None
    return score / possible if possible else 0.0
