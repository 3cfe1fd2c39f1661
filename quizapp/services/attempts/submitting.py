"""Submitting: every answer marked, the score set, once."""

from datetime import datetime

from sqlalchemy import CursorResult, bindparam, update
from sqlalchemy.orm import Session

from quizapp.domain.grading import Earned, total
from quizapp.models import Attempt, AttemptSlot, State
from quizapp.models.base import table_of
from quizapp.services.attempts.pinned import PinnedQuestion, pinned_questions
from quizapp.services.attempts.showing import AttemptState, SlotState, own_attempt

_CLOSE = (
    update(table_of(Attempt))
    .where(Attempt.id == bindparam("attempt"), Attempt.state == State.OPEN)
    .values(state=State.SUBMITTED, submitted=bindparam("now", type_=Attempt.submitted.type), score=bindparam("total"))
)
_MARK = (
    update(table_of(AttemptSlot))
    .where(AttemptSlot.attempt_id == bindparam("attempt"), AttemptSlot.position == bindparam("slot"))
    .values(fraction=bindparam("share"))
)


def submit(session: Session, attempt_id: int, user_id: int, now: datetime) -> bool:
    """Close the person's attempt and score it; False where it was closed before, and then nothing changes.

    Of two submits at the same moment one closes the attempt and the other finds it closed, because the closing
    statement names the open state. Raises NoSuchAttempt.
    """
    state = own_attempt(session, attempt_id, user_id)
    if not state.is_open:
        return False
    marks = _marks(state, pinned_questions(session, [slot.version_id for slot in state.slots]))
    score = total(Earned(marks[slot.position], slot.max_mark) for slot in state.slots)
    closed = session.execute(_CLOSE, {"attempt": attempt_id, "now": now, "total": score.earned})
    assert isinstance(closed, CursorResult)  # noqa: S101  an UPDATE always gives one
    if closed.rowcount != 1:
        return False
    session.connection().execute(
        _MARK, [{"attempt": attempt_id, "slot": position, "share": share} for position, share in marks.items()]
    )
    return True


def _marks(state: AttemptState, questions: dict[int, PinnedQuestion]) -> dict[int, float]:
    return {slot.position: _fraction(slot, questions[slot.version_id]) for slot in state.slots}


def _fraction(slot: SlotState, question: PinnedQuestion) -> float:
    if slot.fraction is not None:
        return slot.fraction
    response = question.kind.load_response(slot.response)
    return 0.0 if response is None else question.kind.mark(question.content, response)
