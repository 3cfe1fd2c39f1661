"""Matching: each entry with what belongs to it."""

from random import Random
from typing import Any

import pytest
from pydantic import ValidationError

from quizapp.kinds import KINDS
from quizapp.kinds.base import BadResponse
from quizapp.kinds.matching.kind import Matched
from tests.kinds.contents import COMMON, CONTENTS, ORDERS, pairs

MATCHING = KINDS["matching"]
ORDER = ORDERS["matching"]


@pytest.fixture
def content() -> Any:
    """A, B and C with a, b and c; and z, which fits nowhere."""
    return MATCHING.load_content(CONTENTS["matching"])


@pytest.mark.parametrize(
    ("values", "credit"),
    [(["1", "2", "3"], 1.0), (["1", "3", "2"], 1 / 3), (["2", "3", "1"], 0.0), (["1", "", ""], 1 / 3),
     (["1", "1", "1"], 1 / 3), (["1", "2", "4"], 2 / 3), (["4", "4", "4"], 0.0)],
)  # fmt: skip
def test_every_right_pair_earns_its_share(content: Any, values: list[str], credit: float) -> None:
    response = MATCHING.read(content, ORDER, {"answer": values})
    assert MATCHING.mark(content, response) == pytest.approx(credit)


@pytest.mark.parametrize(
    "values",
    [["1", "2"], ["1", "2", "3", "4"], ["1", "2", "5"], ["1", "2", "0"], ["1", "2", "-1"], ["1", "2", "a"],
     ["1", "2", "x" * 501], ["1", "2", "٣"]],
    ids=["too few", "too many", "five of four", "none", "minus", "words", "huge", "other digits"],
)  # fmt: skip
def test_what_is_on_no_list_is_refused(content: Any, values: list[str]) -> None:
    with pytest.raises(BadResponse):
        MATCHING.read(content, ORDER, {"answer": values})


def test_the_value_of_an_option_is_its_place_in_the_lists(content: Any) -> None:
    order = [2, 0, 1, 3, 1, 0, 2]
    prompt = MATCHING.prompt(content, order)
    assert prompt.rows == ("C", "A", "B")
    assert [(option.value, option.text) for option in prompt.options] == [
        ("1", "z"), ("2", "b"), ("3", "a"), ("4", "c"),
    ]  # fmt: skip
    assert MATCHING.mark(content, MATCHING.read(content, order, {"answer": ["4", "3", "2"]})) == 1.0


def test_an_entry_left_open_comes_back_open(content: Any) -> None:
    response = MATCHING.read(content, ORDER, {"answer": ["", "4", ""]})
    assert MATCHING.given(content, ORDER, response) == ("", "4", "")


@pytest.mark.parametrize("seed", range(5))
def test_fewer_pairs_are_asked_with_their_own_options_and_the_extra_ones(seed: int) -> None:
    content = MATCHING.load_content({**CONTENTS["matching"], "pairs": pairs(8), "ask": 4})
    order = MATCHING.order(content, Random(seed))
    prompt = MATCHING.prompt(content, order)
    assert len(prompt.rows) == 4
    assert {option.text for option in prompt.options} == {row.lower() for row in prompt.rows} | {"z"}
    right = Matched(matches=tuple((row, row) for row in order[:4]))
    assert MATCHING.mark(content, right) == 1.0
    assert len(MATCHING.explain(content, order, right).parts) == 4


def test_each_attempt_draws_its_own_pairs() -> None:
    content = MATCHING.load_content({**CONTENTS["matching"], "pairs": pairs(8), "ask": 3})
    assert len({frozenset(MATCHING.order(content, Random(seed))[:3]) for seed in range(20)}) > 1


def test_an_option_that_fits_nowhere_brings_its_own_reason_first(content: Any) -> None:
    response = MATCHING.read(content, ORDER, {"answer": ["4", "3", ""]})
    wrong_extra, wrong_pair, left_open = MATCHING.explain(content, ORDER, response).parts
    assert (wrong_extra.given, wrong_extra.key, wrong_extra.feedback) == ("z", "a", "why z why A")
    assert (wrong_pair.given, wrong_pair.key, wrong_pair.feedback) == ("c", "b", "why B")
    assert (left_open.given, left_open.key, left_open.feedback) == ("", "c", "why C")
    assert [quote.quote for quote in wrong_extra.evidence] == ["The river Ouzel"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"pairs": pairs(2)}, "at least 3"),
        ({"pairs": [*pairs(), {"left": " a ", "right": "d", "feedback": "x"}]}, "two entries on one side say the same"),
        ({"extras": [{"text": "B", "feedback": "x"}]}, "two entries on one side say the same"),
        ({"ask": 4}, "there are 3 pairs"),
        ({"ask": 2}, "greater than or equal to 3"),
    ],
    ids=["two pairs", "twin entries", "twin options", "more asked than there are", "too few asked"],
)
def test_pairs_that_cannot_be_matched_are_refused(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        MATCHING.load_content({**COMMON, "pairs": pairs(), **changed})
