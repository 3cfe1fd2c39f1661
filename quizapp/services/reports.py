"""Score histories: of one person for themselves and their teacher, and of everybody for the teacher."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, not_, select
from sqlalchemy.orm import Session

from quizapp.domain.assignment_scores import Finished, kept_of
from quizapp.domain.grading import Grading, Summary, summarise
from quizapp.domain.lateness import own_due
from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import QuizSettings, settings_in_force
from quizapp.models import (
    Accommodation,
    Assignment,
    Attempt,
    AttemptSlot,
    Objective,
    Purpose,
    Question,
    QuestionVersion,
    Quiz,
    State,
    User,
)
from quizapp.services.accommodations import MOST, most_arranged
from quizapp.services.teaching import students_in, taught_by, work_open_to
from quizapp.services.withheld import Withheld, withheld

PAGE_SIZE = 50


@dataclass(frozen=True)
class AttemptRow:
    """One attempt at a quiz, in a list.

    `score` is None while the attempt is open, and where it is `withheld` from who looks at the list; `awaiting` is how
    many answers wait for a teacher's mark, and the score may still rise then. For an assignment it came `late_by` days
    begun late, and `counted` is the share that is left of it; elsewhere that is the share.
    """

    id: int
    user_id: int
    student: str
    quiz: str
    quiz_slug: str
    mode: Mode
    number: int
    started: datetime
    submitted: datetime | None
    score: float | None
    max_score: float
    awaiting: int
    grading: Grading
    withheld: Withheld | None = None
    assignment_id: int | None = None
    late_by: int = 0
    counted: float | None = None

    @property
    def taken_off(self) -> float:
        """The share that lateness took off."""
        return 0.0 if self.share is None or self.counted is None else self.share - self.counted

    @property
    def share(self) -> float | None:
        """The score as a fraction: at most 1, and below 0 where certainty was misplaced. None where there is none."""
        return None if self.score is None or not self.max_score else self.score / self.max_score

    @property
    def duration(self) -> timedelta | None:
        """From start to submission."""
        return None if self.submitted is None else self.submitted - self.started


@dataclass(frozen=True)
class QuizHistory:
    """A person's finished attempts at one quiz, and which of them counts.

    `summary` is None where the scores are `withheld`; `provisional` says that answers still wait for a mark, `reduced`
    that lateness took something off what counts.
    """

    quiz: str
    attempts: int
    grading: Grading
    summary: Summary | None
    provisional: bool
    withheld: Withheld | None
    reduced: bool = False


@dataclass(frozen=True)
class ObjectiveStrength:
    """How well one objective is met: `share` 0–1 of the marks without regard to certainty, over `answers` questions."""

    objective: str
    share: float
    answers: int


@dataclass(frozen=True)
class History:
    """Everything a score history page shows, newest attempt first. `reviewed` counts answers given in spaced review."""

    attempts: tuple[AttemptRow, ...]
    quizzes: tuple[QuizHistory, ...]
    strengths: tuple[ObjectiveStrength, ...]
    reviewed: int

    @property
    def scored(self) -> tuple[AttemptRow, ...]:
        """The submitted attempts whose score may be seen, oldest first: the points of the chart."""
        done = [row for row in self.attempts if row.share is not None]
        return tuple(sorted(done, key=lambda row: (row.submitted or row.started, row.id)))


_FOR_LATENESS = {
    "due": Assignment.due,
    "late": Assignment.late,
    "late_percent": Assignment.late_percent,
    "time_factor": Accommodation.time_factor,
    "extra_days": Accommodation.extra_days,
}
"""Columns by which an attempt for an assignment is late, and what that takes off."""


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Attempt.id,
            Attempt.user_id,
            User.display_name.label("student"),
            func.coalesce(Assignment.title, Quiz.title).label("quiz"),
            Quiz.slug.label("quiz_slug"),
            Attempt.mode,
            Attempt.number,
            Attempt.started,
            Attempt.submitted,
            Attempt.score,
            Attempt.max_score,
            Attempt.awaiting,
            Quiz.settings,
            Attempt.assignment_id,
            *_FOR_LATENESS.values(),
            Assignment.settings.label("assignment_settings"),
            *MOST,
        )
        .join(User, User.id == Attempt.user_id)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
        .outerjoin(Accommodation, Accommodation.user_id == Attempt.user_id)
        .order_by(Attempt.started.desc(), Attempt.id.desc())
    )


def _as_stored(row: Row[*tuple[Any, ...]]) -> AttemptRow:
    values = dict(row._mapping)
    for column in ("settings", "assignment_settings", "most_time", "most_days", *_FOR_LATENESS):
        values.pop(column)
    settings = _settings_of(row)
    attempt = AttemptRow(**values, grading=settings.grading)
    if attempt.share is None or attempt.submitted is None or attempt.assignment_id is None:
        return replace(attempt, counted=attempt.share)
    due = own_due(row.due, row.late, settings.minutes, row.time_factor or 1.0, row.extra_days or 0)
    kept = kept_of(Finished(attempt.share, attempt.submitted), row.late, row.late_percent, due)
    return replace(attempt, late_by=kept.late_by, counted=kept.share)


def _settings_of(row: Row[*tuple[Any, ...]]) -> QuizSettings:
    return settings_in_force(row.settings, row.assignment_settings)


def _as_owner_sees(row: Row[*tuple[Any, ...]], now: datetime) -> AttemptRow:
    """The row without its score where the feedback policy of the quiz holds that back."""
    attempt = _as_stored(row)
    if attempt.submitted is None:
        return attempt
    held_back = withheld(_settings_of(row), attempt.mode, most_arranged(row.most_time, row.most_days), now)
    return attempt if held_back is None else replace(attempt, score=None, counted=None, withheld=held_back)


def history_of(session: Session, teacher_id: int, user_id: int) -> History:
    """One student's history as this teacher sees it, with every score; what they did for other classes is left out."""
    found = session.execute(_rows().where(Attempt.user_id == user_id, work_open_to(teacher_id)))
    for_others = select(Attempt.id).where(Attempt.user_id == user_id, not_(work_open_to(teacher_id)))
    leaving_out = session.scalars(for_others).all()
    return _history(session, user_id, [_as_stored(row) for row in found], leaving_out)


def own_history(session: Session, user_id: int, now: datetime) -> History:
    """One's own history: no score, and no figure made of one, that the feedback policy of its quiz holds back."""
    found = session.execute(_rows().where(Attempt.user_id == user_id))
    attempts = [_as_owner_sees(row, now) for row in found]
    return _history(session, user_id, attempts, [row.id for row in attempts if row.withheld])


def _history(session: Session, user_id: int, attempts: Sequence[AttemptRow], leaving_out: Collection[int]) -> History:
    """Of these attempts; what is said of objectives leaves out those with the ids `leaving_out`."""
    return History(
        attempts=tuple(attempts),
        quizzes=tuple(quiz_by_quiz(attempts)),
        strengths=tuple(strengths(session, user_id, leaving_out=leaving_out)),
        reviewed=answers_in_review(session, user_id),
    )


def quiz_by_quiz(attempts: Sequence[AttemptRow]) -> list[QuizHistory]:
    """What the finished ones of these attempts, newest first, come to for each quiz; the latest taken quiz first.

    A quiz that was taken for an assignment, too, stands apart for each.
    """
    by_quiz: dict[tuple[str, int | None], list[AttemptRow]] = {}
    for row in attempts:
        if row.submitted is not None:
            by_quiz.setdefault((row.quiz_slug, row.assignment_id), []).append(row)
    return [_quiz_history(rows) for rows in by_quiz.values()]


def _quiz_history(newest_first: Sequence[AttemptRow]) -> QuizHistory:
    latest = newest_first[0]
    shares = [row.share for row in reversed(newest_first) if row.share is not None]
    kept = [row.counted for row in reversed(newest_first) if row.counted is not None]
    held_back = next((row.withheld for row in newest_first if row.withheld), None)
    return QuizHistory(
        quiz=latest.quiz,
        attempts=len(newest_first),
        grading=latest.grading,
        summary=_summary(shares, kept, latest.grading) if shares and held_back is None else None,
        provisional=any(row.awaiting for row in newest_first),
        withheld=held_back,
        reduced=any(row.taken_off > 0 for row in newest_first),
    )


def _summary(shares: Sequence[float], kept: Sequence[float], grading: Grading) -> Summary:
    """Of what was earned; but what counts is chosen from what lateness left."""
    return replace(summarise(shares, grading), counting=summarise(kept, grading).counting)


def strengths(session: Session, user_id: int, leaving_out: Collection[int] = ()) -> list[ObjectiveStrength]:
    """Share of marks earned per objective over finished attempts at quizzes, the weakest first.

    Blanks earn nothing; what waits for a mark is left out, and so are the attempts with the ids `leaving_out`.
    """
    earned = func.sum(AttemptSlot.fraction * AttemptSlot.max_mark)
    rows = session.execute(
        select(Objective.text, earned / func.sum(AttemptSlot.max_mark), func.count())
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(Objective, (Objective.bank_id == Question.bank_id) & (Objective.number == QuestionVersion.objective))
        .where(
            Attempt.user_id == user_id,
            Attempt.purpose == Purpose.QUIZ,
            Attempt.state == State.SUBMITTED,
            Attempt.id.not_in(leaving_out),
            AttemptSlot.fraction.is_not(None),
        )
        .group_by(Objective.id, Objective.text)
    )
    found = [ObjectiveStrength(text, share or 0.0, answers) for text, share, answers in rows]
    return sorted(found, key=lambda strength: (strength.share, strength.objective))


def answers_in_review(session: Session, user_id: int) -> int:
    """How many questions the person has answered in spaced review."""
    answered = (
        select(func.count())
        .select_from(AttemptSlot)
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .where(
            Attempt.user_id == user_id,
            Attempt.purpose == Purpose.REVIEW,
            AttemptSlot.settled.is_not(None),
            AttemptSlot.response.is_not(None),
        )
    )
    return session.scalar(answered) or 0


@dataclass(frozen=True)
class StudentRow:
    """A student in the teacher's list. `average` is a share of at most 1, over finished attempts at quizzes."""

    id: int
    name: str
    username: str
    finished: int
    average: float | None
    last: datetime | None


def students(session: Session, teacher_id: int) -> list[StudentRow]:
    """This teacher's students, and how they stand."""
    mine, for_quiz = Attempt.user_id == User.id, Attempt.purpose == Purpose.QUIZ
    done = mine & for_quiz & (Attempt.state == State.SUBMITTED) & work_open_to(teacher_id)
    rows = session.execute(
        select(
            User.id,
            User.display_name,
            User.username,
            func.count(Attempt.id),
            func.avg(Attempt.score / func.nullif(Attempt.max_score, 0)),
            func.max(Attempt.submitted),
        )
        .outerjoin(Attempt, done)
        .where(User.id.in_(taught_by(teacher_id)))
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


def all_attempts(
    session: Session, teacher_id: int, page: int, quiz_slug: str = "", classroom_id: int | None = None
) -> AttemptPage:
    """Finished attempts of this teacher's students, newest first, `PAGE_SIZE` a page (from 1).

    With a class only of those who are in it; there are none of a class that the teacher may not look at.
    """
    query = _rows().where(Attempt.state == State.SUBMITTED, work_open_to(teacher_id))
    if quiz_slug:
        query = query.where(Quiz.slug == quiz_slug)
    if classroom_id is not None:
        query = query.where(User.id.in_(students_in(teacher_id, classroom_id)))
    rows = session.execute(query.limit(PAGE_SIZE + 1).offset((page - 1) * PAGE_SIZE)).all()
    return AttemptPage(tuple(_as_stored(row) for row in rows[:PAGE_SIZE]), page, len(rows) > PAGE_SIZE)


def quizzes_taken(session: Session, teacher_id: int) -> Sequence[Quiz]:
    """The quizzes at which this teacher's students have finished attempts, for whatever they were made; in order."""
    done = select(Attempt.id).where(
        Attempt.quiz_id == Quiz.id, Attempt.state == State.SUBMITTED, work_open_to(teacher_id)
    )
    return session.scalars(select(Quiz).where(done.exists()).order_by(Quiz.position, Quiz.id)).all()
