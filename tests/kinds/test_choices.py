"""Single choice and multiple response."""

from random import Random

import pytest
from pydantic import ValidationError

from quizapp.kinds import KINDS
from quizapp.kinds.multiple_response.kind import ChosenSome, net_credit
from tests.kinds.contents import COMMON, CONTENTS, choices

SINGLE, MULTIPLE = KINDS["single_choice"], KINDS["multiple_response"]


@pytest.mark.parametrize(
    ("ticked", "credit"),
    [("A", 0.5), ("AC", 1.0), ("ABC", 0.5), ("AB", 0.0), ("ABCDE", 0.0), ("", 0.0), ("BD", 0.0)],
)
def test_wrong_ticks_cancel_right_ticks(ticked: str, credit: float) -> None:
    chosen = frozenset("ABCDE".index(name) for name in ticked)
    assert net_credit(chosen, frozenset({0, 2})) == credit


def test_credit_without_a_key_makes_no_sense() -> None:
    with pytest.raises(ValueError, match="at least one key"):
        net_credit(frozenset({1}), frozenset())


@pytest.mark.parametrize(("chosen", "credit"), [((0, 2), 1.0), ((0,), 0.0), ((0, 1, 2), 0.0)])
def test_all_or_nothing_where_the_question_says_so(chosen: tuple[int, ...], credit: float) -> None:
    content = MULTIPLE.load_content({**CONTENTS["multiple_response"], "marking": "all_or_nothing"})
    assert MULTIPLE.mark(content, ChosenSome(chosen=chosen)) == credit


def test_the_value_of_an_option_is_its_place_on_the_page() -> None:
    content = SINGLE.load_content(CONTENTS["single_choice"])
    response = SINGLE.read(content, [3, 1, 0, 2], {"answer": ["2"]})
    assert SINGLE.mark(content, response) == 1.0
    assert [option.text for option in SINGLE.prompt(content, [3, 1, 0, 2]).options] == ["D", "B", "A", "C"]


def test_one_answer_only_is_taken_to_a_single_choice() -> None:
    with pytest.raises(ValueError, match="one answer only"):
        SINGLE.read(SINGLE.load_content(CONTENTS["single_choice"]), [0, 1, 2, 3], {"answer": ["1", "2"]})


def test_numbers_and_dates_keep_their_order() -> None:
    content = SINGLE.load_content({**CONTENTS["single_choice"], "keep_order": True})
    assert all(SINGLE.order(content, Random(seed)) == [0, 1, 2, 3] for seed in range(5))


@pytest.mark.parametrize(
    ("kind", "keys", "count"),
    [("single_choice", "", 4), ("single_choice", "AB", 4), ("single_choice", "A", 2),
     ("multiple_response", "A", 4), ("multiple_response", "ABCD", 4)],
    ids=["no key", "two keys", "two choices", "one key of several", "all are keys"],
)  # fmt: skip
def test_a_question_with_the_wrong_number_of_keys_is_refused(kind: str, keys: str, count: int) -> None:
    with pytest.raises(ValidationError):
        KINDS[kind].load_content({**COMMON, "choices": choices(keys, count)})


def test_two_choices_that_say_the_same_are_refused() -> None:
    twins = choices("A", 3)
    twins[2]["text"] = " b "
    with pytest.raises(ValidationError, match="two choices say the same"):
        SINGLE.load_content({**COMMON, "choices": twins})


def test_each_option_is_explained_by_its_own_reason() -> None:
    content = SINGLE.load_content(CONTENTS["single_choice"])
    response = SINGLE.read(content, [1, 0, 2, 3], {"answer": ["2"]})
    explained = SINGLE.explain(content, [1, 0, 2, 3], response).options
    assert [(option.text, option.correct, option.chosen) for option in explained[:2]] == [
        ("B", True, False),
        ("A", False, True),
    ]
