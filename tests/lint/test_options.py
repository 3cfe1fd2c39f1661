"""Options are few, different, in order, and real."""

import pytest

from quizapp.formats.document import QuestionDocument
from quizapp.kinds.content import Choice
from tests.lint.builders import among, choices, unchecked
from tests.lint.cases import ERROR, INFORMATION, WARNING, Case, breaks, keeps


def refused(kind: str, *texts: str, keys: tuple[int, ...]) -> QuestionDocument:
    """A choice as no file can hold it."""
    return unchecked(kind, choices=tuple(Choice(**choice) for choice in choices(*texts, keys=keys)))


def second(text: str) -> QuestionDocument:
    """A choice whose second option is this, among three that nobody could object to."""
    return among("the bishop", text, "the miller", "the council")


DUPLICATES = "duplicate-options"
KEYS = "key-count"
ABOVE = "all-or-none-of-the-above"
COMBINED = "combined-options"
NUMBER = "option-count"
NEGATIVE = "negative-option"
VAGUE = "vague-frequency"
ORDER = "options-out-of-order"
RANGES = "overlapping-ranges"
OPPOSITES = "opposite-pair"
LONG = "long-option"
FORM = "not-parallel"
AT = ("choices", 1, "text")

CASES = (
    breaks(DUPLICATES, "another article and a full stop", among("the bishop", "a bishop.", "the miller"), ERROR, *AT),
    breaks(DUPLICATES, "other typography", among("the town’s bishop", "town's\u00a0bishop", "the miller"), ERROR, *AT),
    breaks(DUPLICATES, "one letter more",
           among("the bishop of all the valleys", "the bishops of all the valleys", "the miller"), WARNING, *AT),
    keeps(DUPLICATES, "years in the same words",
          among("the treaty of Corvale of 1702", "the treaty of Corvale of 1712", "the treaty of Corvale of 1760")),
    keeps(DUPLICATES, "amounts of different size", among("5 million crowns", "5 billion crowns", "5 crowns")),
    keeps(DUPLICATES, "the same beginning", among("the bishop of Arden", "the bishop of Corvale", "the bishop")),

    breaks(KEYS, "no key", refused("single_choice", "a", "b", "c", keys=()), ERROR, "choices"),
    breaks(KEYS, "two keys where one is asked for", refused("single_choice", "a", "b", "c", keys=(0, 1)), ERROR,
           "choices"),
    breaks(KEYS, "no key among several", refused("multiple_response", "a", "b", "c", keys=()), ERROR, "choices"),
    breaks(KEYS, "nothing but keys", refused("multiple_response", "a", "b", "c", keys=(0, 1, 2)), ERROR, "choices"),
    keeps(KEYS, "one key", refused("single_choice", "a", "b", "c", keys=(2,))),
    keeps(KEYS, "all but one", refused("multiple_response", "a", "b", "c", keys=(1, 2))),

    *(breaks(ABOVE, text, second(text), ERROR, *AT)
      for text in ("All of the above", "all the above.", "Both of these", "All of them are right", "All are true.",
                   "Any of the options", "Both")),
    *(breaks(ABOVE, text, second(text), WARNING, *AT)
      for text in ("None of the above", "none of these", "Neither of them", "None is correct.", "Neither")),
    *(keeps(ABOVE, text, second(text))
      for text in ("a loan to both of them", "each of these towns", "none of her heirs", "the valley above")),

    *(breaks(COMBINED, text, second(text), ERROR, *AT)
      for text in ("A and B only", "both A and C", "1, 3", "(i) and (iii)", "2 only", "options a, b and d", "A or B")),
    *(keeps(COMBINED, text, second(text)) for text in ("Ada and Bea", "a and the rest", "1 bishop", "1712")),

    breaks(NUMBER, "two options", refused("single_choice", "a", "b", keys=(0,)), ERROR, "choices"),
    breaks(NUMBER, "six options", among(*"abcdef"), INFORMATION, "choices"),
    keeps(NUMBER, "three options", among(*"abc")),
    keeps(NUMBER, "five options", among(*"abcde")),

    *(breaks(NEGATIVE, text, second(text), WARNING, *AT)
      for text in ("not the bishop", "No money at all", "it didn’t burn", "nobody of the town", "Never before")),
    *(keeps(NEGATIVE, text, second(text)) for text in ("Norwich", "a noble house", "the notary", "a nonet")),

    *(breaks(VAGUE, text, second(text), INFORMATION, *AT)
      for text in ("it was often empty", "it may burn again", "it might burn", "Usually the bishop")),
    *(keeps(VAGUE, text, second(text))
      for text in ("in May 1781", "11 May", "early May", "April and May of 1760", "in May and June", "11 May to June",
                   "its military might", "the general")),

    breaks(ORDER, "years up and down", among("1702", "1760", "1712", keep_order=True), WARNING, "choices"),
    breaks(ORDER, "years up, but shuffled", among("1702", "1712", "1760"), WARNING, "choices"),
    breaks(ORDER, "days of the calendar", among("1 May 1760", "2 April 1760", "3 June 1760", keep_order=True), WARNING,
           "choices"),
    breaks(ORDER, "amounts with their words", among("2 thousand", "1 million", "900", keep_order=True), WARNING,
           "choices"),
    keeps(ORDER, "years that rise", among("1702", "1712", "1760", keep_order=True)),
    keeps(ORDER, "years that fall", among("1760", "1712", "1702", keep_order=True)),
    keeps(ORDER, "amounts that fall, two of them the same",
          among("5 kilns", "5 blowers", "3 widows", keep_order=True)),
    keeps(ORDER, "a year among names", among("1702", "the bishop", "1512", "1760")),

    breaks(RANGES, "5–15 and 10–20", among("1–4", "5–15", "10–20", keep_order=True), ERROR, "choices", 2, "text"),
    breaks(RANGES, "a number inside a range", among("3", "1 to 5", "6 to 9", keep_order=True), ERROR, *AT),
    breaks(RANGES, "10 or more", among("1 to 4", "5 to 15", "10 or more", keep_order=True), ERROR, "choices", 2,
           "text"),
    breaks(RANGES, "before and after", among("before 1760", "after 1750", "the bishop", keep_order=True), ERROR, *AT),
    keeps(RANGES, "ranges that touch", among("under 5", "5 to 10", "10 to 15 kilns", "over 15", keep_order=True)),
    keeps(RANGES, "before, in and after a year", among("before 1760", "1760", "after 1760", keep_order=True)),
    keeps(RANGES, "a number twice", among("5 kilns", "5 blowers", "6 widows", keep_order=True)),

    breaks(OPPOSITES, "a negator", among("it was sold", "it was not sold", "it burned"), INFORMATION, *AT),
    breaks(OPPOSITES, "a negator and its verb", among("the bishop accepted", "the bishop did not accept", "it burned"),
           INFORMATION, *AT),
    breaks(OPPOSITES, "can and cannot", among("she can pay", "she cannot pay", "it burned"), INFORMATION, *AT),
    breaks(OPPOSITES, "rose and fell", among("the price rose", "the price fell", "it burned"), INFORMATION, *AT),
    breaks(OPPOSITES, "the other way round", among("it was weaker", "it was stronger", "it burned"), INFORMATION, *AT),
    keeps(OPPOSITES, "opposites of different things", among("the price rose", "the demand fell", "it burned")),
    keeps(OPPOSITES, "a negative of something else", among("she sold it", "she did not burn it", "it burned")),
    keeps(OPPOSITES, "both words in one option", among("it won and lost", "it and", "it burned")),

    breaks(LONG, "26 words", second("word " * 26), WARNING, *AT),
    keeps(LONG, "25 words", second("word " * 25)),

    breaks(FORM, "one distractor begins otherwise", among("to sell", "a loan", "to burn", "to wait"), INFORMATION, *AT),
    breaks(FORM, "the key begins otherwise", among("to sell", "a loan", "to burn", "to wait", keys=(1,)), WARNING, *AT),
    breaks(FORM, "the key ends otherwise", among("it fell", "it burned.", "it rose", keys=(1,)), WARNING, *AT),
    breaks(FORM, "one of several keys begins otherwise",
           among("to sell", "a loan", "to burn", "to wait", keys=(1, 2)), INFORMATION, *AT),
    keeps(FORM, "two and two", among("to sell", "a loan", "to burn", "a gift")),
    keeps(FORM, "three forms", among("to sell", "a loan", "because of it", "to wait")),
    keeps(FORM, "a full stop before the closing mark", among("“It fell.”", "It burned.", "It rose.")),
    keeps(FORM, "an option of nothing but marks", among("*", "burned", "rose")),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_how_options_are_made(case: Case) -> None:
    case.check()


def test_every_pair_of_equal_options_is_told() -> None:
    question = among("the bishop", "a bishop", "an bishop")
    found = Case(DUPLICATES, "", question, None, (), "", breaks("", "", question, ERROR).beside).findings()
    assert [finding.field[1] for finding in found] == [1, 2, 2]
