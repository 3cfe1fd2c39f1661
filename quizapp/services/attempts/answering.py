"""The way of an answer, the hottest path of the product: one statement saves it, and only a refusal asks why.

No ORM objects here: what an answer needs to know of its attempt never changes and is kept in memory (`pinned`), so a
save is one UPDATE that holds every condition itself: the attempt is this person's, it is open and in time, the answer
is not final yet, and the revision is newer than the one saved. It is compiled once, and needs no ORM session: a
connection will do (`Database`).

A revision says when the answer was made, in milliseconds by the server's clock, so that of several pages the newest
answer wins whatever the order of arrival. One from the future is cut to now (or to one more than the saved one, should
the clock have been set back), so that no page can shut out all that come after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, bindparam, case, exists, func, literal_column, or_, select, update

from quizapp.domain.certainty import CERTAINTIES, CertaintyUse
from quizapp.domain.quizzes import Mode
from quizapp.domain.rulings import Ruling
from quizapp.domain.timing import GRACE, takes_answers
from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.base import BadResponse, Fields
from quizapp.kinds.content import Model
from quizapp.kinds.corrections import ruled_mark
from quizapp.models import Attempt, AttemptSlot, QuestionVersion, State, User
from quizapp.models.base import table_of
from quizapp.models.engine import Database, connection_of
from quizapp.models.prepared import Prepared
from quizapp.services.attempts.pinned import PinnedQuestion, Plan, PlannedSlot, in_memory, pinned_questions, plan_of


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
class Sent:
    """What a page sends of one question. `certainty` is as the form has it, `flagged` None where it does not change."""

    fields: Fields
    revision: int
    certainty: str = ""
    flagged: bool | None = None


@dataclass(frozen=True)
class Saved:
    """An answer is saved: under which revision, how the attempt is run, and of how many questions."""

    revision: int
    mode: Mode
    one_page: bool
    questions: int


def stamp(moment: datetime) -> int:
    """A moment as a revision: milliseconds since 1970."""
    return round(moment.timestamp() * 1000)


_TABLE = table_of(AttemptSlot)
_MOMENT = AttemptSlot.saved.type
IS_OPEN = Attempt.state == literal_column(f"'{State.OPEN}'", Attempt.state.type)
"""Written into the SQL and not bound: there are indexes of open attempts only, and SQLite plans a statement anew each
time a value is bound on which such an index depends, which takes ten times as long as the save itself."""
_MINE_AND_OPEN = exists(
    select(Attempt.id)
    .join(User, User.id == Attempt.user_id)
    .where(
        Attempt.id == _TABLE.c.attempt_id,
        IS_OPEN,
        or_(Attempt.deadline.is_(None), Attempt.deadline >= bindparam("earliest_deadline", type_=_MOMENT)),
        User.id == bindparam("user_id"),
        User.sign_in_epoch == bindparam("epoch"),
    )
    .correlate(_TABLE)
)
_SENT = bindparam("sent", type_=BigInteger)
_STAMP = bindparam("stamp", type_=BigInteger)
_NEXT = _TABLE.c.revision + 1
_KEPT_REVISION = case(
    (_SENT <= _STAMP, _SENT),
    (_STAMP > _NEXT, _STAMP),
    (_SENT < _NEXT, _SENT),
    else_=_NEXT,
)
_SAVE = Prepared(
    update(_TABLE)
    .where(
        _TABLE.c.attempt_id == bindparam("attempt"),
        _TABLE.c.position == bindparam("slot"),
        _TABLE.c.settled.is_(None),
        _TABLE.c.revision < _SENT,
        _MINE_AND_OPEN,
    )
    .values(
        response=bindparam("new_response", type_=_TABLE.c.response.type),
        revision=_KEPT_REVISION,
        saved=bindparam("now", type_=_MOMENT),
        settled=bindparam("new_settled", type_=_MOMENT),
        fraction=bindparam("new_fraction", type_=_TABLE.c.fraction.type),
        certainty=bindparam("new_certainty", type_=_TABLE.c.certainty.type),
        flagged=func.coalesce(bindparam("new_flagged", type_=Boolean()), _TABLE.c.flagged),
    )
    .returning(_TABLE.c.revision)
)
_FLAG = Prepared(
    update(_TABLE)
    .where(_TABLE.c.attempt_id == bindparam("attempt"), _TABLE.c.position == bindparam("slot"), _MINE_AND_OPEN)
    .values(flagged=bindparam("new_flagged", type_=Boolean()))
    .returning(_TABLE.c.id)
)


def _planned(database: Database, attempt_id: int, position: int) -> tuple[Plan, PlannedSlot, PinnedQuestion]:
    plan = plan_of(database, attempt_id)
    if plan is None or not 1 <= position <= len(plan.slots):
        raise NoSuchAttempt
    slot = plan.slots[position - 1]
    return plan, slot, pinned_questions(database, [slot.version_id])[slot.version_id]


def save_answer(
    database: Database, who: Answerer, attempt_id: int, position: int, sent: Sent, now: datetime, final: bool = False
) -> Saved:
    """Save one answer, and say how the attempt goes on.

    `final` checks it: in practice the answer is then marked and stays, and a blank is refused; in a test, where
    answers are marked at submission, it means nothing. Otherwise a blank clears the answer.
    Raises BadResponse, NoSuchAttempt, AttemptClosed, AnsweredAlready, NewerAnswerSaved.
    """
    plan, slot, question = _planned(database, attempt_id, position)
    try:
        answer = _read(database, plan, slot, question, sent, now, final)
    except BadResponse:
        # Whoever has no business here learns nothing of the question, and what has ended is said to have ended.
        refused = _why_refused(database, who, attempt_id, position, now)
        if isinstance(refused, NewerAnswerSaved):
            raise
        raise refused from None
    revision = _write(database, who, attempt_id, position, sent, now, answer)
    if revision is None:
        raise _why_refused(database, who, attempt_id, position, now)
    return Saved(revision, plan.mode, plan.settings.one_page, len(plan.slots))


def save_ordinary(
    database: Database, who: Answerer, attempt_id: int, position: int, sent: Sent, now: datetime
) -> int | None:
    """Save one answer, not to be checked, whose question is in memory; gives the revision it is saved under.

    None where nothing was saved, because something is not in memory or stands against it: `save_answer` says what.
    """
    found = in_memory(database, attempt_id, position)
    if found is None:
        return None
    try:
        answer = _read(database, *found, sent, now, final=False)
    except BadResponse:
        return None
    return _write(database, who, attempt_id, position, sent, now, answer)


def _write(
    database: Database,
    who: Answerer,
    attempt_id: int,
    position: int,
    sent: Sent,
    now: datetime,
    answer: Mapping[str, Any],
) -> int | None:
    """Save what was read of an answer; gives the revision it is saved under, None where the statement refused."""
    values = {
        **answer,
        "attempt": attempt_id,
        "slot": position,
        "sent": sent.revision,
        "stamp": stamp(now),
        "new_flagged": sent.flagged,
        "now": now,
        "earliest_deadline": now - GRACE,
        "user_id": who.user_id,
        "epoch": who.epoch,
    }
    revision: int | None = _SAVE.run(connection_of(database), values).scalar_one_or_none()
    return revision


def _read(
    database: Database,
    plan: Plan,
    slot: PlannedSlot,
    question: PinnedQuestion,
    sent: Sent,
    now: datetime,
    final: bool,
) -> dict[str, Any]:
    """The answer that was sent, marked if it is checked, as the statement takes it. Raises BadResponse."""
    _refuse_what_cannot_be_kept(sent.fields)
    response = question.kind.read(question.content, slot.order, sent.fields)
    checked = final and plan.mode is Mode.PRACTICE
    if checked and response is None:
        raise BadResponse(_("Answer first, then check; or go on to another question."))
    return {
        "new_response": None if response is None else response.model_dump(mode="json"),
        "new_settled": now if checked else None,
        "new_fraction": _marked(database, question, response) if checked else None,
        "new_certainty": None if response is None else _certainty(plan.settings.certainty, sent.certainty),
    }


_RULING = select(QuestionVersion.ruling).where(QuestionVersion.id == bindparam("version_id")).with_for_update(read=True)
"""Held until the answer is saved, so that no correction passes between the marking and the saving of it."""


def _marked(database: Database, question: PinnedQuestion, response: Model | None) -> float | None:
    """What a checked answer earns, as corrections have ruled by now."""
    data = database.scalar(_RULING, {"version_id": question.version_id})
    ruling = None if data is None else Ruling.model_validate(data)
    by = None
    if ruling is not None and ruling.by_version is not None:
        by = pinned_questions(database, [ruling.by_version])[ruling.by_version].content
    return ruled_mark(question.kind, question.content, by, response, ruling).fraction


def _refuse_what_cannot_be_kept(fields: Fields) -> None:
    """A NUL character, which nobody types and PostgreSQL does not store. Raises BadResponse."""
    if any("\0" in value for values in fields.values() for value in values):
        raise BadResponse(_("This answer holds a character that cannot be kept: type it anew."))


def _certainty(use: CertaintyUse, given: str) -> int | None:
    """The certainty a form sent; None where none is asked or given. Raises BadResponse."""
    if use is CertaintyUse.OFF or not given:
        return None
    if given not in {str(certainty) for certainty in CERTAINTIES}:
        raise BadResponse(_("Say how sure you are with one of the three choices."))
    return int(given)


def _why_refused(
    database: Database, who: Answerer, attempt_id: int, position: int, now: datetime
) -> NoSuchAttempt | AttemptClosed | AnsweredAlready | NewerAnswerSaved:
    row = database.execute(
        select(
            Attempt.user_id,
            Attempt.state,
            Attempt.deadline,
            AttemptSlot.revision,
            AttemptSlot.settled,
            User.sign_in_epoch,
        )
        .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
        .join(User, User.id == Attempt.user_id)
        .where(Attempt.id == attempt_id, AttemptSlot.position == position)
    ).one_or_none()
    if row is None or row.user_id != who.user_id or row.sign_in_epoch != who.epoch:
        return NoSuchAttempt()
    if row.state != State.OPEN or not takes_answers(row.deadline, now):
        return AttemptClosed()
    return NewerAnswerSaved(row.revision) if row.settled is None else AnsweredAlready()


def set_flag(database: Database, who: Answerer, attempt_id: int, position: int, flagged: bool, now: datetime) -> None:
    """Mark a question to come back to, or no longer. Raises NoSuchAttempt, AttemptClosed."""
    values = {
        "attempt": attempt_id,
        "slot": position,
        "new_flagged": flagged,
        "earliest_deadline": now - GRACE,
        "user_id": who.user_id,
        "epoch": who.epoch,
    }
    if _FLAG.run(connection_of(database), values).scalar_one_or_none() is None:
        refused = _why_refused(database, who, attempt_id, position, now)
        raise refused if isinstance(refused, AttemptClosed) else NoSuchAttempt


def given_values(question: PinnedQuestion, order: Sequence[int], data: Mapping[str, Any] | None) -> tuple[str, ...]:
    """A saved response as the values of the form's answer field; empty for a blank."""
    response = question.kind.load_response(data)
    return () if response is None else question.kind.given(question.content, order, response)
