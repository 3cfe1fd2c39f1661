"""What a teacher marks: the answers that no program can judge, question by question.

To a teacher comes only what their own students have submitted; an answer is marked by the rubric of the version that
was asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session, aliased

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds import KINDS
from quizapp.kinds.essay.kind import EssayContent, fraction_of_points
from quizapp.models import Attempt, AttemptSlot, Question, QuestionVersion, State, User
from quizapp.services.attempts import submitting
from quizapp.services.attempts.answering import NoSuchAttempt
from quizapp.services.attempts.reviewing import ReviewedSlot, everything, review_slots
from quizapp.services.attempts.showing import AttemptState, attempt_state
from quizapp.services.teaching import taught_by

MOST_CHARACTERS = 5000
"""Of a comment."""
MOST_MARKED = 100
"""Of the answers marked, the latest so many are listed."""


class MarkRefused(ValueError):
    """Points or a comment that cannot be taken; the text, marked for translation, says what to change."""


@dataclass(frozen=True)
class Place:
    """Where an answer stands: the question at `position` of an attempt."""

    attempt_id: int
    position: int


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
    """An answer that was marked, in the list of them. `fraction` is 0–1; `marked_by` None for a deleted account."""

    place: Place
    stem: str
    student: str
    fraction: float
    marked: datetime
    marked_by: str | None


@dataclass(frozen=True)
class AnswerToMark:
    """An answer before its teacher. It is the `number`-th of `count` to this question, of which `waiting` wait.

    `student` is a display name; `marked_by` the teacher who marked it already, None where nobody has.
    """

    place: Place
    attempt: AttemptState
    reviewed: ReviewedSlot
    question_id: int
    student: str
    number: int
    count: int
    waiting: int
    marked: datetime | None
    marked_by: str | None

    @property
    def content(self) -> EssayContent:
        """The task with its rubric."""
        return _rubric_of(self.reviewed)


_BY_TEACHER = [name for name, kind in KINDS.items() if kind.marked_by_teacher]
_WAITS: ColumnElement[bool] = AttemptSlot.fraction.is_(None)


def _answers(teacher_id: int, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Submitted answers of this teacher's students that are for a teacher to mark."""
    return (
        select(*columns)
        .select_from(AttemptSlot)
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .join(User, User.id == Attempt.user_id)
        .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
        .where(
            Attempt.state == State.SUBMITTED,
            User.id.in_(taught_by(teacher_id)),
            QuestionVersion.kind.in_(_BY_TEACHER),
            AttemptSlot.response.is_not(None),
        )
    )


_IN_ORDER = (Attempt.submitted, Attempt.id, AttemptSlot.position)


def count_waiting(session: Session, teacher_id: int) -> int:
    """How many answers wait for a mark."""
    return session.scalar(_answers(teacher_id, func.count()).where(_WAITS)) or 0


def waiting(session: Session, teacher_id: int) -> list[WaitingQuestion]:
    """The questions whose answers wait for a mark, the one that has waited longest first."""
    found: dict[int, WaitingQuestion] = {}
    current = aliased(QuestionVersion)
    rows = session.execute(
        _answers(teacher_id, Question.id, current.content, Attempt.submitted, Attempt.id, AttemptSlot.position)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(current, current.id == Question.current_version_id)
        .where(_WAITS)
        .order_by(*_IN_ORDER)
    )
    for question_id, content, submitted, attempt_id, position in rows:
        first = found.get(question_id)
        if first is None:
            place = Place(attempt_id, position)
            found[question_id] = WaitingQuestion(question_id, content["stem"], 1, submitted, place)
        else:
            found[question_id] = WaitingQuestion(question_id, first.stem, first.waiting + 1, first.since, first.first)
    return list(found.values())


def marked(session: Session, teacher_id: int) -> list[MarkedAnswer]:
    """The answers that teachers have marked, the latest first, at most `MOST_MARKED`."""
    teacher = aliased(User)
    rows = session.execute(
        _answers(
            teacher_id,
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


def answer_to_mark(session: Session, teacher_id: int, attempt_id: int, position: int) -> AnswerToMark:
    """An answer with all that is needed to mark it. Raises NoSuchAttempt where there is nothing to mark."""
    row = _row(session, teacher_id, attempt_id, position)
    attempt = attempt_state(session, attempt_id)
    (reviewed,) = review_slots(session, [attempt.slot(position)], everything)
    place = Place(attempt_id, position)
    order, still_waiting = _places(session, teacher_id, row.question_id)
    return AnswerToMark(
        place=place,
        attempt=attempt,
        reviewed=reviewed,
        question_id=row.question_id,
        student=row.display_name,
        number=order.index(place) + 1,
        count=len(order),
        waiting=len(still_waiting),
        marked=row.marked,
        marked_by=row.teacher,
    )


def _row(session: Session, teacher_id: int, attempt_id: int, position: int) -> Any:
    teacher = aliased(User)
    row = session.execute(
        _answers(
            teacher_id,
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


def _places(session: Session, teacher_id: int, question_id: int) -> tuple[list[Place], list[Place]]:
    """The answers to a question in the order in which they were submitted: all of them, and those that wait."""
    rows = session.execute(
        _answers(teacher_id, Attempt.id, AttemptSlot.position, AttemptSlot.fraction)
        .where(QuestionVersion.question_id == question_id)
        .order_by(*_IN_ORDER)
    ).all()
    return (
        [Place(attempt_id, position) for attempt_id, position, _fraction in rows],
        [Place(attempt_id, position) for attempt_id, position, fraction in rows if fraction is None],
    )


def next_waiting(session: Session, teacher_id: int, attempt_id: int, position: int) -> Place | None:
    """The answer to mark after this one: the next to the same question that waits, from the first on after the last.

    None where no other one waits. Raises NoSuchAttempt.
    """
    order, still_waiting = _places(session, teacher_id, _row(session, teacher_id, attempt_id, position).question_id)
    here = order.index(Place(attempt_id, position))
    following = [place for place in (*order[here + 1 :], *order[:here]) if place in still_waiting]
    return next(iter(following), None)


def mark(
    session: Session,
    attempt_id: int,
    position: int,
    points: Sequence[int],
    comment: str,
    teacher_id: int,
    now: datetime,
) -> None:
    """Mark an answer, or mark it anew: `points` for each criterion of its rubric in order. The attempt is scored anew.

    Raises NoSuchAttempt where there is nothing to mark, MarkRefused.
    """
    state = attempt_state(session, attempt_id, to_change=True)
    _row(session, teacher_id, attempt_id, position)
    (reviewed,) = review_slots(session, [state.slot(position)], everything)
    words = comment.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(words) > MOST_CHARACTERS:
        raise MarkRefused(_("The comment is too long: shorten it to 5,000 characters."))
    session.execute(
        update(AttemptSlot)
        .where(AttemptSlot.attempt_id == attempt_id, AttemptSlot.position == position)
        .values(
            fraction=_fraction(points, reviewed),
            points=list(points),
            comment=words,
            marked_by_id=teacher_id,
            marked=now,
        )
    )
    session.flush()
    submitting.rescore(session, attempt_id)


def _fraction(points: Sequence[int], reviewed: ReviewedSlot) -> float:
    try:
        return fraction_of_points(points, _rubric_of(reviewed).rubric)
    except ValueError as error:
        raise MarkRefused(_("Give points for every criterion, as many as it takes at most.")) from error


def _rubric_of(reviewed: ReviewedSlot) -> EssayContent:
    content = reviewed.question.content
    assert isinstance(content, EssayContent)  # noqa: S101  the one kind that a teacher marks
    return content
