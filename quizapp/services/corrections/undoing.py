"""A correction taken back: rulings and marks as they were before it, and the question in its words of before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.formats.document import digest_of
from quizapp.models import Correction, CorrectionEffect, Question, QuestionVersion
from quizapp.services.attempts.showing import as_ruling
from quizapp.services.banks import add_version, question_document
from quizapp.services.corrections.answers import (
    Answer,
    AttemptChange,
    Change,
    Marker,
    changed_attempts,
    settled_answers,
)
from quizapp.services.corrections.applying import ChangedMeanwhile, hold, write
from quizapp.services.corrections.planning import fingerprint
from quizapp.services.corrections.shapes import versions_of


class NotTheLatest(Exception):
    """A later correction of the same question stands on this one; that has to be undone first."""


class UndoneAlready(Exception):
    """The correction is undone."""


@dataclass(frozen=True)
class UndoPlan:
    """What undoing would do.

    `remarked` are the places (attempt id and position) of answers that a teacher has marked since: those marks stay.
    `restores_words` says that the question gets a version with its words of before; false where the correction made no
    new version, or has been edited since: then `edited_since` is true.
    """

    correction: Correction
    attempts: tuple[AttemptChange, ...]
    remarked: tuple[tuple[int, int], ...]
    restores_words: bool
    edited_since: bool
    seen: str


def is_latest(session: Session, correction: Correction) -> bool:
    """Whether it is the latest correction of its question that is not undone."""
    latest = session.scalar(
        select(Correction.id)
        .where(Correction.question_id == correction.question_id, Correction.undone.is_(None))
        .order_by(Correction.id.desc())
        .limit(1)
    )
    return latest == correction.id


def plan_undo(session: Session, correction: Correction) -> UndoPlan:
    """What undoing the correction would do. Raises UndoneAlready, NotTheLatest."""
    if correction.undone is not None:
        raise UndoneAlready
    if not is_latest(session, correction):
        raise NotTheLatest
    question = correction.question
    before = {int(number): data for number, data in correction.rulings_before.items()}
    effects = _effects(session, correction)
    marker = Marker(versions_of(question))
    rulings = {number: as_ruling(data) for number, data in before.items()}
    changes, remarked = [], []
    for answer in settled_answers(session, before):
        effect = effects.get((answer.attempt_id, answer.position))
        if answer.marked is not None and answer.marked > correction.made:
            remarked.append((answer.attempt_id, answer.position))
        changes.append(_undone(correction, answer, effect, marker, rulings[answer.version_id]))
    attempts = changed_attempts(session, (change for change in changes if change), sparing=False)
    made_new = correction.version_before_id is not None and correction.version_after_id is not None
    # By its words and not by its number: undoing a later correction has brought them back as a version of their own.
    after = correction.version_after
    still_current = after is not None and question.current.digest == after.digest
    return UndoPlan(
        correction,
        tuple(attempts),
        tuple(remarked),
        restores_words=made_new and still_current,
        edited_since=made_new and not still_current,
        seen=_fingerprint(correction, question, attempts, remarked),
    )


def _effects(session: Session, correction: Correction) -> dict[tuple[int, int], CorrectionEffect]:
    rows = session.scalars(select(CorrectionEffect).where(CorrectionEffect.correction_id == correction.id))
    return {(effect.attempt_id, effect.position): effect for effect in rows}


def _undone(
    correction: Correction, answer: Answer, effect: CorrectionEffect | None, marker: Marker, ruling: Any
) -> Change | None:
    """The answer as it was before; marked anew where it has been answered or marked since, or was open then."""
    if effect is not None and not _marked_since(correction, answer, effect):
        held = as_ruling(effect.kept_before) if effect.spared_before else ruling
        return _if_other(answer, Change(answer, effect.fraction_before, held, effect.spared_before, effect.kept_before))
    if answer.spared:
        return None
    ruled = marker.mark(answer, ruling)
    return _if_other(answer, Change(answer, ruled.fraction, ruling))


def _marked_since(correction: Correction, answer: Answer, effect: CorrectionEffect) -> bool:
    later = any(moment is not None and moment > correction.made for moment in (answer.marked, answer.settled))
    return later or (answer.fraction, answer.spared) != (effect.fraction_after, effect.spared)


def _if_other(answer: Answer, change: Change) -> Change | None:
    earns_the_same = answer.earned(answer.fraction, answer.ruling) == answer.earned(change.fraction, change.ruling)
    same = earns_the_same and (answer.spared, answer.kept) == (change.spared, change.kept)
    return None if same else change


def _fingerprint(
    correction: Correction, question: Question, attempts: Iterable[AttemptChange], remarked: list[tuple[int, int]]
) -> str:
    looked_at = {
        "correction": correction.id,
        "question": [question.id, question.current_version_id, str(question.status)],
        "rulings": {str(version.id): version.ruling for version in question.versions},
        "attempts": [fingerprint(attempt) for attempt in sorted(attempts, key=lambda one: one.attempt_id)],
        "remarked": remarked,
    }
    return digest_of(looked_at)


def undo(session: Session, correction: Correction, seen: str, teacher_id: int, now: datetime) -> UndoPlan:
    """Undo the correction as the dry run with the fingerprint `seen` said.

    Raises UndoneAlready, NotTheLatest, and ChangedMeanwhile where something has changed since the dry run.
    """
    question = correction.question
    hold(session, question)
    planned = plan_undo(session, correction)
    if planned.seen != seen:
        raise ChangedMeanwhile(planned)
    for version in question.versions:
        if str(version.id) in correction.rulings_before:
            version.ruling = correction.rulings_before[str(version.id)]
    if planned.restores_words:
        _restore_words(session, correction, question, teacher_id, now)
    status = correction.details.get("status_before")
    if status and question.status == Status.RETIRED:
        question.status = Status(status)
    correction.undone, correction.undone_by_id = now, teacher_id
    session.flush()
    write(session, planned.attempts)
    effects = update(CorrectionEffect).where(CorrectionEffect.correction_id == correction.id)
    session.execute(effects.values(seen=None), execution_options={"synchronize_session": False})
    session.flush()
    session.expire_all()
    return planned


def _restore_words(
    session: Session, correction: Correction, question: Question, teacher_id: int, now: datetime
) -> None:
    before = session.get(QuestionVersion, correction.version_before_id)
    assert before is not None  # noqa: S101  a question's versions go with it
    ruling = correction.rulings_before.get(str(before.id), before.ruling)
    restored = add_version(session, question, question_document(question, before), teacher_id, now)
    restored.ruling = ruling
