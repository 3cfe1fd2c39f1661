"""The dry run: what a correction would do to each attempt. Nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.rulings import Ruling
from quizapp.formats.document import digest_of
from quizapp.models import Correction, Question
from quizapp.services.corrections.answers import (
    Answer,
    AttemptChange,
    Change,
    Marker,
    changed_attempts,
    count_open,
    settled_answers,
)
from quizapp.services.corrections.proposals import NEW, Prepared, Proposal, prepare
from quizapp.services.corrections.shapes import Shape, Version, shapes, versions_of


@dataclass(frozen=True)
class Plan:
    """A correction before it is made. `open_attempts` will be marked by it when they are submitted.

    `seen` is a fingerprint of all this: what is applied must be what was looked at.
    """

    shape: Shape
    proposal: Proposal
    prepared: Prepared
    attempts: tuple[AttemptChange, ...]
    answers: int
    open_attempts: int
    seen: str


def plan(session: Session, question: Question, head_id: int | None, proposal: Proposal) -> Plan:
    """What the proposal would do, said of the shape that the version `head_id` belongs to (None: the current one).

    Raises CorrectionRefused.
    """
    versions = versions_of(question)
    shape = shape_with(shapes(question), head_id)
    prepared = prepare(shape, versions, proposal)
    marker = Marker(_with_new(versions, shape, prepared))
    answers = settled_answers(session, prepared.rulings)
    found = (_change(marker, answer, prepared.rulings[answer.version_id]) for answer in answers)
    attempts = changed_attempts(session, (change for change in found if change), sparing=not proposal.lowers)
    return Plan(
        shape,
        proposal,
        prepared,
        tuple(attempts),
        answers=len(answers),
        open_attempts=count_open(session, prepared.rulings),
        seen=digest_of([_latest(session, question), _looked_at(question, proposal, prepared, attempts)]),
    )


def shape_with(found: list[Shape], version_id: int | None) -> Shape:
    """The shape to which a version belongs; the first one where it is unknown."""
    return next((shape for shape in found if any(v.id == version_id for v in shape.versions)), found[0])


def _with_new(versions: Mapping[int, Version], shape: Shape, prepared: Prepared) -> dict[int, Version]:
    if prepared.content is None:
        return dict(versions)
    return {**versions, NEW: replace(shape.head, id=NEW, content=prepared.content, ruling=prepared.own_ruling)}


def _change(marker: Marker, answer: Answer, ruling: Ruling) -> Change | None:
    """What the ruling makes of an answer; None where it earns the same."""
    ruled = marker.mark(answer, ruling)
    now, then = answer.earned(answer.fraction, answer.ruling), answer.earned(ruled.fraction, ruling)
    return None if now == then else Change(answer, ruled.fraction, ruling)


def _latest(session: Session, question: Question) -> int | None:
    """The latest correction, undone or not: a page from before it was undone does not make it once more."""
    return session.scalar(select(func.max(Correction.id)).where(Correction.question_id == question.id))


def _looked_at(question: Question, proposal: Proposal, prepared: Prepared, attempts: list[AttemptChange]) -> Any:
    content = prepared.content
    return {
        "question": [question.id, question.current_version_id, str(question.status)],
        "before": {str(version.id): version.ruling for version in question.versions},
        "proposal": [str(proposal.deed), proposal.reason, proposal.lowers, proposal.retires],
        "rulings": {str(number): ruling.model_dump(mode="json") for number, ruling in prepared.rulings.items()},
        "content": None if content is None else content.model_dump(mode="json"),
        "attempts": [fingerprint(attempt) for attempt in sorted(attempts, key=lambda one: one.attempt_id)],
    }


def fingerprint(attempt: AttemptChange) -> list[Any]:
    """What is looked at of an attempt."""
    scores = [attempt.before.earned, attempt.before.possible, attempt.after.earned, attempt.after.possible]
    answers = [
        [change.answer.position, change.answer.fraction, change.fraction, change.spared] for change in attempt.changes
    ]
    return [attempt.attempt_id, attempt.open, scores, answers]
