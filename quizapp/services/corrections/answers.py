"""Answers in bulk, as a correction needs them: no objects of the database, because there may be many thousands."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quizapp.domain.certainty import CertaintyUse
from quizapp.domain.grading import Earned, Score, total
from quizapp.domain.rulings import Ruling
from quizapp.domain.settings import QuizSettings
from quizapp.kinds.corrections import Ruled, ruled_mark
from quizapp.kinds.essay.kind import EssayContent, fraction_of_points
from quizapp.models import Assignment, Attempt, AttemptSlot, Purpose, QuestionVersion, Quiz, State, User
from quizapp.services.attempts.showing import as_ruling
from quizapp.services.corrections.shapes import Version

AT_ONCE = 400
"""Attempts read with one statement: databases limit how many values one may name."""


@dataclass(frozen=True)
class Answer:
    """One slot. `ruling` is by what it is marked now; `fraction` 0–1, None where it is not marked or does not count."""

    attempt_id: int
    position: int
    version_id: int
    response: dict[str, Any] | None
    settled: datetime | None
    fraction: float | None
    max_mark: float
    certainty: int | None
    points: tuple[int, ...]
    marked: datetime | None
    spared: bool
    kept: dict[str, Any] | None
    ruling: Ruling | None

    def earned(self, fraction: float | None, ruling: Ruling | None) -> Earned:
        """What it gives with this fraction under this ruling."""
        granted, void = ruling is not None and ruling.everyone, ruling is not None and ruling.void
        return Earned(fraction, self.max_mark, self.certainty, self.response is not None, not void, granted)

    def awaits(self, fraction: float | None, ruling: Ruling | None) -> bool:
        """Whether it waits for a teacher's mark then."""
        final = self.response is not None and self.settled is not None
        return final and fraction is None and not (ruling is not None and ruling.void)


@dataclass(frozen=True)
class Change:
    """What becomes of one answer: how it is marked then. One that is `spared` keeps its marks and its ruling."""

    answer: Answer
    fraction: float | None
    ruling: Ruling | None
    spared: bool = False
    kept: dict[str, Any] | None = None


@dataclass(frozen=True)
class AttemptChange:
    """What becomes of an attempt. While it is open its scores count what is settled; they are not stored then."""

    attempt_id: int
    user_id: int
    student: str
    quiz_id: int | None
    quiz: str | None
    open: bool
    changes: tuple[Change, ...]
    before: Score
    after: Score
    awaiting: int

    @property
    def spared(self) -> bool:
        """Whether it keeps what it had, because it would have lost."""
        return any(change.spared for change in self.changes)

    @property
    def lowered(self) -> bool:
        """Whether its share falls."""
        return self.after.share < self.before.share - TINY

    @property
    def raised(self) -> bool:
        """Whether its share rises."""
        return self.after.share > self.before.share + TINY


TINY = 1e-9
"""Shares that differ by less are the same."""

_COLUMNS = (
    AttemptSlot.attempt_id,
    AttemptSlot.position,
    AttemptSlot.question_version_id,
    AttemptSlot.response,
    AttemptSlot.settled,
    AttemptSlot.fraction,
    AttemptSlot.max_mark,
    AttemptSlot.certainty,
    AttemptSlot.points,
    AttemptSlot.marked,
    AttemptSlot.spared,
    AttemptSlot.kept_ruling,
    QuestionVersion.ruling,
)
_SLOTS: Select[*tuple[Any, ...]] = (
    select(*_COLUMNS)
    .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
    .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
    .order_by(AttemptSlot.attempt_id, AttemptSlot.position)
)


def _answer(row: Sequence[Any]) -> Answer:
    points, marked, spared, kept, ruled = row[-5:]
    values: list[Any] = [*row[:-5], tuple(points), marked, spared, kept, as_ruling(kept if spared else ruled)]
    return Answer(*values)


def settled_answers(session: Session, version_ids: Collection[int]) -> list[Answer]:
    """Every final answer to these versions, in whatever attempt; trials of teachers aside."""
    query = _SLOTS.where(
        AttemptSlot.question_version_id.in_(version_ids),
        AttemptSlot.settled.is_not(None),
        Attempt.purpose != Purpose.TRIAL,
    )
    return [_answer(row) for row in session.execute(query)]


def count_open(session: Session, version_ids: Collection[int]) -> int:
    """How many open attempts ask one of these versions and have no final answer to it yet."""
    query = (
        select(func.count(func.distinct(AttemptSlot.attempt_id)))
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .where(
            AttemptSlot.question_version_id.in_(version_ids),
            AttemptSlot.settled.is_(None),
            Attempt.state == State.OPEN,
            Attempt.purpose != Purpose.TRIAL,
        )
    )
    return session.scalar(query) or 0


def quizzes_of(session: Session, version_ids: Collection[int]) -> list[int]:
    """The ids of the quizzes in whose attempts these versions were asked."""
    query = (
        select(Attempt.quiz_id)
        .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
        .where(AttemptSlot.question_version_id.in_(version_ids), Attempt.quiz_id.is_not(None))
        .distinct()
    )
    return sorted(number for number in session.scalars(query) if number is not None)


class Marker:
    """Marks answers under rulings; equal answers are marked once."""

    def __init__(self, versions: dict[int, Version]) -> None:
        self._versions = versions
        self._known: dict[tuple[Any, ...], Ruled] = {}

    def mark(self, answer: Answer, ruling: Ruling | None) -> Ruled:
        """What the answer earns under this ruling; a teacher's points hold where only a teacher can mark."""
        kind = self._versions[answer.version_id].kind
        if kind.marked_by_teacher and answer.response is not None:
            ruled = self._mark(answer, ruling)
            return Ruled(self._by_points(answer)) if ruled.fraction is None and ruled.counts else ruled
        key = (answer.version_id, repr(answer.response), id(ruling))
        if key not in self._known:
            self._known[key] = self._mark(answer, ruling)
        return self._known[key]

    def _mark(self, answer: Answer, ruling: Ruling | None) -> Ruled:
        version = self._versions[answer.version_id]
        by = None if ruling is None or ruling.by_version is None else self._versions[ruling.by_version].content
        return ruled_mark(version.kind, version.content, by, version.kind.load_response(answer.response), ruling)

    def _by_points(self, answer: Answer) -> float | None:
        content = self._versions[answer.version_id].content
        if not answer.points or not isinstance(content, EssayContent):
            return None
        return fraction_of_points(answer.points, content.rubric)


def changed_attempts(session: Session, changes: Iterable[Change], sparing: bool) -> list[AttemptChange]:
    """The attempts in which answers change, scored before and after.

    With `sparing`, the answers of an attempt whose share would fall keep their marks, all of them together.
    """
    by_attempt: dict[int, dict[int, Change]] = {}
    for change in changes:
        by_attempt.setdefault(change.answer.attempt_id, {})[change.answer.position] = change
    found = []
    ids = sorted(by_attempt)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        slots: dict[int, list[Answer]] = {}
        for row in session.execute(_SLOTS.where(AttemptSlot.attempt_id.in_(some))):
            answer = _answer(row)
            slots.setdefault(answer.attempt_id, []).append(answer)
        for head in session.execute(_HEADS.where(Attempt.id.in_(some))):
            found.append(_attempt_change(head, slots[head.id], by_attempt[head.id], sparing))
    return found


_HEADS: Select[*tuple[Any, ...]] = (
    select(
        Attempt.id,
        Attempt.user_id,
        User.display_name,
        Attempt.quiz_id,
        func.coalesce(Assignment.title, Quiz.title).label("quiz"),
        Attempt.state,
        Attempt.settings,
    )
    .join(User, User.id == Attempt.user_id)
    .outerjoin(Quiz, Quiz.id == Attempt.quiz_id)
    .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
    .order_by(User.display_name, Attempt.user_id, Attempt.id)
)


def _attempt_change(head: Any, slots: Sequence[Answer], changes: dict[int, Change], sparing: bool) -> AttemptChange:
    use = QuizSettings.model_validate(head.settings).certainty
    before = total((slot.earned(slot.fraction, slot.ruling) for slot in slots), use)
    after = _scored(slots, changes, use)
    if sparing and after.share < before.share - TINY:
        changes = {position: _as_it_was(change) for position, change in changes.items()}
        after = before
    return AttemptChange(
        attempt_id=head.id,
        user_id=head.user_id,
        student=head.display_name,
        quiz_id=head.quiz_id,
        quiz=head.quiz,
        open=head.state == State.OPEN,
        changes=tuple(changes.values()),
        before=before,
        after=after,
        awaiting=sum(slot.awaits(*_then(slot, changes)) for slot in slots),
    )


def _scored(slots: Sequence[Answer], changes: dict[int, Change], use: CertaintyUse) -> Score:
    return total((slot.earned(*_then(slot, changes)) for slot in slots), use)


def _then(slot: Answer, changes: dict[int, Change]) -> tuple[float | None, Ruling | None]:
    change = changes.get(slot.position)
    return (slot.fraction, slot.ruling) if change is None else (change.fraction, change.ruling)


def _as_it_was(change: Change) -> Change:
    """The answer with the marks it has, and the ruling that gave them."""
    answer = change.answer
    kept = None if answer.ruling is None else answer.ruling.model_dump(mode="json")
    return Change(answer, answer.fraction, answer.ruling, spared=True, kept=answer.kept if answer.spared else kept)
