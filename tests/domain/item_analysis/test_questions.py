"""The figures of one question."""

import statistics
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.item_analysis.counts import Answers
from quizapp.domain.item_analysis.questions import (
    choices,
    discrimination,
    efficiency,
    facility,
    seconds_each,
    upper_lower,
)

Row = tuple[float, float, int]
"""Mark, rest and count."""


def answers(*rows: Row, weight: float = 0.1, group: int = 0, answer: str = "") -> list[Answers]:
    """Answers by mark and by what the rest earned."""
    return [
        Answers(mark, rest * (1 - weight) + mark * weight, weight, count, answer, group) for mark, rest, count in rows
    ]


@pytest.mark.parametrize(("n", "shown", "provisional"), [(4, False, None), (5, True, True), (30, True, False)])
def test_facility_is_hidden_below_five_and_provisional_below_thirty(
    n: int, shown: bool, provisional: bool | None
) -> None:
    found = facility(answers((1.0, 0.5, n)))
    assert (found is not None) == shown
    assert provisional is None or (found is not None and found.provisional == provisional)


def test_facility_counts_partly_right_answers_in_part() -> None:
    found = facility(answers((1.0, 0.5, 10), (0.5, 0.5, 10)))
    assert found is not None
    assert found.value == pytest.approx(0.75)
    assert found.low < 0.75 < found.high


@pytest.mark.parametrize(("n", "shown"), [(29, False), (30, True)])
def test_discrimination_needs_thirty(n: int, shown: bool) -> None:
    found = discrimination(answers((1.0, 0.9, n - 10), (0.0, 0.2, 10)))
    assert (found is not None) == shown


@pytest.mark.parametrize(("n", "shown"), [(39, False), (40, True)])
def test_groups_need_forty(n: int, shown: bool) -> None:
    found = answers((1.0, 0.9, n - 10), (0.0, 0.2, 10))
    assert (upper_lower(found) is not None) == shown
    assert (choices(found, {}, [True]) is not None) == shown


def test_where_all_earn_the_same_there_is_no_discrimination() -> None:
    assert discrimination(answers((1.0, 0.9, 20), (1.0, 0.2, 20))) is None
    assert discrimination(answers((1.0, 0.5, 20), (0.0, 0.5, 20))) is None
    assert efficiency(answers((1.0, 0.9, 20), (1.0, 0.2, 20))) is None


def test_a_question_that_is_the_whole_quiz_discriminates_nothing() -> None:
    alone = [Answers(1.0, 1.0, 1.0, 30), Answers(0.0, 0.0, 1.0, 30)]
    assert discrimination(alone) is None
    assert choices(alone, {}, [True]) is None


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), min_size=30, max_size=60))
def test_discrimination_is_the_correlation_of_mark_and_rest(rows: list[tuple[int, int]]) -> None:
    marks, rests = [mark / 4 for mark, _ in rows], [rest / 9 for _, rest in rows]
    found = discrimination(answers(*((mark, rest, 1) for mark, rest in zip(marks, rests, strict=True))))
    if len(set(marks)) > 1 and len(set(rests)) > 1:
        assert found is not None
        assert found.value == pytest.approx(statistics.correlation(marks, rests), abs=1e-9)
        assert found.low <= found.value <= found.high


def test_pooling_leaves_out_that_one_quiz_is_easier_than_another() -> None:
    unrelated: list[Row] = [(1.0, 0.4, 20), (1.0, 0.6, 20), (0.0, 0.4, 20), (0.0, 0.6, 20)]
    easier: list[Row] = [(1.0, 0.8, 20), (1.0, 1.0, 20), (1.0, 0.9, 40)]
    found = discrimination([*answers(*unrelated, group=1), *answers(*easier, group=2)])
    assert found is not None
    assert found.value == pytest.approx(0, abs=1e-9)
    apart = discrimination([*answers(*unrelated), *answers(*easier)])
    assert apart is not None
    assert apart.value > 0.4


def test_a_perfectly_ordered_question_is_wholly_efficient_and_a_reversed_one_less_than_nothing() -> None:
    best = efficiency(answers((1.0, 0.9, 20), (0.0, 0.2, 30)))
    worst = efficiency(answers((0.0, 0.9, 20), (1.0, 0.2, 30)))
    assert best is not None
    assert worst is not None
    assert (best.value, worst.value < 0) == (pytest.approx(1), True)


def test_time_is_the_mean_of_the_answers_that_have_one() -> None:
    timed = Answers(1.0, 0.5, 0.1, 10, seconds=160, timed=8)
    assert seconds_each([timed, Answers(0.0, 0.5, 0.1, 3)]) == 20
    assert seconds_each([Answers(1.0, 0.5, 0.1, 10, seconds=80, timed=4)]) is None


PICKS = {"key": frozenset({0}), "lure": frozenset({1}), "rare": frozenset({2}), "": frozenset[int]()}


def test_options_are_told_by_thirds_and_by_their_pull() -> None:
    given_ = [
        *answers((1.0, 0.9, 30), (1.0, 0.5, 10), answer="key"),
        *answers((0.0, 0.5, 20), (0.0, 0.1, 19), answer="lure"),
        *answers((0.0, 0.1, 1), answer="rare"),
        *answers((0.0, 0.1, 10), answer=""),
    ]
    found = choices(given_, PICKS, [True, False, False])
    assert found is not None
    key, lure, rare = found.options
    assert (key.top, key.middle, key.bottom) == pytest.approx((1.0, 1 / 3, 0.0))
    assert (lure.top, lure.middle, lure.bottom) == pytest.approx((0.0, 2 / 3, 19 / 30))
    assert found.blank == pytest.approx((1 / 9, 0.0, 0.0, 1 / 3))
    assert key.pull is not None
    assert lure.pull is not None
    assert key.pull > 0 > lure.pull
    assert (lure.among_wrong, rare.among_wrong) == pytest.approx((39 / 50, 1 / 50))
    assert (key.functioning, lure.functioning, rare.functioning) == (True, True, False)


def test_with_few_errors_nothing_is_said_of_who_misleads() -> None:
    found = choices(
        answers((1.0, 0.9, 40), answer="key") + answers((0.0, 0.1, 19), answer="lure"), PICKS, [True, False]
    )
    assert found is not None
    assert found.options[1].among_wrong is None
    assert found.options[1].functioning


@pytest.mark.parametrize("seed", range(5))
def test_sums_say_the_same_however_equal_answers_are_split(seed: int) -> None:
    chance = Random(seed)
    whole = answers(*((chance.random(), chance.random(), chance.randint(2, 9)) for _ in range(30)))
    split = [Answers(one.mark, one.total, one.weight, count) for one in whole for count in (1, one.count - 1)]
    for figure in (facility, discrimination, efficiency, upper_lower):
        one, other = figure(whole), figure(split)
        assert one is not None
        assert other is not None
        assert one.value == pytest.approx(other.value)
