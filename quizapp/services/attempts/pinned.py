"""What never changes once it exists, kept in memory: question and passage versions, and the plans of attempts.

Content is immutable per version and a plan is fixed when its attempt starts, so neither cache is ever stale; they are
kept per database engine and bounded.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import QuizSettings
from quizapp.kinds import kind_named
from quizapp.kinds.base import Kind
from quizapp.kinds.content import Content
from quizapp.models import Attempt, AttemptSlot, QuestionVersion
from quizapp.services.reading import PassageView, passage_views

KeyT = TypeVar("KeyT", bound=Hashable)
ValueT = TypeVar("ValueT")


class _Kept(Generic[KeyT, ValueT]):
    """A bounded cache for each engine, the least recently used entry going first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._by_engine: WeakKeyDictionary[Any, OrderedDict[KeyT, ValueT]] = WeakKeyDictionary()
        self._lock = Lock()

    def get(
        self, session: Session, keys: Iterable[KeyT], load: Callable[[list[KeyT]], dict[KeyT, ValueT]]
    ) -> dict[KeyT, ValueT]:
        """The values of all `keys`, those missing fetched by one call of `load`."""
        with self._lock:
            kept = self._by_engine.setdefault(session.get_bind(), OrderedDict())
            found = {key: kept[key] for key in keys if key in kept}
            for key in found:
                kept.move_to_end(key)
        missing = [key for key in keys if key not in found]
        if missing:
            loaded = load(missing)
            with self._lock:
                kept.update(loaded)
                while len(kept) > self._size:
                    kept.popitem(last=False)
            found |= loaded
        return found


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
    max_mark: float


@dataclass(frozen=True)
class Plan:
    """The unchanging part of an attempt. Whose it is does not belong here: a guest's attempt finds another owner."""

    attempt_id: int
    mode: Mode
    settings: QuizSettings
    slots: tuple[PlannedSlot, ...]


_QUESTIONS: _Kept[int, PinnedQuestion] = _Kept(size=20_000)
_PLANS: _Kept[int, Plan] = _Kept(size=50_000)
_PASSAGES: _Kept[int, PassageView] = _Kept(size=5_000)

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
        AttemptSlot.max_mark,
    )
    .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
    .where(Attempt.id == bindparam("attempt_id"))
    .order_by(AttemptSlot.position)
)


def pinned_questions(session: Session, version_ids: Iterable[int]) -> dict[int, PinnedQuestion]:
    """The question versions with these ids."""

    def load(ids: list[int]) -> dict[int, PinnedQuestion]:
        found: dict[int, PinnedQuestion] = {}
        for row in session.execute(_SELECT_VERSIONS, {"ids": ids}):
            kind = kind_named(row.kind)
            content = kind.load_content(row.content)
            found[row.id] = PinnedQuestion(
                row.id, row.question_id, row.number, kind, content, row.frame, row.level, row.objective
            )
        return found

    return _QUESTIONS.get(session, version_ids, load)


def plan_of(session: Session, attempt_id: int) -> Plan | None:
    """The plan of an attempt; None where there is no such attempt."""

    def load(ids: list[int]) -> dict[int, Plan]:
        rows = session.execute(_SELECT_PLAN, {"attempt_id": ids[0]}).all()
        if not rows:
            return {}
        slots = tuple(
            PlannedSlot(row.position, row.question_version_id, tuple(row.order), row.max_mark) for row in rows
        )
        return {ids[0]: Plan(ids[0], rows[0].mode, QuizSettings.model_validate(rows[0].settings), slots)}

    return _PLANS.get(session, [attempt_id], load).get(attempt_id)


def pinned_passages(session: Session, version_ids: Iterable[int]) -> dict[int, PassageView]:
    """The passage versions with these ids, with their record notes."""
    return _PASSAGES.get(session, list(version_ids), lambda ids: passage_views(session, ids))
