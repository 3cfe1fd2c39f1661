"""A correction applied: new version, rulings, marks, scores and the ledger's entry, all or nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.domain.rulings import Ruling
from quizapp.models import Attempt, AttemptSlot, Correction, CorrectionEffect, Question, QuestionVersion
from quizapp.models.base import table_of
from quizapp.services.banks import add_version, question_document
from quizapp.services.corrections.answers import AttemptChange, Change, quizzes_of
from quizapp.services.corrections.planning import Plan, plan
from quizapp.services.corrections.proposals import NEW, Proposal
from quizapp.services.item_analysis import tallying


class ChangedMeanwhile(Exception):
    """What was looked at is not what would be done now: `plan` is how it stands."""

    def __init__(self, now: Any) -> None:
        super().__init__()
        self.plan = now


def apply(
    session: Session,
    question: Question,
    head_id: int | None,
    proposal: Proposal,
    seen: str,
    teacher_id: int,
    now: datetime,
) -> Correction:
    """Make the correction whose dry run has the fingerprint `seen`; sent twice, the first one is given back.

    Raises CorrectionRefused, and ChangedMeanwhile where something has changed since the dry run.
    """
    hold(session, question)
    made = _made_already(session, question.id, seen)
    if made is not None:
        return made
    planned = plan(session, question, head_id, proposal)
    if planned.seen != seen:
        raise ChangedMeanwhile(planned)
    correction = _entry(session, question, planned, teacher_id, now)
    _rule(session, question, planned, correction, now)
    write(session, planned.attempts)
    _record(session, correction, planned.attempts)
    session.flush()
    session.expire_all()
    return correction


def hold(session: Session, question: Question) -> None:
    """Take the turn at all that a correction reads and writes, in the order that others keep too.

    First the kept sums, then the versions, which a checked answer holds while it is marked, then the attempts, which a
    submission holds. SQLite's writers queue anyway.
    """
    ids = [version.id for version in question.versions]
    tallying.forget(session, quizzes_of(session, ids))
    versions = select(QuestionVersion.id).where(QuestionVersion.id.in_(ids)).order_by(QuestionVersion.id)
    session.execute(versions.with_for_update(key_share=True)).all()
    asked = select(AttemptSlot.attempt_id).where(AttemptSlot.question_version_id.in_(ids))
    session.execute(select(Attempt.id).where(Attempt.id.in_(asked)).order_by(Attempt.id).with_for_update()).all()
    session.expire_all()


def _made_already(session: Session, question_id: int, seen: str) -> Correction | None:
    latest = session.scalar(
        select(Correction).where(Correction.question_id == question_id).order_by(Correction.id.desc()).limit(1)
    )
    same = latest is not None and latest.undone is None and latest.details.get("seen") == seen
    return latest if same else None


def _entry(session: Session, question: Question, planned: Plan, teacher_id: int, now: datetime) -> Correction:
    proposal = planned.proposal
    retires = proposal.retires and question.status != Status.RETIRED
    stored = {version.id: version.ruling for version in question.versions}
    correction = Correction(
        question_id=question.id,
        deed=proposal.deed,
        details={
            **planned.prepared.details,
            "seen": planned.seen,
            **({"status_before": str(question.status)} if retires else {}),
        },
        reason=proposal.reason.replace("\r\n", "\n").strip(),
        lowers=proposal.lowers,
        rulings_before={str(number): stored[number] for number in planned.prepared.rulings},
        made=now,
        made_by_id=teacher_id,
    )
    session.add(correction)
    if retires:
        question.status, question.edited_here = Status.RETIRED, True
    session.flush()
    return correction


def _rule(session: Session, question: Question, planned: Plan, correction: Correction, now: datetime) -> None:
    """Make the new version, if there is one, and set the rulings on those concerned."""
    prepared, new_id = planned.prepared, None
    if prepared.content is not None:
        current = question.current_version_id
        head = next(version for version in question.versions if version.id == planned.shape.head.id)
        document = question_document(question, head).model_copy(update={"content": prepared.content})
        new = add_version(session, question, document, correction.made_by_id, now)
        new.ruling = _stored(prepared.own_ruling)
        new_id = correction.version_after_id = new.id
        if planned.shape.current:
            correction.version_before_id, question.edited_here = current, True
        else:
            question.current_version_id = current
    for version in question.versions:
        ruling = prepared.rulings.get(version.id)
        if ruling is not None:
            by = new_id if ruling.by_version == NEW else ruling.by_version
            changed = ruling.model_copy(update={"by_version": by}).made_by(correction.id)
            version.ruling = _stored(changed)
    session.flush()


def _stored(ruling: Ruling | None) -> dict[str, Any] | None:
    return None if ruling is None else ruling.model_dump(mode="json")


_SLOT, _ATTEMPT = table_of(AttemptSlot), table_of(Attempt)
_MARK = (
    update(_SLOT)
    .where(_SLOT.c.attempt_id == bindparam("attempt"), _SLOT.c.position == bindparam("place"))
    .values(
        fraction=bindparam("share", type_=_SLOT.c.fraction.type),
        spared=bindparam("is_spared", type_=_SLOT.c.spared.type),
        kept_ruling=bindparam("kept", type_=_SLOT.c.kept_ruling.type),
    )
)
_SCORE = (
    update(_ATTEMPT)
    .where(_ATTEMPT.c.id == bindparam("attempt"))
    .values(
        score=bindparam("earned", type_=_ATTEMPT.c.score.type),
        max_score=bindparam("possible", type_=_ATTEMPT.c.max_score.type),
        awaiting=bindparam("waiting", type_=_ATTEMPT.c.awaiting.type),
    )
)


def write(session: Session, attempts: Sequence[AttemptChange]) -> None:
    """Store the marks of the answers, and the scores of the attempts that are submitted."""
    connection = session.connection()
    marks = [_marked(change) for attempt in attempts for change in attempt.changes]
    scores = [
        {
            "attempt": attempt.attempt_id,
            "earned": attempt.after.earned,
            "possible": attempt.after.possible,
            "waiting": attempt.awaiting,
        }
        for attempt in attempts
        if not attempt.open
    ]
    if marks:
        connection.execute(_MARK, marks)
    if scores:
        connection.execute(_SCORE, scores)


def _marked(change: Change) -> dict[str, Any]:
    return {
        "attempt": change.answer.attempt_id,
        "place": change.answer.position,
        "share": change.fraction,
        "is_spared": change.spared,
        "kept": change.kept,
    }


def _record(session: Session, correction: Correction, attempts: Iterable[AttemptChange]) -> None:
    rows = [
        {
            "correction_id": correction.id,
            "attempt_id": attempt.attempt_id,
            "position": change.answer.position,
            "fraction_before": change.answer.fraction,
            "fraction_after": change.fraction,
            "score_before": None if attempt.open else attempt.before.earned,
            "score_after": None if attempt.open else attempt.after.earned,
            "max_score_before": attempt.before.possible,
            "max_score_after": attempt.after.possible,
            "spared_before": change.answer.spared,
            "spared": change.spared,
            "kept_before": change.answer.kept,
        }
        for attempt in attempts
        for change in attempt.changes
    ]
    if rows:
        session.connection().execute(insert(table_of(CorrectionEffect)), rows)
