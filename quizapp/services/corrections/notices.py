"""What a student is told of corrections: beside the answer they touched, and that a score has changed.

Nothing is told that the feedback policy holds back: a correction names the key.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from quizapp.domain.certainty import CertaintyUse
from quizapp.domain.feedback import Aspect
from quizapp.models import Attempt, Correction, CorrectionEffect, Deed
from quizapp.services.attempts.reviewing import ReviewedSlot
from quizapp.services.attempts.showing import AttemptState, attempt_state


@dataclass(frozen=True)
class Notice:
    """A correction beside an answer. What may not be told is empty or None.

    `reason` and `details` go with the key and the explanation; the marks, of the answer and of the attempt, go with
    the mark. `undone` is when it was taken back.
    """

    deed: Deed | None
    details: dict[str, Any]
    reason: str
    made: datetime
    undone: datetime | None
    spared: bool
    marks: tuple[float, float] | None = None
    scores: tuple[float, float, float, float] | None = None
    """The attempt's score and what was possible, before and after."""


def notices(session: Session, state: AttemptState, reviewed: Sequence[ReviewedSlot]) -> dict[int, tuple[Notice, ...]]:
    """What is told beside each of these answers, by position. One statement."""
    shown = [item for item in reviewed if Aspect.MARK in item.shown or Aspect.KEY in item.shown]
    if not shown:
        return {}
    ruled = {number for item in shown if item.slot.correction for number in item.slot.correction.corrections}
    own = and_(CorrectionEffect.correction_id == Correction.id, CorrectionEffect.attempt_id == state.id)
    rows = session.execute(
        select(Correction, CorrectionEffect)
        .outerjoin(CorrectionEffect, own)
        .where(or_(CorrectionEffect.id.is_not(None), Correction.id.in_(ruled)))
        .order_by(Correction.id)
    ).all()
    by_certainty = state.settings.certainty is CertaintyUse.SCORED
    told = {item.slot.position: tuple(_notices(item, rows, by_certainty)) for item in shown}
    return {position: found for position, found in told.items() if found}


def _notices(item: ReviewedSlot, rows: Sequence[Any], by_certainty: bool) -> list[Notice]:
    ruled: Collection[int] = item.slot.correction.corrections if item.slot.correction else ()
    here = [
        (correction, effect)
        for correction, effect in rows
        if (effect is not None and effect.position == item.slot.position) or (effect is None and correction.id in ruled)
    ]
    return [_notice(item, correction, effect, by_certainty) for correction, effect in here]


def _notice(item: ReviewedSlot, correction: Correction, effect: CorrectionEffect | None, by_certainty: bool) -> Notice:
    why = {Aspect.KEY, Aspect.EXPLANATION} <= item.shown
    keyed = Aspect.KEY in item.shown
    touched = effect is not None and Aspect.MARK in item.shown
    return Notice(
        deed=correction.deed if keyed else None,
        details=dict(correction.details) if keyed else {},
        reason=correction.reason if why else "",
        made=correction.made,
        undone=correction.undone,
        spared=touched and effect is not None and effect.spared,
        marks=_marks(item, effect) if touched and not by_certainty else None,
        scores=_scores(effect) if touched else None,
    )


def _marks(item: ReviewedSlot, effect: CorrectionEffect | None) -> tuple[float, float] | None:
    if effect is None or effect.fraction_before is None or effect.fraction_after is None:
        return None
    return effect.fraction_before * item.slot.max_mark, effect.fraction_after * item.slot.max_mark


def _scores(effect: CorrectionEffect | None) -> tuple[float, float, float, float] | None:
    if effect is None or effect.score_before is None or effect.score_after is None or effect.spared:
        return None
    return effect.score_before, effect.max_score_before, effect.score_after, effect.max_score_after


@dataclass(frozen=True)
class ChangedScore:
    """A score that a correction has changed, or that changed back when it was undone, and its owner has not seen."""

    attempt_id: int
    position: int
    quiz: str | None
    before: float
    after: float
    made: datetime


def changed_scores(session: Session, user_id: int, now: datetime) -> list[ChangedScore]:
    """The person's scores that have changed so, as far as they may see them; the latest first.

    `before` and `after` are shares of at most 1.
    """
    rows = session.execute(
        select(CorrectionEffect, Correction)
        .join(Correction, Correction.id == CorrectionEffect.correction_id)
        .join(Attempt, Attempt.id == CorrectionEffect.attempt_id)
        .where(
            Attempt.user_id == user_id,
            CorrectionEffect.seen.is_(None),
            CorrectionEffect.spared.is_(False),
            CorrectionEffect.score_before.is_not(None),
        )
        .order_by(Correction.id.desc(), CorrectionEffect.id)
    ).all()
    found = (_changed_score(session, effect, correction, now) for effect, correction in rows)
    return [one for one in found if one is not None]


def _changed_score(
    session: Session, effect: CorrectionEffect, correction: Correction, now: datetime
) -> ChangedScore | None:
    state = attempt_state(session, effect.attempt_id)
    if state.is_open or not state.shown_of_score(now):
        return None
    before = _share(effect.score_before, effect.max_score_before)
    after = _share(effect.score_after, effect.max_score_after)
    if correction.undone is not None:
        before, after = after, before
    if abs(before - after) < 0.0005:
        return None
    when = correction.undone or correction.made
    return ChangedScore(state.id, effect.position, state.quiz_title, before, after, when)


def _share(score: float | None, possible: float) -> float:
    return (score or 0.0) / possible if possible else 0.0


def unseen(session: Session, attempt_id: int) -> bool:
    """Whether a correction has touched the attempt since its owner looked last."""
    found = select(CorrectionEffect.id).where(
        CorrectionEffect.attempt_id == attempt_id, CorrectionEffect.seen.is_(None)
    )
    return session.scalar(found.limit(1)) is not None


def saw(session: Session, attempt_id: int, now: datetime) -> None:
    """The owner has looked at what corrections did to the attempt."""
    touched = update(CorrectionEffect).where(CorrectionEffect.attempt_id == attempt_id, CorrectionEffect.seen.is_(None))
    session.execute(touched.values(seen=now), execution_options={"synchronize_session": False})
