"""Closing attempts: every answer marked, the score set, once; and opening them again, or giving them more time."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, literal_column, select, update
from sqlalchemy.orm import Session

from quizapp.domain.grading import total
from quizapp.domain.quizzes import Mode
from quizapp.domain.timing import GRACE
from quizapp.kinds.corrections import ruled_mark
from quizapp.models import Attempt, AttemptSlot, State
from quizapp.models.base import table_of
from quizapp.models.engine import Database, connection_of
from quizapp.models.prepared import Prepared
from quizapp.services.attempts.answering import IS_OPEN, AttemptClosed, NoSuchAttempt
from quizapp.services.attempts.pinned import PinnedQuestion
from quizapp.services.attempts.showing import AttemptState, SlotState, attempt_state, own_attempt, questions_in
from quizapp.services.item_analysis import tallying


class NoTimeLimit(Exception):
    """The attempt has no deadline that could be moved."""


class AnotherAttemptOpen(Exception):
    """The student has another open attempt at the same quiz, so this one cannot be opened again."""


_CLOSE = Prepared(
    update(table_of(Attempt))
    .where(Attempt.id == bindparam("attempt"), IS_OPEN)
    .values(
        state=State.SUBMITTED,
        submitted=bindparam("ended", type_=Attempt.submitted.type),
        score=bindparam("total"),
        max_score=bindparam("possible"),
        awaiting=bindparam("unmarked"),
    )
)
_SETTLE = Prepared(
    update(table_of(AttemptSlot))
    .where(AttemptSlot.attempt_id == bindparam("attempt"), AttemptSlot.position == bindparam("slot"))
    .values(fraction=bindparam("share"), settled=bindparam("final", type_=AttemptSlot.settled.type))
)


def submit(database: Database, attempt_id: int, user_id: int, now: datetime, epoch: int | None = None) -> bool:
    """Close the person's attempt and score it; False where it was closed before, and then nothing changes.

    `epoch` is that of the sign-in which must still hold; None where the caller has seen to it.
    After its deadline it closes at the deadline. Of two submits at the same moment one closes the attempt and the
    other finds it closed, because the closing statement names the open state. Raises NoSuchAttempt.
    """
    state = own_attempt(database, attempt_id, user_id, to_change=True)
    if epoch is not None and state.owner_epoch != epoch:
        raise NoSuchAttempt
    return state.is_open and _close(database, state, now if state.deadline is None else min(now, state.deadline))


def close_overdue(session: Session, now: datetime, user_id: int | None = None) -> int:
    """Close every overdue attempt (of this person) at its deadline, with what was saved; how many there were."""
    closed = 0
    for attempt_id in overdue(session, now, user_id):
        state = attempt_state(session, attempt_id, to_change=True)
        closed += state.is_overdue(now) and _close(session, state, state.deadline or now)
    return closed


_OPEN: ColumnElement[bool] = literal_column("attempt.state = 'open'")
"""In the words of the partial index, or SQLite would not use it."""


def overdue(session: Session, now: datetime, user_id: int | None = None) -> list[int]:
    """The ids of open attempts (of this person) whose deadline has passed, with no answer on its way any more."""
    found = select(Attempt.id).where(_OPEN, Attempt.deadline < now - GRACE)
    if user_id is not None:
        found = found.where(Attempt.user_id == user_id)
    return list(session.scalars(found))


def _close(database: Database, state: AttemptState, ended: datetime) -> bool:
    shares = _shares(state, questions_in(database, state.slots))
    score = total((slot.earned(shares[slot.position]) for slot in state.slots), state.settings.certainty)
    values = {
        "attempt": state.id,
        "ended": ended,
        "total": score.earned,
        "possible": score.possible,
        "unmarked": sum(slot.counts and shares[slot.position] is None for slot in state.slots),
    }
    connection = connection_of(database)
    if _CLOSE.run(connection, values).rowcount != 1:
        return False
    settled = [
        {
            "attempt": state.id,
            "slot": slot.position,
            "share": shares[slot.position],
            "final": slot.settled or ended,
        }
        for slot in state.slots
    ]
    _SETTLE.run_for_each(connection, settled)
    return True


def _shares(state: AttemptState, questions: dict[int, PinnedQuestion]) -> dict[int, float | None]:
    """What each slot earned, by position; None for an answer that a teacher must mark, and where it does not count."""
    return {slot.position: _share(slot, questions) for slot in state.slots}


def _share(slot: SlotState, questions: dict[int, PinnedQuestion]) -> float | None:
    if slot.fraction is not None:
        return slot.fraction
    question = questions[slot.version_id]
    response = question.kind.load_response(slot.response)
    by = None if slot.ruling is None or slot.ruling.by_version is None else questions[slot.ruling.by_version].content
    return ruled_mark(question.kind, question.content, by, response, slot.ruling).fraction


def rescore(session: Session, attempt_id: int) -> None:
    """Set the score of a submitted attempt anew from its slots, after a teacher's mark. Raises NoSuchAttempt."""
    state = attempt_state(session, attempt_id, to_change=True)
    score = total((slot.earned(slot.fraction) for slot in state.slots), state.settings.certainty)
    waiting = sum(slot.awaits_mark for slot in state.slots)
    _change(session, state.id, score=score.earned, max_score=score.possible, awaiting=waiting)


def extend(session: Session, attempt_id: int, minutes: int, now: datetime) -> datetime:
    """Give an open attempt more minutes, from its deadline or from now if that has passed; the new deadline.

    Raises NoSuchAttempt, AttemptClosed, NoTimeLimit.
    """
    state = attempt_state(session, attempt_id, to_change=True)
    if not state.is_open:
        raise AttemptClosed
    if state.deadline is None:
        raise NoTimeLimit
    deadline = max(state.deadline, now) + timedelta(minutes=minutes)
    _change(session, state.id, deadline=deadline)
    return deadline


def reopen(session: Session, attempt_id: int, minutes: int | None, now: datetime) -> None:
    """Open a submitted attempt again, for so many minutes or (None) without a limit; its answers stay.

    In practice what was answered stays final, because its feedback has been shown; in a test every answer can be
    changed again and loses its marks, a teacher's comment stays. Nothing happens where it is open.
    Raises NoSuchAttempt, AnotherAttemptOpen.
    """
    tallying.forget_reopened(session, attempt_id)
    state = attempt_state(session, attempt_id, to_change=True)
    if state.is_open:
        return
    _refuse_second_open(session, state)
    end = None if minutes is None else now + timedelta(minutes=minutes)
    _change(session, state.id, state=State.OPEN, submitted=None, score=None, awaiting=0, deadline=end)
    unsettled = update(AttemptSlot).where(AttemptSlot.attempt_id == attempt_id)
    if state.mode is Mode.PRACTICE:
        unsettled = unsettled.where(AttemptSlot.response.is_(None))
    session.execute(
        unsettled.values(
            settled=None, fraction=None, points=[], marked=None, marked_by_id=None, spared=False, kept_ruling=None
        )
    )


def _refuse_second_open(session: Session, state: AttemptState) -> None:
    mine = select(Attempt.quiz_id).where(Attempt.id == state.id).scalar_subquery()
    other = session.scalar(
        select(Attempt.id).where(
            Attempt.user_id == state.user_id,
            Attempt.quiz_id == mine,
            Attempt.assignment_id.is_not_distinct_from(state.assignment_id),
            Attempt.state == State.OPEN,
        )
    )
    if other is not None:
        raise AnotherAttemptOpen


def _change(session: Session, attempt_id: int, **values: Any) -> None:
    session.execute(update(Attempt).where(Attempt.id == attempt_id).values(**values))
