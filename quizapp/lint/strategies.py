"""What a reader who knows the tricks and not the subject would score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizapp.domain.statistics import wilson_interval
from quizapp.domain.wording import mark_for_translation as _
from quizapp.lint.subjects import BankSubject, Item

FEWEST_QUESTIONS = 5
"""Questions from which a trick can be told from luck: both of two may fall to it by luck one time in nine."""


@dataclass(frozen=True)
class Strategy:
    """A trick tried on every question with one right option.

    `score` and `chance` are shares 0–1 of the questions answered right, by the trick and by guessing; `low` and `high`
    the 95% interval of the score.
    """

    title: str
    questions: int
    score: float
    chance: float
    low: float
    high: float

    @property
    def beats_chance(self) -> bool:
        """Whether even the low end of the interval lies above guessing; of very few questions nobody can say."""
        return self.questions >= FEWEST_QUESTIONS and self.low > self.chance


def _longest(item: Item) -> Sequence[float]:
    return [len(option.text) for option in item.options]


def _first(item: Item) -> Sequence[float]:
    return [-place for place, _option in enumerate(item.options)]


def _like_the_stem(item: Item) -> Sequence[float]:
    return [len(item.content_of(option.text) & item.stem_content) for option in item.options]


TRICKS: tuple[tuple[str, Callable[[Item], Sequence[float]]], ...] = (
    (_("always the longest option"), _longest),
    (_("always the first option as written"), _first),
    (_("always the option most like the stem"), _like_the_stem),
)
"""What each trick looks at; it chooses the option with the highest number, and by lot among several."""


def _expected(item: Item, weights: Sequence[float]) -> float:
    """The probability that the trick finds the key: 1 where the key alone has the highest weight, shared among ties."""
    best = [option for option, weight in zip(item.options, weights, strict=True) if weight == max(weights)]
    return sum(option.correct for option in best) / len(best)


def strategies(bank: BankSubject) -> list[Strategy]:
    """Every trick on the bank's questions that have one right option."""
    items = bank.choice_items
    count = len(items)
    chance = sum(1 / len(item.options) for item in items) / count if count else 0.0
    tried = []
    for title, weigh in TRICKS:
        score = sum(_expected(item, weigh(item)) for item in items) / count if count else 0.0
        tried.append(Strategy(title, count, score, chance, *wilson_interval(score, count)))
    return tried
