"""Tail probabilities and intervals, against published values."""

from fractions import Fraction
from math import comb, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.statistics import (
    alpha_interval,
    binomial_tail,
    chi_square_tail,
    fisher_interval,
    newcombe_interval,
    wilson_interval,
)


@pytest.mark.parametrize(
    ("successes", "trials", "chance", "probability"),
    [
        (0, 10, 0.25, 1.0),
        (-1, 10, 0.25, 1.0),
        (10, 10, 0.5, 1 / 1024),
        (11, 10, 0.5, 0.0),
        (1, 1, 0.25, 0.25),
        (0, 0, 0.25, 1.0),
        (1, 0, 0.25, 0.0),
        (8, 10, 0.5, 56 / 1024),
        (7, 12, 0.25, 0.014253),
    ],
)
def test_the_tail_of_a_binomial(successes: int, trials: int, chance: float, probability: float) -> None:
    assert binomial_tail(successes, trials, chance) == pytest.approx(probability, abs=1e-6)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 99))
def test_the_tail_is_the_sum_of_exact_terms(successes: int, trials: int, percent: int) -> None:
    p = Fraction(percent, 100)
    exact = sum(comb(trials, k) * p**k * (1 - p) ** (trials - k) for k in range(successes, trials + 1))
    assert binomial_tail(successes, trials, percent / 100) == pytest.approx(float(exact), rel=1e-9, abs=1e-12)


def test_many_trials_neither_overflow_nor_vanish() -> None:
    assert binomial_tail(50_000, 100_000, 0.5) == pytest.approx(0.5, abs=0.002)
    assert binomial_tail(25_400, 100_000, 0.25) == pytest.approx(0.0018, abs=0.0002)
    assert 0.0 <= binomial_tail(90_000, 100_000, 0.25) < 1e-300
    assert binomial_tail(1, 100_000, 0.25) == 1.0


@pytest.mark.parametrize(
    ("statistic", "freedom", "probability"),
    [
        (3.841, 1, 0.05), (6.635, 1, 0.01), (10.828, 1, 0.001),
        (5.991, 2, 0.05), (13.816, 2, 0.001),
        (7.815, 3, 0.05), (11.345, 3, 0.01), (16.266, 3, 0.001),
        (9.488, 4, 0.05), (18.467, 4, 0.001),
        (11.070, 5, 0.05), (14.067, 7, 0.05), (24.322, 7, 0.001),
        (2.366, 3, 0.5), (0.352, 3, 0.95), (43.773, 30, 0.05),
    ],
)  # fmt: skip
def test_the_tail_of_chi_square_is_that_of_the_tables(statistic: float, freedom: int, probability: float) -> None:
    assert chi_square_tail(statistic, freedom) == pytest.approx(probability, rel=2e-3)


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7])
def test_chi_square_at_its_ends(freedom: int) -> None:
    assert chi_square_tail(0.0, freedom) == 1.0
    assert chi_square_tail(-1.0, freedom) == 1.0
    assert chi_square_tail(5e-324, freedom) == pytest.approx(1.0)
    assert chi_square_tail(1e5, freedom) == 0.0
    assert chi_square_tail(1e308, freedom) == 0.0
    assert chi_square_tail(inf, freedom) == 0.0


@given(st.floats(0, 200), st.floats(0, 200), st.integers(1, 12))
def test_a_larger_chi_square_is_less_likely(one: float, other: float, freedom: int) -> None:
    smaller, larger = sorted((one, other))
    assert 0.0 <= chi_square_tail(larger, freedom) <= chi_square_tail(smaller, freedom) + 1e-12 <= 1.0 + 1e-12


@pytest.mark.parametrize(
    ("share", "trials", "low", "high"),
    [
        (81 / 263, 263, 0.2553, 0.3662),
        (15 / 148, 148, 0.0624, 0.1605),
        (0.0, 20, 0.0, 0.1611),
        (1 / 29, 29, 0.0061, 0.1718),
        (1.0, 20, 0.8389, 1.0),
        (0.5, 10, 0.2366, 0.7634),
    ],
)
def test_the_interval_of_a_share_is_wilson_s(share: float, trials: int, low: float, high: float) -> None:
    """The first four are worked out in Newcombe 1998, table I, method 3."""
    assert wilson_interval(share, trials) == pytest.approx((low, high), abs=5e-5)


def test_without_trials_a_share_may_be_anything() -> None:
    assert wilson_interval(0.0, 0) == (0.0, 1.0)


@given(st.floats(0, 1), st.integers(1, 100_000))
def test_a_share_lies_in_its_interval(share: float, trials: int) -> None:
    low, high = wilson_interval(share, trials)
    assert 0.0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1.0


def test_more_trials_narrow_the_interval() -> None:
    widths = [high - low for low, high in (wilson_interval(0.3, trials) for trials in (10, 100, 1000))]
    assert widths == sorted(widths, reverse=True)


def test_the_interval_of_a_difference_of_shares_is_newcombe_s() -> None:
    low, high = newcombe_interval((56 / 70, 70), (48 / 80, 80))
    assert (low, high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@pytest.mark.parametrize(
    ("r", "n", "interval"), [(0.5, 28, (0.1560, 0.7358)), (0.0, 103, (-0.1935, 0.1935)), (1.0, 50, (1.0, 1.0))]
)
def test_the_interval_of_a_correlation(r: float, n: int, interval: tuple[float, float]) -> None:
    assert fisher_interval(r, n - 2) == pytest.approx(interval, abs=5e-5)


def test_of_three_people_nothing_is_known_of_a_correlation() -> None:
    assert fisher_interval(0.9, 1) == (-1.0, 1.0)


def test_the_interval_of_alpha_holds_it_and_narrows_with_people() -> None:
    few, many = alpha_interval(0.8, 10, 50), alpha_interval(0.8, 10, 500)
    assert few[0] < many[0] < 0.8 < many[1] < few[1]
    assert few == pytest.approx((0.6951, 0.8688), abs=5e-5)
