"""Cloze: a text with blanks."""

from typing import Any

import pytest
from pydantic import ValidationError

from quizapp.kinds import KINDS
from quizapp.kinds.base import BadResponse
from tests.kinds.contents import COMMON, CONTENTS

CLOZE = KINDS["cloze"]


@pytest.fixture
def content() -> Any:
    """One blank with a list, two to type in."""
    return CLOZE.load_content(CONTENTS["cloze"])


@pytest.mark.parametrize(
    ("words", "credit"),
    [(["cart", "silk", "7.5 pence"], 1.0), (["cart", "Persian slik", "7.5 pense"], 1.0),
     (["boat", "silk", "7.5 pence"], 2 / 3), (["", "silk", ""], 1 / 3), (["", "Iraqi wool", "8.5 pence"], 0.0)],
)  # fmt: skip
def test_every_right_blank_earns_its_share_and_slips_are_forgiven(
    content: Any, words: list[str], credit: float
) -> None:
    assert CLOZE.mark(content, CLOZE.read(content, [], {"answer": words})) == pytest.approx(credit)


@pytest.mark.parametrize(
    "words",
    [["cart", "silk"], ["cart", "silk", "", ""], ["train", "", ""], ["CART", "", ""], ["", "", "x" * 501]],
    ids=["too few", "too many", "not on the list", "in capitals", "huge"],
)
def test_what_fits_no_blank_is_refused(content: Any, words: list[str]) -> None:
    with pytest.raises(BadResponse):
        CLOZE.read(content, [], {"answer": words})


def test_the_text_is_cut_at_its_blanks_and_lists_stand_in_the_alphabet_s_order() -> None:
    blanks = [{"accept": ["b"], "choices": ["c", "b", "A"]}, {"accept": ["x"]}]
    prompt = CLOZE.prompt(CLOZE.load_content({**COMMON, "text": "[[1]] and [[2]]", "blanks": blanks}), [])
    assert prompt.pieces == ("", " and ", "")
    assert prompt.lists == (("A", "b", "c"), ())


def test_each_blank_is_explained_and_the_text_given_whole(content: Any) -> None:
    response = CLOZE.read(content, [], {"answer": ["boat", "Iraqi wool", ""]})
    explained = CLOZE.explain(content, [], response)
    assert [(part.label, part.given, part.key, part.feedback) for part in explained.parts] == [
        ("1", "boat", "cart", ""), ("2", "Iraqi wool", "Persian silk", "why not = this"), ("3", "", "7.5 pence", ""),
    ]  # fmt: skip
    assert explained.given == "They came by boat, for the price of Iraqi wool\n\nand …."
    assert explained.key == ("They came by cart, for the price of Persian silk\n\nand 7.5 pence.",)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"text": "No blank at all."}, r"the text should hold \[\[1\]\], \[\[2\]\], once each"),
        ({"text": "[[2]] before [[1]]"}, "in this order"),
        ({"text": "[[1]], [[2]] and [[2]]"}, "once each"),
        ({"text": "[[1]], [[2]] and [[3]]"}, "once each"),
        ({"blanks": [{"accept": ["a"], "choices": ["b", "c"]}, {"accept": ["b"]}]}, "should stand among the choices"),
        ({"blanks": [{"accept": []}, {"accept": ["b"]}]}, "at least 1"),
        ({"blanks": [{"accept": ["cart"], "reject": [{"text": "Cart", "feedback": "x"}]}, {"accept": ["b"]}]},
         "would be accepted"),
    ],
    ids=["no blank", "out of order", "twice", "one too many", "key not listed", "no key", "key rejected"],
)  # fmt: skip
def test_a_text_that_cannot_be_filled_in_is_refused(changed: dict[str, Any], says: str) -> None:
    good = {**COMMON, "text": "[[1]] and [[2]]", "blanks": [{"accept": ["a"]}, {"accept": ["b"]}]}
    with pytest.raises(ValidationError, match=says):
        CLOZE.load_content({**good, **changed})


def test_a_word_chosen_from_a_list_is_explained_by_its_own_reason() -> None:
    reject = [{"text": "Iraq", "feedback": "the eastern one"}, {"text": "Oman", "feedback": "the southern one"}]
    blank = {"accept": ["Persia"], "choices": ["Iran", "Iraq", "Oman", "Persia"], "reject": reject}
    content = CLOZE.load_content({**CONTENTS["cloze"], "text": "It was called [[1]] before.", "blanks": [blank]})
    answers = [CLOZE.read(content, [], {"answer": [word]}) for word in ("Iran", "Iraq")]
    told = [CLOZE.explain(content, [], answer).parts[0].feedback for answer in answers]
    assert told == ["", "the eastern one"]
