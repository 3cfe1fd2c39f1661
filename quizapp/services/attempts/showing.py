"""The attempt page: what an attempt shows while it runs. One statement for the whole attempt."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Mode
from quizapp.models import Attempt, AttemptSlot, Quiz, State
from quizapp.services.attempts.answering import NoSuchAttempt
from quizapp.services.attempts.pinned import PinnedQuestion, pinned_questions


@dataclass(frozen=True)
class SlotState:
    """A slot as it stands. `fraction` is set only where the student may know it."""

    position: int
    version_id: int
    order: tuple[int, ...]
    passages: tuple[int, ...]
    max_mark: float
    response: dict[str, Any] | None
    revision: int
    saved: datetime | None
    flagged: bool
    fraction: float | None

    @property
    def answered(self) -> bool:
        """Whether an answer is saved."""
        return self.response is not None


@dataclass(frozen=True)
class AttemptState:
    """An attempt as it stands."""

    slots: tuple[SlotState, ...]
    id: int
    user_id: int
    quiz_slug: str
    quiz_title: str
    number: int
    mode: Mode
    state: State
    started: datetime
    deadline: datetime | None
    submitted: datetime | None
    score: float | None
    max_score: float

    @property
    def is_open(self) -> bool:
        """Whether it takes answers."""
        return self.state == State.OPEN

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The positions without an answer."""
        return tuple(slot.position for slot in self.slots if not slot.answered)

    @property
    def next_unanswered(self) -> int | None:
        """The first position without an answer."""
        return next(iter(self.unanswered), None)

    def slot(self, position: int) -> SlotState:
        """The slot at this position. Raises NoSuchAttempt."""
        if not 1 <= position <= len(self.slots):
            raise NoSuchAttempt
        return self.slots[position - 1]


_SELECT = (
    select(
        Attempt.id,
        Attempt.user_id,
        Quiz.slug.label("quiz_slug"),
        Quiz.title.label("quiz_title"),
        Attempt.number,
        Attempt.mode,
        Attempt.state,
        Attempt.started,
        Attempt.deadline,
        Attempt.submitted,
        Attempt.score,
        Attempt.max_score,
        AttemptSlot.position,
        AttemptSlot.question_version_id,
        AttemptSlot.order,
        AttemptSlot.passages,
        AttemptSlot.max_mark,
        AttemptSlot.response,
        AttemptSlot.revision,
        AttemptSlot.saved,
        AttemptSlot.flagged,
        AttemptSlot.fraction,
    )
    .join(Quiz, Quiz.id == Attempt.quiz_id)
    .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
    .where(Attempt.id == bindparam("attempt_id"))
    .order_by(AttemptSlot.position)
)
_SLOT_COLUMNS = 10


def attempt_state(session: Session, attempt_id: int) -> AttemptState:
    """The attempt as it stands. Raises NoSuchAttempt; whose it is, is for the caller to check."""
    rows = session.execute(_SELECT, {"attempt_id": attempt_id}).all()
    if not rows:
        raise NoSuchAttempt
    slots = tuple(_slot_state(row) for row in rows)
    head: list[Any] = list(rows[0])[:-_SLOT_COLUMNS]
    return AttemptState(slots, *head)


def _slot_state(row: Any) -> SlotState:
    position, version, order, passages, max_mark, *rest = tuple(row)[-_SLOT_COLUMNS:]
    return SlotState(position, version, tuple(order), tuple(passages), max_mark, *rest)


def own_attempt(session: Session, attempt_id: int, user_id: int) -> AttemptState:
    """The person's own attempt. Raises NoSuchAttempt where there is none, or it is somebody else's."""
    state = attempt_state(session, attempt_id)
    if state.user_id != user_id:
        raise NoSuchAttempt
    return state


def question_in(session: Session, slot: SlotState) -> PinnedQuestion:
    """The question a slot asks."""
    return pinned_questions(session, [slot.version_id])[slot.version_id]
