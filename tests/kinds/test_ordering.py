"""Ordering: items in their right order."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from quizapp.kinds import KINDS
from quizapp.kinds.base import BadResponse
from quizapp.kinds.ordering.kind import Arranged, order_credit
from tests.kinds.contents import COMMON, CONTENTS, ORDERS, items

ORDERING = KINDS["ordering"]
ORDER = ORDERS["ordering"]


@pytest.fixture
def content() -> Any:
    """A, B, C and D, in this order."""
    return ORDERING.load_content(CONTENTS["ordering"])


@pytest.mark.parametrize(
    ("sequence", "credit"),
    [("01234", 1.0), ("10234", 0.8), ("20143", 0.4), ("40123", 0.2), ("43210", 0.0), ("01", 1.0), ("10", 0.0)],
)
def test_every_two_items_in_the_right_order_count(sequence: str, credit: float) -> None:
    assert order_credit([int(digit) for digit in sequence]) == pytest.approx(credit)


@given(st.permutations(range(6)))
def test_an_order_and_its_reverse_never_both_earn_something(sequence: list[int]) -> None:
    there, back = order_credit(sequence), order_credit(sequence[::-1])
    assert 0 <= there <= 1
    assert there == 0 or back == 0


@pytest.mark.parametrize("sequence", [[], [3]])
def test_credit_for_fewer_than_two_items_makes_no_sense(sequence: list[int]) -> None:
    with pytest.raises(ValueError, match="at least two items"):
        order_credit(sequence)


@pytest.mark.parametrize(
    "values",
    [["1", "2", "3"], ["1", "2", "3", "4", "5"], ["1", "2", "3", "3"], ["1", "2", "3", ""], ["1", "2", "3", "5"],
     ["0", "1", "2", "3"], ["1", "2", "3", "04"], ["1", "2", "3", "٤"], ["1", "2", "3", "x" * 501]],
    ids=["too few", "too many", "twice", "one left open", "too high", "from nought", "padded", "other digits", "huge"],
)  # fmt: skip
def test_places_missing_doubled_or_unknown_are_refused(content: Any, values: list[str]) -> None:
    with pytest.raises(BadResponse):
        ORDERING.read(content, ORDER, {"answer": values})


def test_a_place_is_given_to_the_item_beside_it(content: Any) -> None:
    response = ORDERING.read(content, ORDER, {"answer": ["1", "2", "3", "4"]})
    assert response.sequence == tuple(ORDER)
    assert ORDERING.given(content, ORDER, response) == ("1", "2", "3", "4")
    assert ORDERING.prompt(content, ORDER).rows == ("C", "A", "D", "B")


@pytest.mark.parametrize("seed", range(20))
def test_items_are_never_shown_in_their_right_order(seed: int) -> None:
    content = ORDERING.load_content({**CONTENTS["ordering"], "ask": 3})
    order = ORDERING.order(content, Random(seed))
    assert len(set(order)) == 3
    assert order != sorted(order)


def test_fewer_items_are_asked_and_their_places_counted_among_them() -> None:
    content = ORDERING.load_content({**CONTENTS["ordering"], "ask": 3})
    response = ORDERING.read(content, [3, 0, 2], {"answer": ["3", "1", "2"]})
    assert ORDERING.mark(content, response) == 1.0
    assert [part.key for part in ORDERING.explain(content, [3, 0, 2], response).parts] == ["1", "2", "3"]


def test_items_are_explained_in_their_right_order_with_date_and_place_given(content: Any) -> None:
    explained = ORDERING.explain(content, ORDER, Arranged(sequence=(1, 0, 2, 3)))
    assert [(part.label, part.date, part.given, part.right) for part in explained.parts] == [
        ("A", "1862", "2", False), ("B", "1862-03", "1", False), ("C", "", "3", True), ("D", "1874-11-02", "4", True),
    ]  # fmt: skip
    assert (explained.pairs, explained.pairs_right) == (6, 5)


def test_of_a_blank_no_pair_is_counted(content: Any) -> None:
    assert ORDERING.explain(content, ORDER, None).pairs_right is None


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"items": items("1862", "1874")}, "at least 3"),
        ({"items": items("1862", "1874", "1851")}, "from the earliest to the latest"),
        ({"items": items("1874", None, "1862")}, "from the earliest to the latest"),
        ({"items": [*items("1862", "1874"), {"text": " a "}]}, "two items say the same"),
        ({"items": items("1862", "1874", "in 1889")}, "'in 1889' is no date"),
        ({"items": items("1862", "1874", "1889-02-30")}, "the calendar has no 1889-02-30"),
        ({"ask": 5}, "there are 4 items"),
        ({"ask": 2}, "greater than or equal to 3"),
    ],
    ids=["two items", "falling dates", "falling over a gap", "twins", "no date", "no such day", "too many", "too few"],
)
def test_items_that_make_no_order_are_refused(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        ORDERING.load_content({**CONTENTS["ordering"], **changed})


def test_in_the_order_of_the_telling_dates_may_fall() -> None:
    content = {**COMMON, "items": items("1874", "1862", "1889"), "ordered_by": "telling"}
    assert ORDERING.load_content(content).asked() == 3
