"""A student's attempts at quizzes as their teacher manages them: which run, until when, and which can be reopened."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.domain.feedback import Aspect
from quizapp.domain.lateness import own_due
from quizapp.domain.quizzes import Mode
from quizapp.models import Assignment, Attempt, Purpose, Quiz, State, User
from quizapp.services.accommodations import accommodation_of
from quizapp.services.attempts.answering import NoSuchAttempt
from quizapp.services.attempts.showing import AttemptState, attempt_state
from quizapp.services.teaching import work_open_to

LATEST = 20
"""Of the submitted attempts, the latest so many can be opened again from the list."""


@dataclass(frozen=True)
class Sitting:
    """One attempt in the list. `deadline` is None where it has no end."""

    id: int
    quiz: str
    number: int
    mode: Mode
    started: datetime
    deadline: datetime | None
    submitted: datetime | None


def sittings(session: Session, teacher_id: int, user_id: int) -> tuple[list[Sitting], list[Sitting]]:
    """A person's open attempts at quizzes, and their latest submitted ones, the newest first."""
    rows = (
        select(
            Attempt.id,
            func.coalesce(Assignment.title, Quiz.title),
            Attempt.number,
            Attempt.mode,
            Attempt.started,
            Attempt.deadline,
            Attempt.submitted,
        )
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
        .where(Attempt.user_id == user_id, work_open_to(teacher_id))
        .order_by(Attempt.started.desc(), Attempt.id.desc())
    )
    running = session.execute(rows.where(Attempt.state == State.OPEN))
    done = session.execute(rows.where(Attempt.state == State.SUBMITTED).limit(LATEST))
    return [Sitting(*row) for row in running], [Sitting(*row) for row in done]


@dataclass(frozen=True)
class Managed:
    """One attempt at a quiz before the teacher who may change its end. `student` is the display name.

    `due` is the student's own due date, where it is for an assignment that has one.
    """

    state: AttemptState
    student: str
    due: datetime | None

    @property
    def needs_end(self) -> bool:
        """Whether it must end by itself when it is opened again: it has a time limit, or its quiz closes."""
        return self.state.settings.minutes is not None or self.state.settings.closes is not None

    def key_seen(self, now: datetime) -> bool:
        """Whether the student may have been shown right answers by now."""
        return any(Aspect.KEY in self.state.shown(slot, now) for slot in self.state.slots)


def managed(session: Session, teacher_id: int, attempt_id: int) -> Managed:
    """An attempt at a quiz with which this teacher may do something. Raises NoSuchAttempt."""
    row = session.execute(
        select(User.display_name, Assignment.due, Assignment.late)
        .join(Attempt, Attempt.user_id == User.id)
        .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
        .where(Attempt.id == attempt_id, Attempt.purpose == Purpose.QUIZ, work_open_to(teacher_id, Right.EDIT))
    ).one_or_none()
    if row is None:
        raise NoSuchAttempt
    state = attempt_state(session, attempt_id)
    allowed = accommodation_of(session, state.user_id)
    arranged = (state.settings.minutes, allowed.time_factor, allowed.extra_days)
    due = None if row.due is None else own_due(row.due, row.late, *arranged)
    return Managed(state, row.display_name, due)
