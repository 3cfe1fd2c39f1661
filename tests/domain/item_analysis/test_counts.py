"""Which answers belong to the strongest and the weakest attempts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.item_analysis.counts import Answers, highest, merged, number, rest_of, thirds, total_of


def answers(*totals: float, count: int = 1, group: int = 0) -> list[Answers]:
    """Right answers in attempts with these totals, a tenth of whose marks the question is."""
    return [Answers(1.0, total, 0.1, count, group=group) for total in totals]


def test_the_rest_of_an_attempt_leaves_the_question_out() -> None:
    assert Answers(1.0, 0.6, 0.2, 1).rest == pytest.approx(0.5)
    assert Answers(0.0, 0.6, 0.2, 1).rest == pytest.approx(0.75)
    assert Answers(1.0, 1.0, 1.0, 1).rest is None


def test_a_tie_at_the_cut_is_split_in_proportion() -> None:
    part = highest([*answers(0.9), *answers(0.5, count=4)], total_of, lambda n: 3)
    assert [count for _, count in part.counts] == [1.0, 2.0]


def test_totals_that_differ_by_rounding_alone_are_tied() -> None:
    part = highest(answers(0.333333, 0.333334, 0.3333335), total_of, lambda n: 1)
    assert [count for _, count in part.counts] == pytest.approx([1 / 3] * 3)


def test_each_group_gives_its_own_best() -> None:
    easy, hard = answers(0.9, 0.8, group=1), answers(0.3, 0.2, group=2)
    part = highest([*easy, *hard], total_of, lambda n: n / 2)
    assert [one.total for one, _ in part.counts] == [0.9, 0.3]


def test_nobody_is_the_best_of_nobody() -> None:
    part = highest([], total_of, lambda n: n / 3)
    assert (part.size, part.share(rest_of)) == (0, 0)


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 1), st.integers(1, 30), st.integers(0, 1)), min_size=1, max_size=40
    )
)
def test_the_three_thirds_are_everybody_and_equally_many(rows: list[tuple[int, int, int, int]]) -> None:
    given_ = [Answers(mark, (total + mark) / 10, 0.1, count, group=group) for total, mark, count, group in rows]
    parts = thirds(given_)
    assert [part.size for part in parts] == pytest.approx([number(given_) / 3] * 3)
    top, middle, bottom = (part.share(rest_of) for part in parts)
    if len({row[3] for row in rows}) == 1:
        assert top >= middle - 1e-9
        assert middle >= bottom - 1e-9


def test_counts_come_together_whatever_was_answered() -> None:
    one, other = Answers(0.0, 0.5, 0.1, 2, "a", 1, 30, 2), Answers(0.0, 0.5, 0.1, 3, "b", 1, 20, 1)
    apart = Answers(0.0, 0.5, 0.1, 1, "a", 2)
    assert merged([one, other, apart]) == [Answers(0.0, 0.5, 0.1, 5, "", 1, 50, 3), Answers(0.0, 0.5, 0.1, 1, "", 2)]
