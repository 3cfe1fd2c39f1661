"""An attempt as it stands, read in one statement: what is asked and answered, and what of it may be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, case, func, select
from sqlalchemy.orm import Session

from quizapp.domain.feedback import Aspect, FeedbackPolicy
from quizapp.domain.grading import Earned
from quizapp.domain.quizzes import Mode
from quizapp.domain.rulings import Ruling
from quizapp.domain.settings import QuizSettings, settings_in_force
from quizapp.domain.timing import is_overdue
from quizapp.models import Assignment, Attempt, AttemptSlot, Purpose, QuestionVersion, Quiz, State, User
from quizapp.models.engine import Database, connection_of
from quizapp.models.prepared import Prepared
from quizapp.services.accommodations import MOST, most_arranged
from quizapp.services.attempts.answering import NoSuchAttempt
from quizapp.services.attempts.pinned import PinnedQuestion, PlannedSlot, pinned_passages, pinned_questions, plan_of
from quizapp.services.reading import PassageView


class SlotState(NamedTuple):
    """A slot as it stands, with everything that is stored; `AttemptState.shown` says what of it may be told."""

    position: int
    version_id: int
    order: tuple[int, ...]
    passages: tuple[int, ...]
    max_mark: float
    response: dict[str, Any] | None
    revision: int
    saved: datetime | None
    settled: datetime | None
    certainty: int | None
    flagged: bool
    fraction: float | None
    points: tuple[int, ...]
    comment: str
    marked_by_id: int | None
    stands_for_id: int | None
    ruling: Ruling | None
    """By what corrections have ruled this answer is marked; None where its version says it all."""
    correction: Ruling | None
    """What they have ruled on its version, which does not hold for an answer that is spared."""

    @property
    def answered(self) -> bool:
        """Whether an answer is saved."""
        return self.response is not None

    @property
    def awaits_mark(self) -> bool:
        """Whether the answer is final and waits for a teacher's mark."""
        return self.answered and self.settled is not None and self.fraction is None and self.counts

    @property
    def counts(self) -> bool:
        """Whether it is part of the score: a void question is not."""
        return self.ruling is None or not self.ruling.void

    def earned(self, fraction: float | None) -> Earned:
        """What it gives with this fraction of its marks."""
        granted = self.ruling is not None and self.ruling.everyone
        return Earned(fraction, self.max_mark, self.certainty, self.answered, self.counts, granted)


@dataclass(frozen=True)
class AttemptState:
    """An attempt as it stands. `closes_for_all` is when the quiz has closed for everybody, more time included."""

    slots: tuple[SlotState, ...]
    settings: QuizSettings
    policy: FeedbackPolicy
    closes_for_all: datetime | None
    id: int
    user_id: int
    purpose: Purpose
    origin_id: int | None
    quiz_slug: str | None
    quiz_title: str | None
    assignment_id: int | None
    trial_of_id: int | None
    number: int
    mode: Mode
    state: State
    started: datetime
    deadline: datetime | None
    submitted: datetime | None
    score: float | None
    max_score: float
    awaiting: int
    owner_epoch: int
    """Which of the owner's sign-ins hold; the rest of a sign-in stands in the session cookie."""

    @property
    def is_open(self) -> bool:
        """Whether it is not submitted."""
        return self.state == State.OPEN

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The positions without an answer."""
        return tuple(slot.position for slot in self.slots if not slot.answered)

    @property
    def flagged(self) -> tuple[int, ...]:
        """The positions that the student wants to come back to."""
        return tuple(slot.position for slot in self.slots if slot.flagged)

    @property
    def next_open(self) -> int | None:
        """The first position that is neither answered nor, in practice, checked."""
        wanting = (s.position for s in self.slots if not s.answered or (self.mode is Mode.PRACTICE and not s.settled))
        return next(wanting, None)

    def slot(self, position: int) -> SlotState:
        """The slot at this position. Raises NoSuchAttempt."""
        if not 1 <= position <= len(self.slots):
            raise NoSuchAttempt
        return self.slots[position - 1]

    def is_overdue(self, now: datetime) -> bool:
        """Whether it must be closed, because its deadline has passed and no answer can be on its way any more."""
        return self.is_open and is_overdue(self.deadline, now)

    def shown(self, slot: SlotState, now: datetime) -> frozenset[Aspect]:
        """What the student may be shown of this answer now."""
        return self.policy.shown(self.mode, slot.settled is not None, not self.is_open, self._is_closed(now))

    def shown_of_score(self, now: datetime) -> bool:
        """Whether the student may see the score now."""
        return Aspect.MARK in self.policy.shown(self.mode, True, not self.is_open, self._is_closed(now))

    def _is_closed(self, now: datetime) -> bool:
        return self.closes_for_all is not None and self.closes_for_all < now


_HEAD = (
    Attempt.id,
    Attempt.user_id,
    Attempt.purpose,
    Attempt.origin_id,
    Quiz.slug.label("quiz_slug"),
    func.coalesce(Assignment.title, Quiz.title).label("quiz_title"),
    Attempt.assignment_id,
    Attempt.trial_of_id,
    Attempt.number,
    Attempt.mode,
    Attempt.state,
    Attempt.started,
    Attempt.deadline,
    Attempt.submitted,
    Attempt.score,
    Attempt.max_score,
    Attempt.awaiting,
    User.sign_in_epoch,
)
_IN_FORCE = (Quiz.settings.label("quiz_settings"), Assignment.settings.label("assignment_settings"), *MOST)
_SLOT = (
    AttemptSlot.response,
    AttemptSlot.revision,
    AttemptSlot.saved,
    AttemptSlot.settled,
    AttemptSlot.certainty,
    AttemptSlot.flagged,
    AttemptSlot.fraction,
    case((AttemptSlot.marked.is_not(None), AttemptSlot.points)).label("points"),
    AttemptSlot.comment,
    AttemptSlot.marked_by_id,
    AttemptSlot.stands_for_id,
    AttemptSlot.spared,
    AttemptSlot.kept_ruling,
    QuestionVersion.ruling,
)
"""What may change of a slot, as `_slot_state` takes it; what cannot stands in the attempt's plan."""
_SELECT: Select[*tuple[Any, ...]] = (
    select(*_HEAD, *_IN_FORCE, *_SLOT)
    .select_from(Attempt)
    .join(User, User.id == Attempt.user_id)
    .outerjoin(Quiz, Quiz.id == Attempt.quiz_id)
    .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
    .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
    .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
    .where(Attempt.id == bindparam("attempt_id"))
    .order_by(AttemptSlot.position)
)
_LOOK = Prepared(_SELECT)
_LOOK_TO_CHANGE = Prepared(_SELECT.with_for_update(of=[Attempt, AttemptSlot]))
"""Held until the transaction ends, so that no answer is saved between the look and the change (SQLite holds all)."""
_LOCK = select(Attempt.id).where(Attempt.id == bindparam("attempt_id")).with_for_update()
"""Taken before the look where writers do not queue anyway: who waited for a correction then sees what it has ruled."""


def attempt_state(database: Database, attempt_id: int, to_change: bool = False) -> AttemptState:
    """The attempt as it stands, locked if it is to be changed.

    Raises NoSuchAttempt; whose it is, is for the caller to check.
    """
    connection = connection_of(database)
    if to_change and connection.dialect.name != "sqlite":
        connection.execute(_LOCK, {"attempt_id": attempt_id})
    look = _LOOK_TO_CHANGE if to_change else _LOOK
    width = len(_HEAD) + len(_IN_FORCE)
    head, rows = look.head_and_rows(connection, {"attempt_id": attempt_id}, width)
    plan = plan_of(connection, attempt_id) if rows else None
    if plan is None:
        raise NoSuchAttempt
    of_quiz, of_assignment, *most = head[len(_HEAD) :]
    in_force = plan.settings if of_quiz is None else settings_in_force(of_quiz, of_assignment)
    slots = tuple(_slot_state(planned, *row) for planned, row in zip(plan.slots, rows, strict=True))
    closes = most_arranged(*most).closing(in_force)
    return AttemptState(slots, plan.settings, in_force.policy(plan.mode), closes, *head[: len(_HEAD)])


def _slot_state(planned: PlannedSlot, *now: Any) -> SlotState:
    response, revision, saved, settled, certainty, flagged, fraction, points, comment, marked_by, stands_for, *how = now
    spared, kept_ruling, ruling = how
    correction = as_ruling(ruling)
    return SlotState(
        planned.position,
        planned.version_id,
        planned.order,
        planned.passages,
        planned.max_mark,
        response,
        revision,
        saved,
        settled,
        certainty,
        flagged,
        fraction,
        tuple(points or ()),
        comment,
        marked_by,
        stands_for,
        ruling=as_ruling(kept_ruling) if spared else correction,
        correction=correction,
    )


def as_ruling(data: dict[str, Any] | None) -> Ruling | None:
    """A ruling from what is stored; None for none."""
    return None if data is None else Ruling.model_validate(data)


def own_attempt(database: Database, attempt_id: int, user_id: int, to_change: bool = False) -> AttemptState:
    """The person's own attempt. Raises NoSuchAttempt where there is none, or it is somebody else's."""
    state = attempt_state(database, attempt_id, to_change)
    if state.user_id != user_id:
        raise NoSuchAttempt
    return state


def questions_in(database: Database, slots: Iterable[SlotState]) -> dict[int, PinnedQuestion]:
    """The questions that slots ask, by version id, and beside them the versions by which they are marked."""
    slots = list(slots)
    rulings = [ruling for slot in slots for ruling in (slot.ruling, slot.correction) if ruling is not None]
    by = {ruling.by_version for ruling in rulings if ruling.by_version is not None}
    return pinned_questions(database, [*(slot.version_id for slot in slots), *by])


def passages_to_read(session: Session, slot: SlotState) -> list[PassageView]:
    """The passages a question rests on as an open book shows them, in reading order: no marks, no record notes."""
    passages = pinned_passages(session, slot.passages)
    found = [passages[version].plain() for version in slot.passages if version in passages]
    return sorted(found, key=lambda passage: [int(number) for number in passage.label.split(".")])
