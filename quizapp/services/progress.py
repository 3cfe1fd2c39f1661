"""Where a learner stands: what is unfinished, and how each quiz went so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import settings_in_force
from quizapp.models import Assignment, Attempt, AttemptSlot, Quiz, QuizSlot, State
from quizapp.services.accommodations import MOST, most_arranged
from quizapp.services.attempts.starting import made_for
from quizapp.services.reading import Reading, SectionView, contents, sources
from quizapp.services.withheld import Withheld, withheld


@dataclass(frozen=True)
class QuizStanding:
    """A quiz as a learner finds it.

    `best` is a share of at most 1, None before the first finished attempt, where there was nothing to earn, and where
    the scores are `withheld`.
    """

    slug: str
    title: str
    description: str
    mode: Mode
    questions: int
    best: float | None
    finished: int
    withheld: Withheld | None


@dataclass(frozen=True)
class Shelf:
    """A source on the home page: its sections, each with the practice quiz on it, and the quizzes over several."""

    reading: Reading
    sections: tuple[tuple[SectionView, QuizStanding | None], ...]
    quizzes: tuple[QuizStanding, ...]

    @property
    def suggested(self) -> str | None:
        """The quiz to offer first: the first section's that was never finished, else the first there is."""
        on_sections = [quiz for _, quiz in self.sections if quiz is not None]
        fresh = [quiz for quiz in on_sections if not quiz.finished]
        return next((quiz.slug for quiz in (*fresh, *on_sections, *self.quizzes)), None)


@dataclass(frozen=True)
class Unfinished:
    """An attempt to continue; of an assignment it says so by its title."""

    attempt_id: int
    assignment_id: int | None
    quiz: str
    answered: int
    questions: int


def shelves(session: Session, user_id: int | None, now: datetime) -> list[Shelf]:
    """Every source with its quizzes, as this person (None: nobody known) finds them."""
    return [_shelf(contents(session, bank), quizzes_on(session, bank.id, user_id, now)) for bank in sources(session)]


def _shelf(text: Reading, quizzes: Sequence[QuizStanding]) -> Shelf:
    by_slug = {quiz.slug: quiz for quiz in quizzes}
    on_sections = {section.quiz for section in text.sections}
    return Shelf(
        reading=text,
        sections=tuple((section, by_slug.get(section.quiz or "")) for section in text.sections),
        quizzes=tuple(quiz for quiz in quizzes if quiz.slug not in on_sections),
    )


def quizzes_on(session: Session, bank_id: int, user_id: int | None, now: datetime) -> list[QuizStanding]:
    """The bank's published quizzes that ask anything, with the person's standing (None: nobody known)."""
    asked = select(QuizSlot.quiz_id, func.sum(QuizSlot.count).label("questions")).group_by(QuizSlot.quiz_id).subquery()
    done = _done(user_id)
    rows = session.execute(
        select(
            Quiz.slug,
            Quiz.title,
            Quiz.description,
            Quiz.mode,
            asked.c.questions,
            done.c.mode.label("taken_in"),
            done.c.best,
            done.c.finished,
            Quiz.settings,
            *MOST,
        )
        .join(asked, asked.c.quiz_id == Quiz.id)
        .outerjoin(done, done.c.quiz_id == Quiz.id)
        .where(Quiz.bank_id == bank_id, Quiz.published.is_(True))
        .order_by(Quiz.position, Quiz.id)
    )
    by_quiz: dict[str, list[Any]] = {}
    for row in rows:
        by_quiz.setdefault(row.slug, []).append(row)
    return [_standing(group, now) for group in by_quiz.values()]


def _done(user_id: int | None) -> Subquery:
    """The person's finished attempts by quiz, and by the mode they were taken in: on it hangs what may be seen."""
    return (
        select(
            Attempt.quiz_id,
            Attempt.mode,
            func.max(Attempt.score / func.nullif(Attempt.max_score, 0.0)).label("best"),
            func.count(Attempt.id).label("finished"),
        )
        .where(Attempt.user_id == user_id, Attempt.state == State.SUBMITTED, Attempt.assignment_id.is_(None))
        .group_by(Attempt.quiz_id, Attempt.mode)
        .subquery()
    )


def _standing(by_mode: Sequence[Any], now: datetime) -> QuizStanding:
    """A quiz from its rows, one for each mode it was taken in, or one alone where it was never finished."""
    first, taken = by_mode[0], [row for row in by_mode if row.finished]
    held_back = [
        withheld(settings_in_force(row.settings), row.taken_in, most_arranged(row.most_time, row.most_days), now)
        for row in taken
    ]
    hidden = next((one for one in held_back if one is not None), None)
    return QuizStanding(
        slug=first.slug,
        title=first.title,
        description=first.description,
        mode=first.mode,
        questions=first.questions,
        best=None if hidden else max((row.best for row in taken if row.best is not None), default=None),
        finished=sum(row.finished for row in taken),
        withheld=hidden,
    )


def unfinished(session: Session, user_id: int | None) -> Sequence[Unfinished]:
    """The person's open attempts, the latest first."""
    if user_id is None:
        return []
    rows = session.execute(
        select(
            Attempt.id,
            Attempt.assignment_id,
            func.coalesce(Assignment.title, Quiz.title),
            func.count(AttemptSlot.response),
            func.count(AttemptSlot.id),
        )
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
        .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
        .where(Attempt.user_id == user_id, Attempt.state == State.OPEN)
        .group_by(Attempt.id, Quiz.title, Assignment.title)
        .order_by(Attempt.id.desc())
    )
    return [Unfinished(*row) for row in rows]


@dataclass(frozen=True)
class PastAttempt:
    """A finished attempt at a quiz.

    `share` is at most 1, None where it is `withheld`; while answers are `awaiting` a teacher's mark it may still rise.
    """

    attempt_id: int
    number: int
    share: float | None
    awaiting: int
    withheld: Withheld | None


def past_attempts(
    session: Session, quiz_id: int, user_id: int | None, now: datetime, assignment_id: int | None = None
) -> list[PastAttempt]:
    """The person's finished attempts at a quiz, for this assignment or none, the oldest first, as they may be seen."""
    rows = session.execute(
        select(
            Attempt.id,
            Attempt.number,
            (Attempt.score / func.nullif(Attempt.max_score, 0.0)).label("share"),
            Attempt.awaiting,
            Attempt.mode,
            Quiz.settings,
            Assignment.settings.label("assignment_settings"),
            *MOST,
        )
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
        .where(made_for(quiz_id, assignment_id), Attempt.user_id == user_id, Attempt.state == State.SUBMITTED)
        .order_by(Attempt.number)
    )
    return [_past(row, now) for row in rows]


def _past(row: Any, now: datetime) -> PastAttempt:
    held_back = withheld(
        settings_in_force(row.settings, row.assignment_settings),
        row.mode,
        most_arranged(row.most_time, row.most_days),
        now,
    )
    share = (row.share or 0.0) if held_back is None else None
    return PastAttempt(row.id, row.number, share, row.awaiting, held_back)
