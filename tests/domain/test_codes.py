"""Codes are typed as people type."""

import random

import pytest

from quizapp.domain.codes import ALPHABET, in_groups, new_text, normal_text


@pytest.mark.parametrize(
    "typed", ["7KQF-M01A", "7kqf m01a", " 7K QF—MOIA ", "7kqfmoia", "７ＫＱＦ－Ｍ０１Ａ", "7KQFMOLA"]
)
def test_what_was_meant_is_found_however_it_is_typed(typed: str) -> None:
    assert normal_text(typed) == "7KQFM01A"


def test_no_two_signs_of_the_alphabet_are_taken_for_one_another() -> None:
    assert normal_text(ALPHABET) == ALPHABET
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert not set(ALPHABET) & set("OILSZBU")


def test_a_code_is_chosen_sign_by_sign_and_shown_in_groups_of_four() -> None:
    code = new_text(8, random.Random(1).choice)
    assert (len(code), set(code) <= set(ALPHABET)) == (8, True)
    assert in_groups("7KQFM01A") == "7KQF-M01A"
