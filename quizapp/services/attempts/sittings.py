"""A student's attempts at quizzes as their teacher manages them: which run, until when, and which can be reopened."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.domain.feedback import Aspect
from quizapp.domain.quizzes import Mode
from quizapp.models import Assignment, Attempt, Purpose, Quiz, State, User
from quizapp.services.attempts.answering import NoSuchAttempt
from quizapp.services.attempts.showing import AttemptState, attempt_state
from quizapp.services.teaching import taught_by

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


def sittings(session: Session, user_id: int) -> tuple[list[Sitting], list[Sitting]]:
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
        .where(Attempt.user_id == user_id)
        .order_by(Attempt.started.desc(), Attempt.id.desc())
    )
    running = session.execute(rows.where(Attempt.state == State.OPEN))
    done = session.execute(rows.where(Attempt.state == State.SUBMITTED).limit(LATEST))
    return [Sitting(*row) for row in running], [Sitting(*row) for row in done]


@dataclass(frozen=True)
class Managed:
    """One attempt at a quiz before the teacher who may change its end. `student` is the display name."""

    state: AttemptState
    student: str

    @property
    def needs_end(self) -> bool:
        """Whether it must end by itself when it is opened again: it has a time limit, or its quiz closes."""
        return self.state.settings.minutes is not None or self.state.settings.closes is not None

    def key_seen(self, now: datetime) -> bool:
        """Whether the student may have been shown right answers by now."""
        return any(Aspect.KEY in self.state.shown(slot, now) for slot in self.state.slots)


def managed(session: Session, teacher_id: int, attempt_id: int) -> Managed:
    """An attempt at a quiz of a student for whom this teacher may arrange something. Raises NoSuchAttempt."""
    student = session.scalar(
        select(User.display_name)
        .join(Attempt, Attempt.user_id == User.id)
        .where(
            Attempt.id == attempt_id, Attempt.purpose == Purpose.QUIZ, User.id.in_(taught_by(teacher_id, Right.EDIT))
        )
    )
    if student is None:
        raise NoSuchAttempt
    return Managed(attempt_state(session, attempt_id), student)
