"""The way of an answer, the hottest path of the product: one statement saves it, and only a refusal asks why.

No ORM objects here: what an answer needs to know of its attempt never changes and is kept in memory (`pinned`), so a
save is one UPDATE that holds every condition itself: the attempt is this person's, it is open and in time, and the
revision is newer than the one saved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, bindparam, exists, or_, select, update
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Mode
from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.base import BadResponse, Fields
from quizapp.models import Attempt, AttemptSlot, State, User
from quizapp.models.base import table_of
from quizapp.services.attempts.pinned import PinnedQuestion, Plan, PlannedSlot, pinned_questions, plan_of


class NoSuchAttempt(Exception):
    """The attempt or slot does not exist, or is somebody else's."""


class AttemptClosed(Exception):
    """The attempt is submitted or past its deadline."""


class AnsweredAlready(Exception):
    """A practice question is answered once: its feedback has been shown."""


class NewerAnswerSaved(Exception):
    """A newer revision is saved, from another page of the same person. `revision` is the one saved."""

    def __init__(self, revision: int) -> None:
        super().__init__(revision)
        self.revision = revision


@dataclass(frozen=True)
class Answerer:
    """Who answers, as the session cookie says it; the statement itself checks that the sign-in still holds."""

    user_id: int
    epoch: int


@dataclass(frozen=True)
class Saved:
    """An answer is saved: how the attempt is run, and of how many questions."""

    mode: Mode
    questions: int


_TABLE = table_of(AttemptSlot)
_MINE_AND_OPEN = exists(
    select(Attempt.id)
    .join(User, User.id == Attempt.user_id)
    .where(
        Attempt.id == _TABLE.c.attempt_id,
        Attempt.state == State.OPEN,
        or_(Attempt.deadline.is_(None), Attempt.deadline >= bindparam("now", type_=AttemptSlot.saved.type)),
        User.id == bindparam("user_id"),
        User.sign_in_epoch == bindparam("epoch"),
    )
    .correlate(_TABLE)
)
_SAVE = (
    update(_TABLE)
    .where(
        _TABLE.c.attempt_id == bindparam("attempt"),
        _TABLE.c.position == bindparam("slot"),
        _TABLE.c.revision < bindparam("new_revision"),
        _MINE_AND_OPEN,
    )
    .values(
        response=bindparam("new_response"),
        revision=bindparam("new_revision"),
        saved=bindparam("now", type_=AttemptSlot.saved.type),
        fraction=bindparam("new_fraction"),
    )
)
_SAVE_ONCE = _SAVE.where(_TABLE.c.saved.is_(None))


def _planned(session: Session, attempt_id: int, position: int) -> tuple[Plan, PlannedSlot, PinnedQuestion]:
    plan = plan_of(session, attempt_id)
    if plan is None or not 1 <= position <= len(plan.slots):
        raise NoSuchAttempt
    slot = plan.slots[position - 1]
    return plan, slot, pinned_questions(session, [slot.version_id])[slot.version_id]


def save_answer(
    session: Session, who: Answerer, attempt_id: int, position: int, fields: Fields, revision: int, now: datetime
) -> Saved:
    """Save one answer and say how the attempt goes on.

    `revision` counts the saves of the slot as the page knows them; it must be higher than the one saved. In practice
    the answer is marked at once and stays. A blank clears a test's answer; in practice it is refused.
    Raises BadResponse, NoSuchAttempt, AttemptClosed, AnsweredAlready, NewerAnswerSaved.
    """
    plan, slot, question = _planned(session, attempt_id, position)
    response = question.kind.read(question.content, slot.order, fields)
    practice = plan.mode is Mode.PRACTICE
    if practice and response is None:
        raise BadResponse(_("Answer first, then check; or go on to another question."))
    values = {
        "attempt": attempt_id,
        "slot": position,
        "new_revision": revision,
        "new_response": None if response is None else response.model_dump(mode="json"),
        "new_fraction": question.kind.mark(question.content, response) if practice else None,
        "now": now,
        "user_id": who.user_id,
        "epoch": who.epoch,
    }
    result = session.execute(_SAVE_ONCE if practice else _SAVE, values)
    assert isinstance(result, CursorResult)  # noqa: S101  an UPDATE always gives one
    if result.rowcount != 1:
        raise _why_refused(session, who, attempt_id, position, now)
    return Saved(plan.mode, len(plan.slots))


def _why_refused(
    session: Session, who: Answerer, attempt_id: int, position: int, now: datetime
) -> NoSuchAttempt | AttemptClosed | AnsweredAlready | NewerAnswerSaved:
    row = session.execute(
        select(Attempt.user_id, Attempt.mode, Attempt.state, Attempt.deadline, AttemptSlot.revision, User.sign_in_epoch)
        .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
        .join(User, User.id == Attempt.user_id)
        .where(Attempt.id == attempt_id, AttemptSlot.position == position)
    ).one_or_none()
    if row is None or row.user_id != who.user_id or row.sign_in_epoch != who.epoch:
        return NoSuchAttempt()
    if row.state != State.OPEN or (row.deadline is not None and row.deadline < now):
        return AttemptClosed()
    return AnsweredAlready() if row.mode == Mode.PRACTICE else NewerAnswerSaved(row.revision)


def given_values(question: PinnedQuestion, order: Sequence[int], data: Mapping[str, Any] | None) -> tuple[str, ...]:
    """A saved response as the values of the form's answer field; empty for a blank."""
    response = question.kind.load_response(data)
    return () if response is None else question.kind.given(question.content, order, response)
