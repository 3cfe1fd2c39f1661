"""Finding a quote in its passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.text import Span, _fold_with_offsets, find_quote, fold_typography, western_digits


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("It took two months.", "two months", "two months"),
        ("It took two\n    months.", "two months", "two\n    months"),
        ("He said “no—never”.", '"no-never"', "“no—never”"),
        ("the essay’s count", "the essay's count", "the essay’s count"),
        ("Karachi\u00a0and Lahore", "Karachi and Lahore", "Karachi\u00a0and Lahore"),
        ("co\u00adoperation held", "cooperation", "co\u00adoperation"),
        ("un café noir", "cafe\u0301 noir", "café noir"),
        ("½ of it", "1⁄2 of", "½ of"),
        ("the end ", "the end", "the end"),
        ("‘so’ and “so” and «so»", '\'so\' and "so" and "so"', "‘so’ and “so” and «so»"),
        ("'so' and \"so\"", "‘so’ and „so“", "'so' and \"so\""),
        ("1\u202f000\u00a0men", "1 000 men", "1\u202f000\u00a0men"),
        ("1 000 men", "1\u202f000\u2009men", "1 000 men"),
        ("1947–1971 — so", "1947-1971 - so", "1947–1971 — so"),
        ("1947-1971 - so", "1947–1971 — so", "1947-1971 - so"),
        ("non\u2011aligned states", "non-aligned states", "non\u2011aligned states"),
        ("co\u00adop\u00ad\u00aderation held", "cooperation", "co\u00adop\u00ad\u00aderation"),
        ("cooperation held", "co\u00adoperation", "cooperation"),
        ("the\u200bend", "theend", "the\u200bend"),
        ("in\t \n\u3000 1947", "in 1947", "in\t \n\u3000 1947"),
        ("the ﬁrst ﬂag", "first flag", "ﬁrst ﬂag"),
    ],
)
def test_a_quote_is_found_whatever_its_typography(text: str, quote: str, found: str) -> None:
    span = find_quote(text, quote)
    assert span is not None
    assert text[span.start : span.end] == found


@pytest.mark.parametrize("quote", ["three months", "TWO months", "", "   "])
def test_other_words_are_not_found(quote: str) -> None:
    assert find_quote("It took two months.", quote) is None


@given(st.text(max_size=60), st.integers(0, 60), st.integers(1, 60))
def test_any_stretch_of_a_text_is_found_in_it(text: str, start: int, length: int) -> None:
    quote = text[start : start + length]
    if fold_typography(quote) and fold_typography(quote) in fold_typography(text):
        span = find_quote(text, quote)
        assert span is not None
        # A span covers whole characters, so it holds more where the quote is a part of one: 1 of ½, e of é.
        assert fold_typography(quote) in fold_typography(text[span.start : span.end])


MARKED = st.text(
    st.sampled_from("aé e\u0301\u0327\u00a0\u202f\u00ad\u200b\u2011–—“”‘’½ﬁ\n\t ﷺ\ufe70ी\u064b1"), max_size=30
)
"""Texts of the characters that folding has to do with, marks that stand on nothing among them."""


@given(st.text(max_size=80) | MARKED)
def test_the_fast_way_of_folding_gives_what_the_careful_way_gives(text: str) -> None:
    assert fold_typography(text) == _fold_with_offsets(text)[0].strip()


@given(MARKED)
def test_every_folded_character_comes_from_a_place_in_the_text(text: str) -> None:
    folded, offsets = _fold_with_offsets(text)
    assert len(folded) == len(offsets)
    assert list(offsets) == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold_typography(fold_typography(text)) == fold_typography(text)


@pytest.mark.parametrize(("other", "overlaps"), [(Span(0, 3), True), (Span(4, 9), True), (Span(5, 9), False)])
def test_spans_overlap_where_they_share_a_character(other: Span, overlaps: bool) -> None:
    assert Span(2, 5).overlaps(other) is overlaps


def test_eastern_digits_and_separators_become_western() -> None:
    assert western_digits("۷٫۵ و ١٬٩٤٧") == "7.5 و 1947"
