"""Score histories: of one person for themselves and their teacher, and of everybody for the teacher."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.domain.grading import Finished, QuizSummary, summarise_by_quiz
from quizapp.domain.quizzes import Mode
from quizapp.models import Attempt, AttemptSlot, Objective, Question, QuestionVersion, Quiz, State, User

PAGE_SIZE = 50


@dataclass(frozen=True)
class AttemptRow:
    """One attempt in a list. `share` is a fraction 0–1, None while the attempt is open."""

    id: int
    user_id: int
    student: str
    quiz: str
    quiz_slug: str
    mode: Mode
    started: datetime
    submitted: datetime | None
    score: float | None
    max_score: float

    @property
    def share(self) -> float | None:
        """The score as a fraction 0–1."""
        return None if self.score is None or not self.max_score else self.score / self.max_score

    @property
    def duration(self) -> timedelta | None:
        """From start to submission."""
        return None if self.submitted is None else self.submitted - self.started


@dataclass(frozen=True)
class ObjectiveStrength:
    """How well one objective is met: `share` 0–1 of the marks, over `answers` answered questions."""

    objective: str
    share: float
    answers: int


@dataclass(frozen=True)
class History:
    """Everything a score history page shows, newest attempt first."""

    attempts: tuple[AttemptRow, ...]
    summaries: tuple[QuizSummary, ...]
    strengths: tuple[ObjectiveStrength, ...]

    @property
    def finished(self) -> tuple[AttemptRow, ...]:
        """The submitted attempts, oldest first: the points of the chart."""
        done = [row for row in self.attempts if row.submitted is not None]
        return tuple(sorted(done, key=lambda row: (row.submitted or row.started, row.id)))


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Attempt.id,
            Attempt.user_id,
            User.display_name,
            Quiz.title,
            Quiz.slug,
            Attempt.mode,
            Attempt.started,
            Attempt.submitted,
            Attempt.score,
            Attempt.max_score,
        )
        .join(User, User.id == Attempt.user_id)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .order_by(Attempt.started.desc(), Attempt.id.desc())
    )


def history_of(session: Session, user_id: int) -> History:
    """One person's history."""
    attempts = tuple(AttemptRow(*row) for row in session.execute(_rows().where(Attempt.user_id == user_id)))
    finished = [
        Finished(row.quiz, row.submitted, row.share)
        for row in attempts
        if row.submitted is not None and row.share is not None
    ]
    return History(attempts, tuple(summarise_by_quiz(finished)), tuple(strengths(session, user_id)))


def strengths(session: Session, user_id: int) -> list[ObjectiveStrength]:
    """Share of marks earned per objective over all finished attempts, the weakest first; blanks earn nothing."""
    earned = func.sum(AttemptSlot.fraction * AttemptSlot.max_mark)
    rows = session.execute(
        select(Objective.text, earned / func.sum(AttemptSlot.max_mark), func.count())
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(Objective, (Objective.bank_id == Question.bank_id) & (Objective.number == QuestionVersion.objective))
        .where(Attempt.user_id == user_id, Attempt.state == State.SUBMITTED)
        .group_by(Objective.id, Objective.text)
    )
    found = [ObjectiveStrength(text, share or 0.0, answers) for text, share, answers in rows]
    return sorted(found, key=lambda strength: (strength.share, strength.objective))


@dataclass(frozen=True)
class StudentRow:
    """A student in the teacher's list; shares are fractions 0–1."""

    id: int
    name: str
    username: str
    finished: int
    average: float | None
    last: datetime | None


def students(session: Session) -> list[StudentRow]:
    """All students with an account, and how they stand."""
    done = (Attempt.user_id == User.id) & (Attempt.state == State.SUBMITTED)
    rows = session.execute(
        select(
            User.id,
            User.display_name,
            User.username,
            func.count(Attempt.id),
            func.avg(Attempt.score / Attempt.max_score),
            func.max(Attempt.submitted),
        )
        .outerjoin(Attempt, done)
        .where(User.role == Role.STUDENT)
        .group_by(User.id, User.display_name, User.username)
        .order_by(User.display_name, User.id)
    )
    return [StudentRow(*row) for row in rows]


@dataclass(frozen=True)
class AttemptPage:
    """One page of a list of attempts; `following` tells whether there are more."""

    rows: tuple[AttemptRow, ...]
    number: int
    following: bool


def all_attempts(session: Session, page: int, quiz_slug: str = "", user_id: int | None = None) -> AttemptPage:
    """Finished attempts of all account holders, newest first, `PAGE_SIZE` a page (from 1)."""
    query = _rows().where(Attempt.state == State.SUBMITTED, User.role != Role.GUEST)
    if quiz_slug:
        query = query.where(Quiz.slug == quiz_slug)
    if user_id is not None:
        query = query.where(Attempt.user_id == user_id)
    rows = session.execute(query.limit(PAGE_SIZE + 1).offset((page - 1) * PAGE_SIZE)).all()
    return AttemptPage(tuple(AttemptRow(*row) for row in rows[:PAGE_SIZE]), page, len(rows) > PAGE_SIZE)
