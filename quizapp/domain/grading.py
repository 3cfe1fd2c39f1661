"""From marks to scores, and from scores to summaries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Earned:
    """What one slot gave: the `fraction` earned, 0–1, of `max_mark` marks; None where nothing was marked."""

    fraction: float | None
    max_mark: float


@dataclass(frozen=True)
class Score:
    """Marks earned out of marks possible, both in marks."""

    earned: float
    possible: float

    @property
    def share(self) -> float:
        """The score as a fraction 0–1; 0 where there was nothing to earn."""
        return self.earned / self.possible if self.possible else 0.0


def total(slots: Iterable[Earned]) -> Score:
    """The score of an attempt: the sum of fraction × max mark; an unanswered slot earns nothing."""
    slots = list(slots)
    return Score(
        earned=sum((slot.fraction or 0.0) * slot.max_mark for slot in slots),
        possible=sum(slot.max_mark for slot in slots),
    )


@dataclass(frozen=True)
class Finished:
    """One finished attempt, as the summaries see it. `share` is a fraction 0–1."""

    quiz: str
    submitted: datetime
    share: float


@dataclass(frozen=True)
class QuizSummary:
    """A student's finished attempts at one quiz; shares are fractions 0–1."""

    quiz: str
    attempts: int
    best: float
    latest: float
    average: float


def summarise_by_quiz(attempts: Sequence[Finished]) -> list[QuizSummary]:
    """Best, latest and average share per quiz, the most recently taken quiz first."""
    ordered = sorted(attempts, key=lambda attempt: attempt.submitted)
    by_quiz: dict[str, list[float]] = {}
    for attempt in ordered:
        by_quiz.setdefault(attempt.quiz, []).append(attempt.share)
    last_taken = {attempt.quiz: attempt.submitted for attempt in ordered}
    return [
        QuizSummary(quiz, len(shares), max(shares), shares[-1], sum(shares) / len(shares))
        for quiz, shares in sorted(by_quiz.items(), key=lambda item: last_taken[item[0]], reverse=True)
    ]
