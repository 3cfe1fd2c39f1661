"""The gradebook: every student of a class with every assignment, read in three statements whatever the size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import starmap
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.gradebook import (
    Cell,
    Rules,
    Spread,
    Taken,
    cell_of,
    mean_of,
    ordered_by_share,
    spread_of,
    with_nothing_for_missing,
)
from quizapp.domain.lateness import LatePolicy, own_due
from quizapp.domain.settings import QuizSettings, settings_in_force
from quizapp.models import Accommodation, Assignment, Attempt, Enrolment, Purpose, Quiz, User
from quizapp.services.accommodations import Accommodations
from quizapp.services.sharing import classrooms_open_to
from quizapp.services.teaching import is_taught


@dataclass(frozen=True)
class Assigned:
    """An assignment as the gradebook knows it, with the dates that hold for a student without later ones."""

    id: int
    title: str
    quiz: str
    opens: datetime | None
    due: datetime | None
    settings: QuizSettings
    rules: Rules


@dataclass(frozen=True)
class Learner:
    """A student of the class.

    `removed` is when they were taken out, None while they are in it; `open_to_me` whether the teacher who looks sees
    this student's work (of who was removed, that may belong to other teachers now).
    """

    id: int
    name: str
    username: str | None
    removed: datetime | None
    open_to_me: bool
    arranged: Accommodations


@dataclass(frozen=True)
class Attempted:
    """An attempt for an assignment of the class, as it is stored."""

    id: int
    user_id: int
    assignment_id: int
    number: int
    started: datetime
    submitted: datetime | None
    score: float | None
    max_score: float
    awaiting: int

    @property
    def share(self) -> float | None:
        """The score as a share of at most 1; None while it runs, and where there was nothing to earn."""
        return (
            None if self.submitted is None or self.score is None or not self.max_score else self.score / self.max_score
        )

    @property
    def taken(self) -> Taken:
        """What of it is counted."""
        return Taken(self.id, self.share, self.submitted, self.awaiting)


@dataclass(frozen=True)
class Records:
    """What the database knows of a class: its assignments, its students by name, and their attempts in order."""

    assignments: tuple[Assigned, ...]
    students: tuple[Learner, ...]
    attempts: Mapping[tuple[int, int], Sequence[Attempted]]
    """By the ids of student and assignment."""


@dataclass(frozen=True)
class Line:
    """A student's line: a cell for each assignment, and the mean of the shares that are settled, None without any."""

    student: Learner
    cells: tuple[Cell, ...]
    mean: float | None


@dataclass(frozen=True)
class Gradebook:
    """The whole: `columns` says how the shares of each assignment spread, `spread` how the students' means do.

    Those who were removed stand in lines of their own, and count in neither.
    """

    assignments: tuple[Assigned, ...]
    lines: tuple[Line, ...]
    columns: tuple[Spread, ...]
    spread: Spread


@dataclass(frozen=True)
class Order:
    """How the lines stand: by name, by `mean`, or by the assignment with the id `assignment_id`."""

    mean: bool = False
    assignment_id: int | None = None
    reverse: bool = False


def gradebook(
    records: Records,
    now: datetime,
    missing_is_nothing: bool = False,
    order: Order = Order(),
) -> Gradebook:
    """The gradebook of what `read` gave; `missing_is_nothing` counts work that was not handed in by its date as 0."""
    lines = [_line(student, records, now, missing_is_nothing) for student in records.students]
    counted = [line for line in lines if line.student.removed is None]
    columns = [spread_of(line.cells[place].settled for line in counted) for place in range(len(records.assignments))]
    return Gradebook(
        assignments=records.assignments,
        lines=(
            *_in_order(counted, records, order),
            *_in_order([line for line in lines if line.student.removed is not None], records, order),
        ),
        columns=tuple(columns),
        spread=spread_of(line.mean for line in counted),
    )


def without_removed(book: Gradebook) -> Gradebook:
    """The same gradebook with the lines of those alone who are in the class."""
    return replace(book, lines=tuple(line for line in book.lines if line.student.removed is None))


def _line(student: Learner, records: Records, now: datetime, missing_is_nothing: bool) -> Line:
    cells = [cell_in(records, student, assignment, now) for assignment in records.assignments]
    if missing_is_nothing:
        cells = [with_nothing_for_missing(cell) for cell in cells]
    return Line(student, tuple(cells), mean_of(cell.settled for cell in cells))


def cell_in(records: Records, student: Learner, assignment: Assigned, now: datetime) -> Cell:
    """How a student stands with an assignment, by the dates that are the student's own."""
    attempts = records.attempts.get((student.id, assignment.id), ())
    end = None if attempts else student.arranged.closing(assignment.settings)
    return cell_of([one.taken for one in attempts], assignment.rules, due_for(assignment, student), end, now)


def due_for(assignment: Assigned, student: Learner) -> datetime | None:
    """The student's own due date."""
    arranged = student.arranged
    minutes = assignment.settings.minutes
    return own_due(assignment.due, assignment.rules.late, minutes, arranged.time_factor, arranged.extra_days)


def _in_order(lines: list[Line], records: Records, order: Order) -> list[Line]:
    places = {assignment.id: place for place, assignment in enumerate(records.assignments)}
    place = places.get(order.assignment_id or 0)
    if place is not None:
        return ordered_by_share(lines, lambda line: line.cells[place].share, order.reverse)
    if order.mean:
        return ordered_by_share(lines, lambda line: line.mean, order.reverse)
    return lines[::-1] if order.reverse else lines


def read(session: Session, classroom_id: int, teacher_id: int, with_removed: bool = False) -> Records:
    """Everything the gradebook of a class is made from, for a teacher who may look at it; a statement for each part."""
    attempts = _attempts(session, classroom_id)
    assignments = _assignments(session, classroom_id, {assignment_id for _user_id, assignment_id in attempts})
    return Records(assignments, _students(session, classroom_id, teacher_id, with_removed), attempts)


def class_of(session: Session, assignment_id: int | None, teacher_id: int) -> int | None:
    """The id of the class an assignment is set for, if this teacher may look at it."""
    if assignment_id is None:
        return None
    return session.scalar(
        select(Assignment.classroom_id).where(
            Assignment.id == assignment_id, Assignment.classroom_id.in_(classrooms_open_to(teacher_id))
        )
    )


def _assignments(session: Session, classroom_id: int, taken: set[int]) -> tuple[Assigned, ...]:
    """Those the students see or have taken, the first set first."""
    rows = session.execute(
        select(
            Assignment.id,
            Assignment.title,
            Quiz.title.label("quiz"),
            Assignment.opens,
            Assignment.due,
            Assignment.late,
            Assignment.late_percent,
            Assignment.published,
            Assignment.settings,
            Quiz.settings.label("quiz_settings"),
        )
        .join(Quiz, Quiz.id == Assignment.quiz_id)
        .where(Assignment.classroom_id == classroom_id)
        .order_by(func.coalesce(Assignment.opens, Assignment.created), Assignment.id)
    )
    return tuple(_assigned(row) for row in rows if row.published or row.id in taken)


def _assigned(row: Any) -> Assigned:
    settings = settings_in_force(row.quiz_settings, row.settings)
    rules = Rules(settings.grading, LatePolicy(row.late), row.late_percent)
    return Assigned(row.id, row.title, row.quiz, row.opens, row.due, settings, rules)


def _students(session: Session, classroom_id: int, teacher_id: int, with_removed: bool) -> tuple[Learner, ...]:
    query = (
        select(
            User.id,
            User.display_name,
            User.username,
            Enrolment.removed,
            is_taught(User.id, teacher_id).label("open_to_me"),
            Accommodation.time_factor,
            Accommodation.extra_attempts,
            Accommodation.extra_days,
        )
        .join(Enrolment, Enrolment.user_id == User.id)
        .outerjoin(Accommodation, Accommodation.user_id == User.id)
        .where(Enrolment.classroom_id == classroom_id)
    )
    if not with_removed:
        query = query.where(Enrolment.removed.is_(None))
    return tuple(sorted((_learner(row) for row in session.execute(query)), key=_by_name))


def _learner(row: Any) -> Learner:
    arranged = (row.time_factor, row.extra_attempts, row.extra_days)
    more = Accommodations() if row.time_factor is None else Accommodations(*arranged)
    return Learner(row.id, row.display_name, row.username, row.removed, bool(row.open_to_me), more)


def _by_name(student: Learner) -> tuple[bool, str, int]:
    """Those who are in the class first, then by name."""
    return student.removed is not None, student.name.casefold(), student.id


def _attempts(session: Session, classroom_id: int) -> dict[tuple[int, int], list[Attempted]]:
    rows = session.execute(
        select(
            Attempt.id,
            Attempt.user_id,
            Attempt.assignment_id,
            Attempt.number,
            Attempt.started,
            Attempt.submitted,
            Attempt.score,
            Attempt.max_score,
            Attempt.awaiting,
        )
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(Assignment.classroom_id == classroom_id, Attempt.purpose == Purpose.QUIZ)
        .order_by(Attempt.number)
    )
    found: dict[tuple[int, int], list[Attempted]] = {}
    attempt: Attempted
    for attempt in starmap(Attempted, rows):
        found.setdefault((attempt.user_id, attempt.assignment_id), []).append(attempt)
    return found
