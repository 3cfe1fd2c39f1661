"""Patterns of a whole bank that a reader of many questions would find."""

from collections.abc import Sequence
from itertools import cycle, islice
from typing import Any

import pytest

from quizapp.formats.document import BankDocument, QuestionDocument
from tests.lint.builders import among, asking, bank, question, with_ids
from tests.lint.cases import ERROR, INFORMATION, WARNING, Case, breaks, keeps

LONGEST = "key-longest"
PLACE = "key-position"
RATE = "absolutes-rate"
BALANCE = "true-false-balance"
SHARE = "negative-share"
TRICK = "trick-pays"


def of(*questions: QuestionDocument, **changed: Any) -> BankDocument:
    """A bank of these questions."""
    return bank(*with_ids(*questions), **changed)


def lengths(key_longest: int, count: int, **changed: Any) -> BankDocument:
    """A bank of so many choices, in the first of which the key is the longest option, and a distractor in the rest."""
    return of(*[among("a" * (9 if n < key_longest else 5), "b" * 7, "c" * 6, "d" * 6, **changed) for n in range(count)])


def longest_by_far(count: int) -> BankDocument:
    """A bank of so many choices in which the key is the longest option, at each place in turn."""
    return of(
        *[
            among(*("a" * 8 if place == n % 4 else "bcde"[place] * 4 for place in range(4)), keys=(n % 4,))
            for n in range(count)
        ]
    )


def keys_at(places: Sequence[int], size: int = 4, keep_order: bool = True) -> BankDocument:
    """A bank of choices whose keys stand at these places, from 0, of so many options of the same length."""
    return of(*[among(*"abcdef"[:size], keys=(place,), keep_order=keep_order) for place in places])


def counts(*counts: int) -> list[int]:
    """So many keys at each place, no place more than twice in a row as long as others are left."""
    left = list(counts)
    order: list[int] = []
    while any(left):
        place = max(range(len(left)), key=lambda place: (left[place] - 3 * (order[-2:] == [place] * 2), -place))
        left[place] -= 1
        order.append(place)
    return order


def marked(wrong: int, right: int = 0) -> BankDocument:
    """A bank with an absolute in so many distractors and so many keys, each in a question of its own."""
    with_wrong = [among("it sold", "it never sold", "it burned", "it fell")] * wrong
    return of(*with_wrong, *[among("it never sold", "it sold", "it burned", "it fell")] * right)


def statements(false: int, count: int) -> BankDocument:
    """A bank of so many statements, so many of them false."""
    return of(*[question("true_false", answer=n >= false) for n in range(count)])


def negatives(negative: int, count: int) -> BankDocument:
    """A bank of so many questions, so many of them negatives; and a statement, which is none."""
    stems = ["Which of them does the writer NOT name?"] * negative + ["Which does the writer name?"] * (
        count - negative
    )
    return of(*[asking(stem, *"abc") for stem in stems], question("true_false", stem="It was not so."))


def like_the_stem(count: int) -> BankDocument:
    """A bank of choices whose keys have most words in common with their stems; lengths and places tell nothing."""
    options = ("the copper bell", "the golden gate", "the marble step", "the wooden pipe")
    return of(*[asking("What of copper is a bell?", *options[n % 4 :], *options[: n % 4], keys=(-n % 4,))
                for n in range(count)])  # fmt: skip


CASES = (
    breaks(LONGEST, "7 of 12 (p = 0.014)", lengths(7, 12), WARNING),
    breaks(LONGEST, "9 of 12 (p = 0.0004)", lengths(9, 12), ERROR),
    breaks(LONGEST, "7 of the 12 that have a longest option",
           of(*[one for _, one in lengths(7, 12).questions()], *[among(*"abcd")] * 20), WARNING),
    breaks(LONGEST, "none of 25, which is too seldom", lengths(0, 25), INFORMATION),
    keeps(LONGEST, "6 of 12 (p = 0.054)", lengths(6, 12)),
    keeps(LONGEST, "none of 12", lengths(0, 12)),
    keeps(LONGEST, "30 questions without a longest option", keys_at(list(islice(cycle(range(4)), 30)))),
    keeps(LONGEST, "retired questions", lengths(9, 12, status="retired")),

    breaks(PLACE, "8, 2, 1 and 1 of 12 (p = 0.01)", keys_at(counts(8, 2, 1, 1)), WARNING),
    breaks(PLACE, "13, 1, 1 and 1 of 16 (p < 0.001)", keys_at([0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0]), ERROR),
    breaks(PLACE, "the same, but shuffled", keys_at(counts(8, 2, 1, 1), keep_order=False), INFORMATION),
    breaks(PLACE, "four options alone, among even threes",
           of(*[one for places, size in ((counts(8, 2, 1, 1), 4), (counts(4, 4, 4), 3))
                for _, one in keys_at(places, size).questions()]), WARNING),
    breaks(PLACE, "five in a row of an even bank", keys_at([0] * 5 + counts(0, 5, 5, 5)), WARNING),
    keeps(PLACE, "four in a row", keys_at([0] * 4 + counts(0, 4, 4, 4))),
    keeps(PLACE, "6, 3, 2 and 1 of 12 (p = 0.19)", keys_at(counts(6, 3, 2, 1))),
    keeps(PLACE, "three alike, as happens one time in nine", keys_at([0, 0, 0], 3)),
    keeps(PLACE, "four of five, as happens one time in sixteen", keys_at([0, 0, 1, 0, 0])),

    breaks(RATE, "12 of 12 (p = 0.03)", marked(12), WARNING),
    breaks(RATE, "25 of 25 (p < 0.001)", marked(25), ERROR),
    keeps(RATE, "10 of 10 (p = 0.06)", marked(10)),
    keeps(RATE, "12 of 13", marked(12, 1)),

    breaks(BALANCE, "none of five", statements(0, 5), WARNING),
    breaks(BALANCE, "four of six", statements(4, 6), WARNING),
    breaks(BALANCE, "all of five", statements(5, 5), WARNING),
    keeps(BALANCE, "two of five", statements(2, 5)),
    keeps(BALANCE, "three of five", statements(3, 5)),
    keeps(BALANCE, "none of four, which are too few to judge", statements(0, 4)),

    breaks(SHARE, "two of eight", negatives(2, 8), INFORMATION),
    breaks(SHARE, "three of fifty", negatives(3, 50), INFORMATION),
    keeps(SHARE, "one of eight", negatives(1, 8)),
    keeps(SHARE, "two of forty", negatives(2, 40)),

    breaks(TRICK, "always the first", keys_at([0, 0, 0, 0, 1, 0, 0, 0]), WARNING),
    breaks(TRICK, "always the one most like the stem", like_the_stem(8), WARNING),
    breaks(TRICK, "always the longest", longest_by_far(8), WARNING),
    keeps(TRICK, "each place as often as the others", keys_at(counts(2, 2, 2, 2))),
    keeps(TRICK, "two of two, as happens one time in nine", keys_at([0, 0], 3)),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_a_reader_of_many_would_find(case: Case) -> None:
    case.check()


def test_the_numbers_are_told() -> None:
    (found,) = breaks(LONGEST, "", lengths(7, 12), WARNING).findings()
    assert found.found == "In 7 of 12 questions the key is the longest option; chance gives 3."


def test_a_run_is_told_with_its_beginning_and_length() -> None:
    (found,) = breaks(PLACE, "", keys_at([1, *[0] * 6, *counts(0, 5, 6, 6)]), WARNING).findings()
    assert found.found == "From q-2 on, the key is number 1 in 6 questions in a row."
