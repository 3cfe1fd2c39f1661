"""What a teacher sees of assignments: those of a class with their counts, and one while it is being taken."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Subquery, case, func, select
from sqlalchemy.orm import Session

from quizapp.domain.assignment_scores import AssignmentScore, Finished, score_of
from quizapp.domain.assignments import Phase, phase
from quizapp.domain.lateness import LatePolicy, own_due
from quizapp.domain.settings import QuizSettings, settings_in_force
from quizapp.domain.timing import remaining
from quizapp.models import Accommodation, Assignment, Attempt, AttemptSlot, Enrolment, Quiz, State, User

HERE = timedelta(seconds=60)
"""Who was seen within this is taken to be here: a page says so every twenty seconds, and may miss one or two."""


@dataclass(frozen=True)
class AssignmentRow:
    """An assignment in the list of a class. `started` and `finished` count students who are in the class."""

    id: int
    title: str
    quiz: str
    opens: datetime | None
    due: datetime | None
    closes: datetime | None
    late: LatePolicy
    late_percent: int
    published: bool
    started: int
    finished: int
    phase: Phase


def assignments_of(session: Session, classroom_id: int, now: datetime) -> list[AssignmentRow]:
    """The assignments of a class, those due last on top and those without a due date before them."""
    counts = (
        select(
            Attempt.assignment_id,
            func.count(Attempt.user_id.distinct()).label("started"),
            func.count(case((Attempt.state == State.SUBMITTED, Attempt.user_id)).distinct()).label("finished"),
        )
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(Enrolment, (Enrolment.classroom_id == Assignment.classroom_id) & (Enrolment.user_id == Attempt.user_id))
        .where(Assignment.classroom_id == classroom_id, Enrolment.removed.is_(None))
        .group_by(Attempt.assignment_id)
        .subquery()
    )
    rows = session.execute(
        select(Assignment, Quiz.title, Quiz.settings, counts.c.started, counts.c.finished)
        .join(Quiz, Quiz.id == Assignment.quiz_id)
        .outerjoin(counts, counts.c.assignment_id == Assignment.id)
        .where(Assignment.classroom_id == classroom_id)
    )
    found = [_row(row, now) for row in rows]
    return sorted(found, key=lambda row: (row.due is not None, -row.due.timestamp() if row.due else 0, -row.id))


def _row(row: Any, now: datetime) -> AssignmentRow:
    assignment: Assignment = row.Assignment
    closes = settings_in_force(row.settings, assignment.settings).closes
    return AssignmentRow(
        id=assignment.id,
        title=assignment.title,
        quiz=row.title,
        opens=assignment.opens,
        due=assignment.due,
        closes=closes,
        late=assignment.late,
        late_percent=assignment.late_percent,
        published=assignment.published,
        started=row.started or 0,
        finished=row.finished or 0,
        phase=phase(assignment.opens, assignment.due, closes, now),
    )


def enrolled(session: Session, classroom_id: int) -> int:
    """How many students are in a class."""
    counted = select(func.count()).where(Enrolment.classroom_id == classroom_id, Enrolment.removed.is_(None))
    return session.scalar(counted) or 0


@dataclass(frozen=True)
class Progress:
    """How one student stands with an assignment at this moment, by their latest attempt.

    `attempt_id` is None for who has not begun. `is_open` says that it runs, `minutes_left` for how many minutes begun
    at most (None without an end), `minutes_away` how many minutes ago the student was last seen there (0: here now).
    `score` is what counts of all that is finished.
    """

    user_id: int
    student: str
    username: str
    attempt_id: int | None = None
    number: int = 0
    is_open: bool = False
    answered: int = 0
    questions: int = 0
    flagged: int = 0
    started: datetime | None = None
    submitted: datetime | None = None
    deadline: datetime | None = None
    saved: datetime | None = None
    minutes_left: int | None = None
    minutes_away: int | None = None
    score: AssignmentScore | None = None

    @property
    def is_here(self) -> bool:
        """Whether the student's page is there now."""
        return self.is_open and self.minutes_away == 0

    @property
    def is_finished(self) -> bool:
        """Whether an attempt is finished and none runs."""
        return self.attempt_id is not None and not self.is_open


@dataclass(frozen=True)
class Running:
    """An assignment while it is being taken, student by student, by name."""

    students: tuple[Progress, ...]

    @property
    def started(self) -> int:
        """How many have begun."""
        return sum(one.attempt_id is not None for one in self.students)

    @property
    def finished(self) -> int:
        """How many have finished, and are not at it again."""
        return sum(one.is_finished for one in self.students)

    @property
    def here(self) -> int:
        """How many are at it now."""
        return sum(one.is_here for one in self.students)


def running(session: Session, assignment: Assignment, settings: QuizSettings, now: datetime) -> Running:
    """How every student of the class stands with it, in one statement. `settings` are those in force."""
    slots = _slots_of(assignment.id)
    rows = session.execute(
        select(
            User.id.label("user_id"),
            User.display_name,
            User.username,
            func.coalesce(Accommodation.time_factor, 1.0).label("factor"),
            func.coalesce(Accommodation.extra_days, 0).label("days"),
            Attempt.id,
            Attempt.number,
            Attempt.state,
            Attempt.started,
            Attempt.submitted,
            Attempt.deadline,
            Attempt.seen,
            (Attempt.score / func.nullif(Attempt.max_score, 0.0)).label("share"),
            Attempt.awaiting,
            slots.c.answered,
            slots.c.questions,
            slots.c.flagged,
            slots.c.saved,
        )
        .join(Enrolment, Enrolment.user_id == User.id)
        .outerjoin(Accommodation, Accommodation.user_id == User.id)
        .outerjoin(Attempt, (Attempt.user_id == User.id) & (Attempt.assignment_id == assignment.id))
        .outerjoin(slots, slots.c.attempt_id == Attempt.id)
        .where(Enrolment.classroom_id == assignment.classroom_id, Enrolment.removed.is_(None))
        .order_by(User.display_name, User.id, Attempt.number)
    )
    by_student: dict[int, list[Any]] = {}
    for row in rows:
        by_student.setdefault(row.user_id, []).append(row)
    return Running(tuple(_progress(attempts, assignment, settings, now) for attempts in by_student.values()))


def _slots_of(assignment_id: int) -> Subquery:
    """What is answered, flagged and saved, by attempt."""
    return (
        select(
            AttemptSlot.attempt_id,
            func.count(AttemptSlot.response).label("answered"),
            func.count().label("questions"),
            func.count(case((AttemptSlot.flagged.is_(True), 1))).label("flagged"),
            func.max(AttemptSlot.saved).label("saved"),
        )
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .where(Attempt.assignment_id == assignment_id)
        .group_by(AttemptSlot.attempt_id)
        .subquery()
    )


def _progress(attempts: Sequence[Any], assignment: Assignment, settings: QuizSettings, now: datetime) -> Progress:
    shown = next((row for row in attempts if row.state == State.OPEN), attempts[-1])
    if shown.id is None:
        return Progress(shown.user_id, shown.display_name, shown.username)
    is_open = shown.state == State.OPEN
    left = remaining(shown.deadline, now) if is_open else None
    return Progress(
        user_id=shown.user_id,
        student=shown.display_name,
        username=shown.username,
        attempt_id=shown.id,
        number=shown.number,
        is_open=is_open,
        answered=shown.answered,
        questions=shown.questions,
        flagged=shown.flagged,
        started=shown.started,
        submitted=shown.submitted,
        deadline=shown.deadline,
        saved=shown.saved,
        minutes_left=None if left is None else math.ceil(left / timedelta(minutes=1)),
        minutes_away=_minutes_away((shown.seen, shown.saved, shown.started), now) if is_open else None,
        score=_score(attempts, assignment, settings),
    )


def _minutes_away(seen: Iterable[datetime | None], now: datetime) -> int:
    """Minutes since the latest of these; 0 while the student is taken to be here."""
    away = now - max(moment for moment in seen if moment is not None)
    return 0 if away <= HERE else max(1, away // timedelta(minutes=1))


def _score(attempts: Sequence[Any], assignment: Assignment, settings: QuizSettings) -> AssignmentScore:
    done = [Finished(row.share, row.submitted, row.awaiting) for row in attempts if row.share is not None]
    one = attempts[0]
    due = own_due(assignment.due, assignment.late, settings.minutes, one.factor, one.days)
    return score_of(done, settings.grading, assignment.late, assignment.late_percent, due)
