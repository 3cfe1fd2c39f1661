"""Spaced review: which questions come back to a person and when, and an attempt at those that are due.

There is no table of what is scheduled: it follows from the answers, each time it is asked for (`domain.schedule`). Only
replays are kept in memory, by the answers themselves, so that they are never stale. Measured: 1.6 ms for somebody with
200 answers, 14 ms with 2,000, most of it the reading of the rows.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from random import Random
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.domain import schedule
from quizapp.domain.feedback import Aspect
from quizapp.domain.quizzes import Mode, Status
from quizapp.domain.schedule import Calibration, Memory, Recall
from quizapp.domain.settings import QuizSettings, settings_in_force
from quizapp.models import (
    Assignment,
    Attempt,
    AttemptSlot,
    Purpose,
    Question,
    QuestionVersion,
    Quiz,
    State,
    User,
)
from quizapp.services.accommodations import MOST, most_arranged
from quizapp.services.attempts.starting import questions_seen, slots_for, start_without_quiz
from quizapp.services.same_lines import questions_on_same_lines

MOST_AT_ONCE = 10
"""Questions of one review: some minutes of work, after which one can stop or begin another."""


class NothingDue(Exception):
    """No question is due for review."""


@dataclass(frozen=True)
class Remembered:
    """A question in somebody's review. `asked_last` is the question last asked for it: itself, or one on its lines."""

    question_id: int
    section_id: int
    recalls: tuple[Recall, ...]
    memory: Memory
    asked_last: int


@dataclass(frozen=True)
class Forecast:
    """What the schedule expects. `share_known` is 0–1 of the questions in the review, None without any.

    `by_day` counts what comes due on each day from today on; `calibration` is None before the first prediction.
    """

    by_day: tuple[tuple[date, int], ...]
    questions: int
    share_known: float | None
    calibration: Calibration | None

    @property
    def busiest(self) -> int:
        """The most that come due on one of the days."""
        return max(count for _, count in self.by_day)


_memory_of = lru_cache(maxsize=50_000)(schedule.memory_of)
_KEY = func.coalesce(AttemptSlot.stands_for_id, QuestionVersion.question_id)
_ANSWERS: Select[*tuple[Any, ...]] = (
    select(
        Question.id,
        Question.section_id,
        QuestionVersion.question_id.label("asked"),
        AttemptSlot.settled,
        AttemptSlot.fraction,
        AttemptSlot.certainty,
        Attempt.quiz_id,
        Attempt.assignment_id,
        Attempt.mode,
        Attempt.state,
    )
    .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
    .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
    .join(Question, Question.id == _KEY)
    .where(
        Attempt.user_id == bindparam("user_id"),
        Attempt.purpose != Purpose.TRIAL,
        Question.status == Status.PUBLISHED,
        AttemptSlot.settled.is_not(None),
        AttemptSlot.response.is_not(None),
        AttemptSlot.fraction.is_not(None),
    )
    .order_by(AttemptSlot.settled, AttemptSlot.id)
)
_TAKEN = (
    select(Attempt.quiz_id, Attempt.assignment_id)
    .where(Attempt.user_id == bindparam("user_id"), Attempt.quiz_id.is_not(None))
    .distinct()
    .subquery()
)
_QUIZZES = (
    select(_TAKEN.c.quiz_id, _TAKEN.c.assignment_id, Quiz.settings, Assignment.settings, *MOST)
    .join(Quiz, Quiz.id == _TAKEN.c.quiz_id)
    .outerjoin(Assignment, Assignment.id == _TAKEN.c.assignment_id)
)
Taken = tuple[int | None, int | None]
"""What an attempt was made at: the quiz and the assignment, by their ids; None for none."""


def memories(session: Session, user_id: int, now: datetime) -> list[Remembered]:
    """The published questions in the person's review, each with what the model holds of it. Two statements.

    Answers whose key the person may not see yet, or never, are left out: that a question comes back would tell that
    the answer was wrong, and its review would show the key.
    """
    recalls: dict[int, list[Recall]] = {}
    last: dict[int, tuple[int, int]] = {}
    rows = session.execute(_ANSWERS, {"user_id": user_id}).all()
    tells = _KeyTold(_quizzes(session, user_id), now)
    for question, section, asked, at, fraction, certainty, quiz, assignment, mode, state in rows:
        if tells[(quiz, assignment), mode, state]:
            recalls.setdefault(question, []).append(Recall(at, fraction >= 1, certainty))
            last[question] = section, asked
    return [
        Remembered(question, section, answers, memory, asked)
        for question, (section, asked) in last.items()
        if (memory := _memory_of(answers := tuple(recalls[question]))) is not None
    ]


def _quizzes(session: Session, user_id: int) -> dict[Taken, tuple[QuizSettings, datetime | None]]:
    """The quizzes the person has taken: how each is run now, and when it has closed for everybody."""
    found: dict[Taken, tuple[QuizSettings, datetime | None]] = {}
    for quiz, assignment, own, differing, *most in session.execute(_QUIZZES, {"user_id": user_id}):
        settings = settings_in_force(own, differing)
        found[quiz, assignment] = settings, most_arranged(*most).closing(settings)
    return found


class _KeyTold(dict[tuple[Taken, Mode, State], bool]):
    """Whether the key is shown for final answers to what was taken in this mode and state, worked out once."""

    def __init__(self, quizzes: dict[Taken, tuple[QuizSettings, datetime | None]], now: datetime) -> None:
        super().__init__()
        self._quizzes = quizzes
        self._now = now

    def __missing__(self, place: tuple[Taken, Mode, State]) -> bool:
        taken, mode, state = place
        settings, closes = self._quizzes.get(taken, (QuizSettings(), None))
        submitted, closed = state == State.SUBMITTED, closes is not None and closes < self._now
        shown = settings.policy(mode).shown(mode, settled=True, submitted=submitted, closed=closed)
        self[place] = Aspect.KEY in shown
        return self[place]


def due(session: Session, user_id: int, now: datetime) -> list[Remembered]:
    """What is due for review, the most pressing first."""
    return due_of(memories(session, user_id, now), now)


def due_of(remembered: Iterable[Remembered], now: datetime) -> list[Remembered]:
    """What of these is due, the most pressing first."""
    pressing = [one for one in remembered if schedule.is_due(one.memory, now)]
    return sorted(pressing, key=lambda one: (*schedule.urgency(one.memory, now), one.question_id))


def open_review(session: Session, user_id: int) -> Attempt | None:
    """The person's unfinished review."""
    return session.scalar(
        select(Attempt)
        .where(Attempt.user_id == user_id, Attempt.purpose == Purpose.REVIEW, Attempt.state == State.OPEN)
        .order_by(Attempt.id.desc())
        .limit(1)
    )


def start_review(session: Session, user: User, seed: int, now: datetime, most: int = MOST_AT_ONCE) -> Attempt:
    """A practice attempt at the `most` pressing questions that are due, or the open one, which is continued.

    The sections take turns. Where another question rests on the same lines it is asked instead: what is to be
    remembered is what the passage says, and not the look of an option. Raises NothingDue.
    """
    unfinished = open_review(session, user.id)
    if unfinished is not None:
        return unfinished
    every = due(session, user.id, now)
    if not every:
        raise NothingDue
    chosen = schedule.interleaved(every[:most], section_of=lambda one: one.section_id)
    asked = _asked_instead(session, chosen, questions_seen(session, user.id), {one.question_id for one in every})
    stands_for = {instead: question for question, instead in asked.items() if instead != question}
    slots = slots_for(session, list(asked.values()), Random(seed), stands_for=stands_for)  # noqa: S311  no secret
    return start_without_quiz(session, user.id, Purpose.REVIEW, slots, seed, now)


def _asked_instead(
    session: Session, chosen: Sequence[Remembered], seen: Collection[int], taken: Collection[int]
) -> dict[int, int]:
    """For each question to be reviewed the one to ask, in the same order; no two are the same."""
    near = questions_on_same_lines(session, [one.question_id for one in chosen])
    asked: dict[int, int] = {}
    for one in chosen:
        free = [other for other in near.get(one.question_id, []) if other not in {*taken, *asked.values()}]
        asked[one.question_id] = _question_to_ask(one, free, seen)
    return asked


def _question_to_ask(one: Remembered, free: Sequence[int], seen: Collection[int]) -> int:
    """The nearest never seen; else the nearest that was not asked the last time; else the question itself."""
    fresh = (other for other in free if other not in seen)
    others = (other for other in free if other != one.asked_last)
    return next(fresh, next(others, one.question_id))


def next_due(remembered: Iterable[Remembered], now: datetime) -> datetime | None:
    """When the next of these comes due after `now`; None where none does."""
    return min((one.memory.due for one in remembered if one.memory.due > now), default=None)


def forecast(remembered: Sequence[Remembered], now: datetime) -> Forecast:
    """What the schedule expects of these, by the days of the zone of `now`, and how far it was right so far."""
    kept: Mapping[int, Memory] = {one.question_id: one.memory for one in remembered}
    made = [prediction for one in remembered for prediction in schedule.predictions(one.recalls)]
    return Forecast(
        by_day=tuple(schedule.due_by_day(kept.values(), now)),
        questions=len(kept),
        share_known=schedule.expected_share_known(kept.values(), now),
        calibration=schedule.calibration(made),
    )
