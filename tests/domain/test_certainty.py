"""Certainty-based marks, by the table of their inventor."""

import pytest

from quizapp.domain.certainty import CertaintyUse, certainty_mark, most_by_certainty


@pytest.mark.parametrize(
    ("fraction", "certainty", "mark"),
    [
        (1.0, 1, 1.0), (1.0, 2, 2.0), (1.0, 3, 3.0), (0.0, 1, 0.0), (0.0, 2, -2.0), (0.0, 3, -6.0),
        (1.0, None, 1.0), (0.0, None, 0.0), (0.5, 3, -1.5), (0.5, 1, 0.5),
    ],
)  # fmt: skip
def test_a_mark_by_certainty(fraction: float, certainty: int | None, mark: float) -> None:
    assert certainty_mark(fraction, certainty) == mark


@pytest.mark.parametrize("certainty", [4, -1, 7])
def test_another_certainty_is_refused(certainty: int) -> None:
    with pytest.raises(ValueError, match="1, 2 or 3"):
        certainty_mark(1.0, certainty)


def test_a_mark_can_earn_three_only_where_certainty_counts() -> None:
    assert [most_by_certainty(use) for use in CertaintyUse] == [1.0, 1.0, 3.0]
