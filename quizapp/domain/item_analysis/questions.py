"""The figures of one question.

Pooled over versions and quizzes, covariances are summed within each version and quiz, so that a quiz that is easier
as a whole makes no question look better.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.domain.item_analysis import showing
from quizapp.domain.item_analysis.counts import (
    Answers,
    Part,
    by_group,
    highest,
    number,
    rest_of,
    thirds,
    total_of,
    with_rest,
)
from quizapp.domain.item_analysis.moments import Pair, Spread, pooled, sorted_alike
from quizapp.domain.statistics import fisher_interval, newcombe_interval, wilson_interval


@dataclass(frozen=True)
class Figure:
    """A figure with its 95% interval and the number of answers it rests on."""

    value: float
    low: float
    high: float
    n: int

    @property
    def provisional(self) -> bool:
        """Whether it rests on few answers."""
        return self.n < showing.PROVISIONAL_BELOW


def facility(answers: Sequence[Answers]) -> Figure | None:
    """The mean share of the question's marks that was earned, with Wilson's interval.

    Where answers can be partly right the interval is a little wider than need be. None below the minimum.
    """
    n = number(answers)
    if n < showing.FACILITY_FROM:
        return None
    share = sum(one.mark * one.count for one in answers) / n
    return Figure(share, *wilson_interval(share, n), n)


def _pairs(answers: Sequence[Answers]) -> list[list[Pair]]:
    return [[(one.mark, rest_of(one), one.count) for one in group] for group in by_group(answers)]


def _figure(value: float, spread: Spread) -> Figure:
    low, high = fisher_interval(value, spread.n - 1 - spread.groups)
    return Figure(value, low, high, round(spread.n))


def discrimination(answers: Sequence[Answers]) -> Figure | None:
    """The correlation of the question's mark with the rest of the attempt, without the question itself, −1 to 1.

    None below the minimum, and where everybody earned the same. Source: corrected item–total correlation, Henrysson
    1963; the interval by Fisher's z.
    """
    ranked = with_rest(answers)
    if number(ranked) < showing.DISCRIMINATION_FROM:
        return None
    spread = pooled(_pairs(ranked))
    return None if spread.correlation is None else _figure(spread.correlation, spread)


def efficiency(answers: Sequence[Answers]) -> Figure | None:
    """How much of the covariance with the rest that is possible, given both distributions, is there; at most 1.

    The possible covariance is that of the two, each sorted. The interval is that of the discrimination on this scale.
    None as for discrimination. Source: Moodle's quiz statistics, “discriminative efficiency”.
    """
    found = discrimination(answers)
    groups = _pairs(with_rest(answers))
    possible = pooled(sorted_alike(group) for group in groups).xy
    spread = pooled(groups)
    if found is None or possible <= 0 or found.value == 0:
        return None if found is None or possible <= 0 else Figure(0.0, found.low, found.high, found.n)
    scale = spread.xy / possible / found.value
    return Figure(spread.xy / possible, max(-1.0, found.low * scale), min(1.0, found.high * scale), found.n)


def upper_lower(answers: Sequence[Answers]) -> Figure | None:
    """D27: the facility among the best 27% of attempts less that among the weakest 27%, by their total, −1 to 1.

    Groups of round(.27 n); ties at the cut belong in proportion. None below the minimum. Source: Kelley 1939; the
    interval by Newcombe 1998.
    """
    n = number(answers)
    if n < showing.GROUPS_FROM:
        return None
    upper = highest(answers, total_of, _at_an_end)
    lower = highest(answers, total_of, _at_an_end, lowest=True)
    above, below = upper.share(_mark), lower.share(_mark)
    return Figure(above - below, *newcombe_interval((above, upper.size), (below, lower.size)), n)


def _at_an_end(count: int) -> float:
    return round(0.27 * count)


def _mark(answers: Answers) -> float:
    return answers.mark


def seconds_each(answers: Sequence[Answers]) -> float | None:
    """The mean time spent on an answer, in seconds, of those that have one; None below the minimum."""
    timed = sum(one.timed for one in answers)
    return sum(one.seconds for one in answers) / timed if timed >= showing.TIME_FROM else None


@dataclass(frozen=True)
class Choice:
    """How often one option was chosen, by how strong the rest of the attempt was. Shares are 0–1.

    `among_wrong` is the share of the answers that are not wholly right; None for a key, and where they are too few.
    `pull` is the point-biserial correlation of choosing it with the rest; None where nobody or everybody chose it.
    """

    index: int
    correct: bool
    chosen: int
    share: float
    top: float
    middle: float
    bottom: float
    among_wrong: float | None
    pull: float | None

    @property
    def functioning(self) -> bool:
        """Whether it misleads at least one in twenty of those who err. Source: Haladyna & Downing 1993, over 1 − p."""
        return self.correct or self.among_wrong is None or self.among_wrong >= 0.05


@dataclass(frozen=True)
class Choices:
    """The options of a question, and the blanks, as (share, top, middle, bottom); `n` answers in all."""

    n: int
    options: tuple[Choice, ...]
    blank: tuple[float, float, float, float]


def choices(answers: Sequence[Answers], picks: Mapping[str, frozenset[int]], keys: Sequence[bool]) -> Choices | None:
    """The table of options. `picks` gives for each answer the options chosen in it, `keys` whether each is right.

    None below the minimum.
    """
    ranked = with_rest(answers)
    n = number(ranked)
    if n < showing.GROUPS_FROM:
        return None
    everybody = Part(tuple((one, float(one.count)) for one in ranked))
    parts = (everybody, *thirds(ranked))

    def blank(one: Answers) -> float:
        return float(not picks.get(one.answer))

    shares = [part.share(blank) for part in parts]
    return Choices(
        n,
        tuple(_choice(index, correct, ranked, picks, parts) for index, correct in enumerate(keys)),
        (shares[0], shares[1], shares[2], shares[3]),
    )


def _choice(
    index: int, correct: bool, ranked: Sequence[Answers], picks: Mapping[str, frozenset[int]], parts: Sequence[Part]
) -> Choice:
    def chosen(one: Answers) -> float:
        return float(index in picks.get(one.answer, ()))

    wrong = [one for one in ranked if one.mark < 1]
    errors = number(wrong)
    enough = not correct and errors >= showing.WRONG_ANSWERS_FROM
    pairs: Any = ([(chosen(one), rest_of(one), one.count) for one in group] for group in by_group(ranked))
    share, top, middle, bottom = (part.share(chosen) for part in parts)
    return Choice(
        index=index,
        correct=correct,
        chosen=sum(one.count for one in ranked if chosen(one)),
        share=share,
        top=top,
        middle=middle,
        bottom=bottom,
        among_wrong=sum(one.count for one in wrong if chosen(one)) / errors if enough else None,
        pull=pooled(pairs).correlation,
    )
