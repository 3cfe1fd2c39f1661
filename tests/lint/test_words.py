"""Texts as the rules compare them."""

import pytest

from quizapp.lint.lexicon import ENGLISH, SILENT, lexicon_for
from quizapp.lint.subjects import content_words
from quizapp.lint.words import (
    are_alike,
    capitalised,
    plain,
    runs,
    stem_of,
    trigrams,
    without_article,
    without_quotations,
    words,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Who lent it?", ["who", "lent", "it"]),
        ("the town’s kilns' heat", ["the", "town", "kilns", "heat"]),
        ("well-read, didn’t", ["well-read", "didn't"]),
        ("1702–1781", ["1702-1781"]),
        ("glass—not wine", ["glass", "not", "wine"]),
        ("**Ada** _Vale_, ___ and `so`", ["ada", "vale", "and", "so"]),
        ("كتابٌ", ["كتابٌ"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("ﬁre Straße", ["fire", "strasse"]),
        ("… — !", []),
        ("", []),
    ],
)
def test_the_words_of_a_text(text: str, found: list[str]) -> None:
    assert list(words(text)) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [("recognised", "recognises"), ("recognise", "recognising"), ("parties", "party"), ("treaties", "treaty"),
     ("closed", "closes"), ("kilns", "kiln"), ("helped", "helping")],
)  # fmt: skip
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize(("one", "other"), [("used", "us"), ("ring", "rs"), ("war", "wars"), ("ties", "ty")])
def test_short_words_keep_their_endings(one: str, other: str) -> None:
    assert stem_of(one) != stem_of(other)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The widow Vale of Dunmere. She sold it.", {"vale", "dunmere"}),
        ("“Vale sold it,” wrote Body: “She lied.”", {"body"}),
        ("Did **Vale** sell Vale’s pit?", {"vale"}),
        ("she—Ada—sold it", {"ada"}),
        ("nothing here", set()),
    ],
)
def test_names_are_words_with_a_capital_inside_a_sentence(text: str, names: set[str]) -> None:
    assert capitalised(text) == names


def test_quotations_are_left_out_and_keep_their_sides_apart() -> None:
    assert without_quotations("he said “no, never” and «so» left") == "he said  |  and  |  left"
    assert list(runs("one two “three four” five six", 2)) == [("one", "two"), ("five", "six")]


@pytest.mark.parametrize(("text", "length", "count"), [("a b c", 2, 2), ("a b c", 3, 1), ("a b c", 4, 0), ("", 1, 0)])
def test_runs_of_words(text: str, length: int, count: int) -> None:
    assert len(list(runs(text, length))) == count


@pytest.mark.parametrize(
    ("text", "bare"),
    [("The Bishop.", "bishop"), ("an hour", "hour"), ("A", "a"), ("theatre", "theatre"), ("a\u00a0mill…", "mill")],
)
def test_options_are_compared_without_article_and_full_stop(text: str, bare: str) -> None:
    assert without_article(text) == bare


def test_emphasis_and_case_are_no_part_of_a_text() -> None:
    assert plain("**Not** the\u00a0_Town’s_") == "not the town's"


@pytest.mark.parametrize(
    ("first", "second", "least", "alike"),
    [
        ("abcdefghij", "abcdefghij", 1.0, True),
        ("abcdefghij", "abcdefghix", 0.9, True),
        ("abcdefghij", "abcdefghxy", 0.9, False),
        ("abc", "", 0.1, False),
        ("", "", 0.9, True),
    ],
)
def test_how_alike_texts_are(first: str, second: str, least: float, alike: bool) -> None:
    assert are_alike(first, second, least) is alike


def test_trigrams_count_the_ends_of_words() -> None:
    assert trigrams("Ab!") == {"  a", " ab", "ab "}


def test_content_is_neither_short_nor_a_function_word() -> None:
    assert content_words("According to her, the two kilns were of no use", ENGLISH) == {"kiln", "two", "use"}
    assert content_words("According to her, the two kilns", SILENT) == frozenset()


@pytest.mark.parametrize(
    ("language", "lexicon"), [("en", ENGLISH), ("en-GB", ENGLISH), ("ur", SILENT), ("eng", SILENT)]
)
def test_a_language_has_its_lexicon(language: str, lexicon: object) -> None:
    assert lexicon_for(language) is lexicon
