"""The answers that wait for a teacher, question by question, in an order that does not tell whose they are.

To a teacher comes only what their own students have submitted, in classes that they may change: who may only look at a
class does not mark in it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, select
from sqlalchemy.orm import Session, aliased

from quizapp.domain.access import Right
from quizapp.kinds import KINDS
from quizapp.kinds.essay.kind import EssayContent
from quizapp.models import (
    Assignment,
    Attempt,
    AttemptSlot,
    Classroom,
    Question,
    QuestionVersion,
    State,
    User,
)
from quizapp.services.attempts.answering import NoSuchAttempt
from quizapp.services.attempts.reviewing import ReviewedSlot, everything, review_slots
from quizapp.services.attempts.showing import AttemptState, attempt_state
from quizapp.services.sharing import classrooms_open_to
from quizapp.services.teaching import students_in, work_open_to

MOST_MARKED = 100
"""Of the answers marked, the latest so many are listed."""


@dataclass(frozen=True)
class Place:
    """Where an answer stands: the question at `position` of an attempt."""

    attempt_id: int
    position: int


@dataclass(frozen=True)
class Queue:
    """Which answers a teacher goes through: of the students of a class, for an assignment, or all of them.

    `named`: in the order in which they were submitted. Otherwise in one that is as good as chance, another for each
    question and always the same, because the order of submission tells who wrote what.
    """

    teacher_id: int
    classroom_id: int | None = None
    assignment_id: int | None = None
    named: bool = False


@dataclass(frozen=True)
class WaitingQuestion:
    """A question with answers to mark: how many, since when, and the one to begin with."""

    question_id: int
    stem: str
    waiting: int
    since: datetime
    first: Place


@dataclass(frozen=True)
class MarkedAnswer:
    """An answer that was marked, in the list of them.

    `fraction` is 0–1, None for an answer to a question that is void since; `marked_by` None for a deleted account.
    """

    place: Place
    stem: str
    student: str
    fraction: float | None
    marked: datetime
    marked_by: str | None


@dataclass(frozen=True)
class AnswerToMark:
    """An answer before its teacher. It is the `number`-th of `count` to this question, of which `waiting` wait.

    `student` is a display name; `marked_by` the teacher who marked it already, None where nobody has. `previous` and
    `following` are its neighbours, marked or not; `next_waiting` the one to mark after it, from the first on after the
    last; each None where there is none.
    """

    place: Place
    attempt: AttemptState
    reviewed: ReviewedSlot
    question_id: int
    student: str
    number: int
    count: int
    waiting: int
    previous: Place | None
    following: Place | None
    next_waiting: Place | None
    marked: datetime | None
    marked_by: str | None

    @property
    def content(self) -> EssayContent:
        """The task with its rubric."""
        return rubric_of(self.reviewed)


def rubric_of(reviewed: ReviewedSlot) -> EssayContent:
    """The content of a question that a teacher marks."""
    content = reviewed.question.content
    assert isinstance(content, EssayContent)  # noqa: S101  the one kind that a teacher marks
    return content


@dataclass
class _Row:
    """The answers to one question, as they are gathered."""

    stem: str
    since: datetime
    places: list[Place] = field(default_factory=list)


_BY_TEACHER = [name for name, kind in KINDS.items() if kind.marked_by_teacher]
_WAITS: ColumnElement[bool] = and_(
    AttemptSlot.fraction.is_(None),
    case(
        (AttemptSlot.spared, func.coalesce(AttemptSlot.kept_ruling["void"].as_boolean(), False)),
        else_=func.coalesce(QuestionVersion.ruling["void"].as_boolean(), False),
    ).is_(False),
)
"""Neither marked nor void."""
_SOME_WAIT: ColumnElement[bool] = literal_column("attempt.awaiting > 0")
"""In the words of the partial index: the few attempts in which an answer waits are found without going through all."""
_AS_SUBMITTED = (Attempt.submitted, Attempt.id, AttemptSlot.position)


def _answers(queue: Queue, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Submitted answers of the queue that are for a teacher to mark."""
    query = (
        select(*columns)
        .select_from(AttemptSlot)
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .join(User, User.id == Attempt.user_id)
        .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
        .where(
            Attempt.state == State.SUBMITTED,
            work_open_to(queue.teacher_id, Right.EDIT),
            QuestionVersion.kind.in_(_BY_TEACHER),
            AttemptSlot.response.is_not(None),
        )
    )
    if queue.assignment_id is not None:
        query = query.where(Attempt.assignment_id == queue.assignment_id)
    if queue.classroom_id is not None:
        query = query.where(User.id.in_(students_in(queue.teacher_id, queue.classroom_id)))
    return query


def count_waiting(session: Session, teacher_id: int) -> int:
    """How many answers wait for a mark."""
    return session.scalar(_answers(Queue(teacher_id), func.count()).where(_SOME_WAIT, _WAITS)) or 0


def waiting(session: Session, queue: Queue) -> list[WaitingQuestion]:
    """The questions whose answers wait for a mark, the one that has waited longest first."""
    found: dict[int, _Row] = {}
    current = aliased(QuestionVersion)
    rows = session.execute(
        _answers(queue, Question.id, current.content, Attempt.submitted, Attempt.id, AttemptSlot.position)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(current, current.id == Question.current_version_id)
        .where(_SOME_WAIT, _WAITS)
        .order_by(*_AS_SUBMITTED)
    )
    for question_id, content, submitted, attempt_id, position in rows:
        row = found.setdefault(question_id, _Row(content["stem"], submitted))
        row.places.append(Place(attempt_id, position))
    return [
        WaitingQuestion(question_id, row.stem, len(row.places), row.since, _in_order(queue, question_id, row.places)[0])
        for question_id, row in found.items()
    ]


def _in_order(queue: Queue, question_id: int, as_submitted: Sequence[Place]) -> list[Place]:
    if queue.named:
        return list(as_submitted)
    return sorted(as_submitted, key=lambda place: _shuffling(question_id, place))


def _shuffling(question_id: int, place: Place) -> bytes:
    """What answers are sorted by: as good as chance, and the same each time, so that nobody loses their way."""
    return hashlib.sha256(f"{question_id} {place.attempt_id} {place.position}".encode()).digest()


def marked(session: Session, queue: Queue) -> list[MarkedAnswer]:
    """The answers that teachers have marked, the latest first, at most `MOST_MARKED`."""
    teacher = aliased(User)
    rows = session.execute(
        _answers(
            queue,
            Attempt.id,
            AttemptSlot.position,
            QuestionVersion.content,
            User.display_name,
            AttemptSlot.fraction,
            AttemptSlot.marked,
            teacher.display_name,
        )
        .outerjoin(teacher, teacher.id == AttemptSlot.marked_by_id)
        .where(AttemptSlot.marked.is_not(None))
        .order_by(AttemptSlot.marked.desc(), AttemptSlot.id.desc())
        .limit(MOST_MARKED)
    )
    return [
        MarkedAnswer(Place(attempt_id, position), content["stem"], student, fraction, when, by)
        for attempt_id, position, content, student, fraction, when, by in rows
    ]


def answer_to_mark(session: Session, queue: Queue, attempt_id: int, position: int) -> AnswerToMark:
    """An answer with all that is needed to mark it. Raises NoSuchAttempt where the queue has no such answer."""
    row = answer_row(session, queue, attempt_id, position)
    attempt = attempt_state(session, attempt_id)
    (reviewed,) = review_slots(session, [attempt.slot(position)], everything)
    place = Place(attempt_id, position)
    order, still_waiting = _places(session, queue, row.question_id)
    here = order.index(place)
    return AnswerToMark(
        place=place,
        attempt=attempt,
        reviewed=reviewed,
        question_id=row.question_id,
        student=row.display_name,
        number=here + 1,
        count=len(order),
        waiting=len(still_waiting),
        previous=order[here - 1] if here else None,
        following=next(iter(order[here + 1 :]), None),
        next_waiting=_next_waiting(order, still_waiting, here),
        marked=row.marked,
        marked_by=row.teacher,
    )


def answer_row(session: Session, queue: Queue, attempt_id: int, position: int) -> Any:
    """Whose answer it is, to which question, and who marked it when. Raises NoSuchAttempt where it is not there."""
    teacher = aliased(User)
    row = session.execute(
        _answers(
            queue,
            QuestionVersion.question_id,
            User.display_name,
            AttemptSlot.marked,
            teacher.display_name.label("teacher"),
        )
        .outerjoin(teacher, teacher.id == AttemptSlot.marked_by_id)
        .where(Attempt.id == attempt_id, AttemptSlot.position == position)
    ).one_or_none()
    if row is None:
        raise NoSuchAttempt
    return row


def _places(session: Session, queue: Queue, question_id: int) -> tuple[list[Place], set[Place]]:
    """The answers to a question in the order of the queue, and those of them that wait."""
    rows = session.execute(
        _answers(queue, Attempt.id, AttemptSlot.position, _WAITS)
        .where(QuestionVersion.question_id == question_id)
        .order_by(*_AS_SUBMITTED)
    ).all()
    as_submitted = [Place(attempt_id, position) for attempt_id, position, _waits in rows]
    still_waiting = {Place(attempt_id, position) for attempt_id, position, waits in rows if waits}
    return _in_order(queue, question_id, as_submitted), still_waiting


def next_waiting(session: Session, queue: Queue, attempt_id: int, position: int) -> Place | None:
    """The answer to mark after this one: the next to the same question that waits, from the first on after the last.

    None where no other one waits. Raises NoSuchAttempt.
    """
    row = answer_row(session, queue, attempt_id, position)
    order, still_waiting = _places(session, queue, row.question_id)
    return _next_waiting(order, still_waiting, order.index(Place(attempt_id, position)))


def _next_waiting(order: Sequence[Place], still_waiting: set[Place], here: int) -> Place | None:
    return next((place for place in (*order[here + 1 :], *order[:here]) if place in still_waiting), None)


@dataclass(frozen=True)
class ClassToMark:
    """A class that a queue can be narrowed to, with its assignments by id."""

    id: int
    name: str
    assignments: dict[int, str]


def classes_to_mark(session: Session, teacher_id: int) -> list[ClassToMark]:
    """The classes of this teacher in which they mark, by name, each with its assignments."""
    rows = session.execute(
        select(Classroom.id, Classroom.name, Assignment.id, Assignment.title)
        .outerjoin(Assignment, Assignment.classroom_id == Classroom.id)
        .where(Classroom.id.in_(classrooms_open_to(teacher_id, Right.EDIT)), Classroom.archived.is_(None))
        .order_by(Classroom.name, Classroom.id, Assignment.id)
    )
    found: dict[int, ClassToMark] = {}
    for classroom_id, name, assignment_id, title in rows:
        classroom = found.setdefault(classroom_id, ClassToMark(classroom_id, name, {}))
        if assignment_id is not None:
            classroom.assignments[assignment_id] = title
    return list(found.values())
