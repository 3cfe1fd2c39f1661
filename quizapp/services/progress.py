"""Where a learner stands: what is unfinished, and how each quiz went so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Mode
from quizapp.models import Attempt, AttemptSlot, Quiz, QuizSlot, State
from quizapp.services.reading import Reading, SectionView, contents, sources


@dataclass(frozen=True)
class QuizStanding:
    """A quiz as a learner finds it; `best` is a fraction 0–1, None before the first finished attempt."""

    slug: str
    title: str
    description: str
    mode: Mode
    questions: int
    best: float | None
    finished: int


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
    """An attempt to continue."""

    attempt_id: int
    quiz: str
    answered: int
    questions: int


def shelves(session: Session, user_id: int | None) -> list[Shelf]:
    """Every source with its quizzes, as this person (None: nobody known) finds them."""
    return [_shelf(contents(session, bank), quizzes_on(session, bank.id, user_id)) for bank in sources(session)]


def _shelf(text: Reading, quizzes: Sequence[QuizStanding]) -> Shelf:
    by_slug = {quiz.slug: quiz for quiz in quizzes}
    on_sections = {section.quiz for section in text.sections}
    return Shelf(
        reading=text,
        sections=tuple((section, by_slug.get(section.quiz or "")) for section in text.sections),
        quizzes=tuple(quiz for quiz in quizzes if quiz.slug not in on_sections),
    )


def quizzes_on(session: Session, bank_id: int, user_id: int | None) -> list[QuizStanding]:
    """The bank's published quizzes that ask anything, with the person's standing (None: nobody known)."""
    asked = select(QuizSlot.quiz_id, func.sum(QuizSlot.count).label("questions")).group_by(QuizSlot.quiz_id).subquery()
    done = (
        select(
            Attempt.quiz_id,
            func.max(Attempt.score / Attempt.max_score).label("best"),
            func.count(Attempt.id).label("finished"),
        )
        .where(Attempt.user_id == user_id, Attempt.state == State.SUBMITTED)
        .group_by(Attempt.quiz_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Quiz.slug,
            Quiz.title,
            Quiz.description,
            Quiz.mode,
            asked.c.questions,
            done.c.best,
            func.coalesce(done.c.finished, 0),
        )
        .join(asked, asked.c.quiz_id == Quiz.id)
        .outerjoin(done, done.c.quiz_id == Quiz.id)
        .where(Quiz.bank_id == bank_id, Quiz.published.is_(True))
        .order_by(Quiz.position, Quiz.id)
    )
    return [QuizStanding(*row) for row in rows]


def unfinished(session: Session, user_id: int | None) -> Sequence[Unfinished]:
    """The person's open attempts, the latest first."""
    if user_id is None:
        return []
    rows = session.execute(
        select(Attempt.id, Quiz.title, func.count(AttemptSlot.saved), func.count(AttemptSlot.id))
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
        .where(Attempt.user_id == user_id, Attempt.state == State.OPEN)
        .group_by(Attempt.id, Quiz.title)
        .order_by(Attempt.id.desc())
    )
    return [Unfinished(*row) for row in rows]


@dataclass(frozen=True)
class PastAttempt:
    """A finished attempt at a quiz; `share` is a fraction 0–1."""

    attempt_id: int
    number: int
    share: float


def past_attempts(session: Session, quiz_id: int, user_id: int | None) -> list[PastAttempt]:
    """The person's finished attempts at a quiz, oldest first."""
    rows = session.execute(
        select(Attempt.id, Attempt.number, Attempt.score / Attempt.max_score)
        .where(Attempt.quiz_id == quiz_id, Attempt.user_id == user_id, Attempt.state == State.SUBMITTED)
        .order_by(Attempt.number)
    )
    return [PastAttempt(attempt_id, number, share or 0.0) for attempt_id, number, share in rows]
