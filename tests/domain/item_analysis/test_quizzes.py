"""The figures of a whole quiz."""

import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.item_analysis.counts import Answers
from quizapp.domain.item_analysis.quizzes import NoReliability, Reliability, distribution, scores

Attempts = list[list[int]]
"""Each attempt's marks, right or wrong, question by question."""


def versions(attempts: Attempts) -> dict[int, list[Answers]]:
    """The answers to each question of attempts that ask the same, one mark each."""
    k = len(attempts[0])
    return {
        question: [Answers(marks[question], sum(marks) / k, 1 / k, 1) for marks in attempts] for question in range(k)
    }


attempts = st.integers(5, 8).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 1), min_size=k, max_size=k), min_size=30, max_size=50)
)


@settings(max_examples=30)
@given(attempts)
def test_mean_spread_and_alpha_are_those_of_the_scores(given_: Attempts) -> None:
    found, k = scores(versions(given_)), len(given_[0])
    totals = [sum(marks) / k for marks in given_]
    assert found.n == len(given_) == sum(found.columns)
    assert found.mean is not None
    assert found.mean.value == pytest.approx(statistics.mean(totals))
    assert found.sd == pytest.approx(statistics.stdev(totals), abs=1e-9)
    if len(set(totals)) > 1:
        within = sum(statistics.variance([marks[q] / k for marks in given_]) for q in range(k))
        assert isinstance(found.reliability, Reliability)
        alpha = k / (k - 1) * (1 - within / statistics.variance(totals))
        assert found.reliability.alpha.value == pytest.approx(alpha, abs=1e-9)
        assert found.reliability.sem == pytest.approx((1 - alpha) ** 0.5 * statistics.stdev(totals), abs=1e-9)


def test_attempts_of_different_length_each_count_once() -> None:
    short = [Answers(1.0, 0.5, 0.5, 4), Answers(0.0, 0.5, 0.5, 4)]
    long = [Answers(1.0, 0.75, 0.25, 6 * 3), Answers(0.0, 0.75, 0.25, 6)]
    assert distribution([*short, *long]) == [(0.5, 4.0), (0.75, 6.0)]


@pytest.mark.parametrize(
    ("given_", "why"),
    [
        ([[1, 0, 1, 0, 1]] * 29, NoReliability.FEW_ATTEMPTS),
        ([[1, 0, 1, 0], [1, 1, 1, 1]] * 20, NoReliability.FEW_QUESTIONS),
        ([[1, 0, 1, 0, 1]] * 30, NoReliability.NO_SPREAD),
    ],
)
def test_a_quiz_says_why_it_has_no_alpha(given_: Attempts, why: NoReliability) -> None:
    assert scores(versions(given_)).reliability is why


def test_where_not_all_were_asked_the_same_there_is_no_alpha() -> None:
    asked = versions([[1, 0, 1, 0, 1], [1, 1, 1, 1, 0]] * 20)
    asked[9] = asked.pop(0)[:20]
    asked[0] = versions([[1, 0, 1, 0, 1], [1, 1, 1, 1, 0]] * 10)[0]
    assert scores(asked).reliability is NoReliability.SEVERAL_FORMS


def test_below_five_attempts_nothing_is_shown() -> None:
    found = scores(versions([[1, 0], [1, 1], [0, 0], [0, 1]]))
    assert (found.n, found.columns, found.mean, found.sd) == (4, (), None, None)


def test_a_quiz_nobody_has_finished_has_no_figures() -> None:
    assert scores({}).n == 0


def test_a_lopsided_distribution_is_told_by_its_skewness() -> None:
    left = scores(versions([[1, 1, 1, 1, 1]] * 30 + [[1, 1, 1, 1, 0]] * 10 + [[0, 0, 0, 0, 0]] * 3))
    assert left.skewness is not None
    assert left.kurtosis is not None
    assert left.skewness < -1
    assert left.kurtosis > 1
