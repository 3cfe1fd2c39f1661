"""What never changes once it exists, kept in memory: question and passage versions, and the plans of attempts.

Content is immutable per version and a plan is fixed when its attempt starts, so neither cache is ever stale; they are
kept per database engine and bounded.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import QuizSettings
from quizapp.kinds import kind_named
from quizapp.kinds.base import Kind
from quizapp.kinds.content import Content
from quizapp.models import Attempt, AttemptSlot, QuestionVersion
from quizapp.models.engine import Database
from quizapp.services.kept import Kept
from quizapp.services.reading import PassageView, passage_labels, passage_views


@dataclass(frozen=True)
class PinnedQuestion:
    """A question version, ready to be asked and marked."""

    version_id: int
    question_id: int
    number: int
    kind: Kind[Any, Any]
    content: Content
    frame: str
    level: str
    objective: int


@dataclass(frozen=True)
class PlannedSlot:
    """The unchanging part of a slot."""

    position: int
    version_id: int
    order: tuple[int, ...]
    passages: tuple[int, ...]
    max_mark: float


@dataclass(frozen=True)
class Plan:
    """The unchanging part of an attempt. Whose it is does not belong here: a guest's attempt finds another owner."""

    attempt_id: int
    mode: Mode
    settings: QuizSettings
    slots: tuple[PlannedSlot, ...]


_QUESTIONS: Kept[int, PinnedQuestion] = Kept(size=20_000)
_PLANS: Kept[int, Plan] = Kept(size=50_000)
_PASSAGES: Kept[int, PassageView] = Kept(size=5_000)

_SELECT_VERSIONS = select(
    QuestionVersion.id,
    QuestionVersion.question_id,
    QuestionVersion.number,
    QuestionVersion.kind,
    QuestionVersion.content,
    QuestionVersion.frame,
    QuestionVersion.level,
    QuestionVersion.objective,
).where(QuestionVersion.id.in_(bindparam("ids", expanding=True)))

_SELECT_PLAN = (
    select(
        Attempt.mode,
        Attempt.settings,
        AttemptSlot.position,
        AttemptSlot.question_version_id,
        AttemptSlot.order,
        AttemptSlot.passages,
        AttemptSlot.max_mark,
    )
    .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
    .where(Attempt.id == bindparam("attempt_id"))
    .order_by(AttemptSlot.position)
)


def pinned_questions(database: Database, version_ids: Iterable[int]) -> dict[int, PinnedQuestion]:
    """The question versions with these ids."""

    def load(ids: list[int]) -> dict[int, PinnedQuestion]:
        found: dict[int, PinnedQuestion] = {}
        for row in database.execute(_SELECT_VERSIONS, {"ids": ids}):
            kind = kind_named(row.kind)
            content = kind.load_content(row.content)
            found[row.id] = PinnedQuestion(
                row.id, row.question_id, row.number, kind, content, row.frame, row.level, row.objective
            )
        return found

    return _QUESTIONS.get(database, version_ids, load)


def plan_of(database: Database, attempt_id: int) -> Plan | None:
    """The plan of an attempt; None where there is no such attempt."""

    def load(ids: list[int]) -> dict[int, Plan]:
        rows = database.execute(_SELECT_PLAN, {"attempt_id": ids[0]}).all()
        if not rows:
            return {}
        slots = tuple(
            PlannedSlot(row.position, row.question_version_id, tuple(row.order), tuple(row.passages), row.max_mark)
            for row in rows
        )
        return {ids[0]: Plan(ids[0], rows[0].mode, QuizSettings.model_validate(rows[0].settings), slots)}

    return _PLANS.get(database, [attempt_id], load).get(attempt_id)


def in_memory(database: Database, attempt_id: int, position: int) -> tuple[Plan, PlannedSlot, PinnedQuestion] | None:
    """The plan of an attempt, one of its slots and the question there, if all are in memory; nothing is loaded."""
    plan = _PLANS.peek(database, attempt_id)
    if plan is None or not 1 <= position <= len(plan.slots):
        return None
    slot = plan.slots[position - 1]
    question = _QUESTIONS.peek(database, slot.version_id)
    return None if question is None else (plan, slot, question)


def pinned_passages(session: Session, version_ids: Iterable[int]) -> dict[int, PassageView]:
    """The passage versions with these ids, with their record notes.

    The words are kept; where the passages stand among the others is asked each time, as they can be moved.
    """
    kept = _PASSAGES.get(session, list(version_ids), lambda ids: passage_views(session, ids))
    labels = passage_labels(session, kept)
    return {version: replace(passage, label=labels[version]) for version, passage in kept.items()}
