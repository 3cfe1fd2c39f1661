"""From marks to scores, and from scores to summaries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizapp.domain.certainty import CertaintyUse, certainty_mark, most_by_certainty


class Grading(StrEnum):
    """Which of a student's finished attempts at a quiz counts."""

    FIRST = "first"
    BEST = "best"
    LATEST = "latest"
    AVERAGE = "average"


@dataclass(frozen=True)
class Earned:
    """What one slot gave: the `fraction` earned, 0–1, of `max_mark` marks; None where nothing is marked (yet).

    `certainty` is 1, 2 or 3, None for a blank and where none was stated; `answered` whether there is an answer.
    A correction may rule that it does not count at all, or that everything is `granted`, whatever was answered.
    """

    fraction: float | None
    max_mark: float
    certainty: int | None = None
    answered: bool = True
    counts: bool = True
    granted: bool = False

    def marks(self, use: CertaintyUse) -> float:
        """The marks it gives, where certainty is used so; below nothing for a sure wrong answer that is scored so."""
        if self.counts and self.granted:
            return self.most(use)
        if self.fraction is None or not self.answered or not self.counts:
            return 0.0
        share = certainty_mark(self.fraction, self.certainty) if use is CertaintyUse.SCORED else self.fraction
        return share * self.max_mark

    def most(self, use: CertaintyUse) -> float:
        """The marks it could give."""
        return self.max_mark * most_by_certainty(use) if self.counts else 0.0


@dataclass(frozen=True)
class Score:
    """Marks earned out of marks possible, both in marks."""

    earned: float
    possible: float

    @property
    def share(self) -> float:
        """The score as a fraction 0–1; 0 where there was nothing to earn."""
        return self.earned / self.possible if self.possible else 0.0


def total(slots: Iterable[Earned], use: CertaintyUse = CertaintyUse.OFF) -> Score:
    """The score of an attempt: the sum over its slots; an unanswered slot, or one not marked yet, earns nothing."""
    slots = list(slots)
    return Score(
        earned=sum(slot.marks(use) for slot in slots),
        possible=sum(slot.max_mark for slot in slots if slot.counts) * most_by_certainty(use),
    )


def counting(shares: Sequence[float], grading: Grading) -> float | None:
    """What counts of the shares of a student's finished attempts, in the order taken; None where there are none."""
    if not shares:
        return None
    match grading:
        case Grading.FIRST:
            return shares[0]
        case Grading.LATEST:
            return shares[-1]
        case Grading.BEST:
            return max(shares)
        case Grading.AVERAGE:
            return sum(shares) / len(shares)


@dataclass(frozen=True)
class Summary:
    """Finished attempts at one quiz: their best, latest and average share, and the one that counts.

    Shares are at most 1, and below 0 where certainty was misplaced.
    """

    attempts: int
    best: float
    latest: float
    average: float
    counting: float


def summarise(shares: Sequence[float], grading: Grading) -> Summary:
    """The summary of one attempt or more, in the order taken. Raises ValueError for none."""
    if not shares:
        raise ValueError("there is nothing to summarise")
    best, latest, average, counts = (
        counting(shares, which) or 0.0 for which in (Grading.BEST, Grading.LATEST, Grading.AVERAGE, grading)
    )
    return Summary(len(shares), best, latest, average, counts)
