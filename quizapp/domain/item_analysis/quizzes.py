"""The figures of a whole quiz."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt

from quizapp.domain.item_analysis import showing
from quizapp.domain.item_analysis.counts import Answers, number
from quizapp.domain.item_analysis.moments import Spread, central_moments, spread
from quizapp.domain.item_analysis.questions import Figure
from quizapp.domain.statistics import alpha_interval

_SAME = 1e-5
BINS = 10
"""Columns of the score distribution."""


class NoReliability(StrEnum):
    """Why a quiz has no α."""

    FEW_ATTEMPTS = "few attempts"
    SEVERAL_FORMS = "several forms"
    FEW_QUESTIONS = "few questions"
    NO_SPREAD = "no spread"


@dataclass(frozen=True)
class Reliability:
    """How far a form measures one thing: Cronbach's α, and what follows from it.

    `sem` is the standard error of measurement, a share 0–1 like the scores; `without` is α if a version were deleted,
    by version, None where the others do not vary.
    """

    alpha: Figure
    error_ratio: float
    sem: float
    without: Mapping[int, float | None]


@dataclass(frozen=True)
class Scores:
    """How the scores of a quiz are spread, as shares 0–1 of the marks possible.

    `columns` counts them by tenths, the last with 1 itself. `mean` and `sd` (divisor n − 1) are None below the
    minimum; `skewness` and `kurtosis` (0 for a normal distribution) as well, and where all scores are the same.
    """

    n: int
    columns: tuple[int, ...]
    mean: Figure | None
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    reliability: Reliability | NoReliability


def distribution(answers: Sequence[Answers]) -> list[tuple[float, float]]:
    """The scores of the attempts, each with how many had it, from the answers to all their questions.

    The weights of an attempt's questions add up to 1, so that together they count it once.
    """
    found: list[tuple[float, float]] = []
    for one in sorted(answers, key=lambda one: one.total):
        if found and one.total - found[-1][0] <= _SAME:
            found[-1] = (found[-1][0], found[-1][1] + one.count * one.weight)
        else:
            found.append((one.total, one.count * one.weight))
    return found


def scores(versions: Mapping[int, Sequence[Answers]]) -> Scores:
    """The figures of a quiz from the answers to each of its question versions."""
    spread_out = distribution([one for answers in versions.values() for one in answers])
    n = round(fsum(count for _, count in spread_out))
    columns = [0.0] * BINS
    for score, count in spread_out:
        columns[min(BINS - 1, int(score * BINS + _SAME))] += count
    enough = n >= showing.FACILITY_FROM
    mean, sd, skewness, kurtosis = _shape(spread_out, n) if enough else (None, None, None, None)
    return Scores(
        n,
        tuple(round(count) for count in columns) if enough else (),
        mean,
        sd,
        skewness,
        kurtosis,
        _reliability(versions, n, sd or 0.0),
    )


def _shape(values: Sequence[tuple[float, float]], n: int) -> tuple[Figure, float, float | None, float | None]:
    """Mean, SD, skewness and kurtosis by the k-statistics, which are unbiased. Source: Kenney & Keeping 1951."""
    mean, m2, m3, m4 = central_moments(values)
    k2 = n * m2 / (n - 1)
    sd = sqrt(k2)
    reach = 1.959964 * sd / sqrt(n)
    figure = Figure(mean, max(0.0, mean - reach), min(1.0, mean + reach), n)
    if k2 <= _SAME**2 or n < showing.PROVISIONAL_BELOW:
        return figure, sd, None, None
    k3 = n * n * m3 / ((n - 1) * (n - 2))
    k4 = n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2) / ((n - 1) * (n - 2) * (n - 3))
    return figure, sd, k3 / k2**1.5, k4 / k2**2


def _reliability(versions: Mapping[int, Sequence[Answers]], n: int, sd: float) -> Reliability | NoReliability:
    """Cronbach's α (1951) of one fixed form, with n − 1 in all variances alike."""
    if n < showing.RELIABILITY_FROM:
        return NoReliability.FEW_ATTEMPTS
    if not all(_in_every_attempt(answers, n) for answers in versions.values()):
        return NoReliability.SEVERAL_FORMS
    if len(versions) < showing.RELIABILITY_QUESTIONS:
        return NoReliability.FEW_QUESTIONS
    if sd <= _SAME:
        return NoReliability.NO_SPREAD
    parts = {
        version: spread((one.mark * one.weight, one.total, one.count) for one in answers)
        for version, answers in versions.items()
    }
    total = sd * sd * (n - 1)
    within = fsum(part.xx for part in parts.values())
    k = len(parts)
    alpha = k / (k - 1) * (1 - within / total)
    error_ratio = sqrt(max(0.0, 1 - alpha))
    figure = Figure(alpha, *alpha_interval(alpha, k, n), n) if alpha < 1 else Figure(alpha, alpha, alpha, n)
    without = {version: _without(part, total, within, k - 1) for version, part in parts.items()}
    return Reliability(figure, error_ratio, error_ratio * sd, without)


def _in_every_attempt(answers: Sequence[Answers], n: int) -> bool:
    weights = [one.weight for one in answers]
    return number(answers) == n and max(weights) - min(weights) <= _SAME


def _without(part: Spread, total: float, within: float, k: int) -> float | None:
    rest = total + part.xx - 2 * part.xy
    return k / (k - 1) * (1 - (within - part.xx) / rest) if rest > _SAME**2 * part.n else None
