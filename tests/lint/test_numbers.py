"""Options that are numbers, dates or ranges."""

from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.lint.numbers import Interval, has_date, interval_of, years_in


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1702", 1702, 1702),
        ("in 1702.", 1702, 1702),
        ("about 40 crowns", 40, 40),
        ("7.5 billion dollars", 7.5e9, 7.5e9),
        ("$1,500,000", 1_500_000, 1_500_000),
        ("12 %", 12, 12),
        ("12 per cent", 12, 12),
        ("۱۷۰۲", 1702, 1702),
        ("10 men", 10, 10),
        ("1–5", 1, 5),
        ("from 1 to 5 thousand crowns", 1000, 5000),
        ("between 1702 and 1781", 1702, 1781),
        ("under 5", -inf, 5),
        ("before 1702", -inf, 1702),
        ("5 or fewer", -inf, 5),
        ("5 kilns or fewer", -inf, 5),
        ("up to $5 million", -inf, 5e6),
        ("over 5", 5, inf),
        ("10 or more", 10, inf),
        ("10 or more kilns", 10, inf),
        ("10 years and over", 10, inf),
        ("at least 2 thousand", 2000, inf),
        ("5-1", None, None),
        ("the bishop", None, None),
        ("a kiln of 1702", None, None),
        ("1702 and the years that followed it", None, None),
        ("", None, None),
    ],
)
def test_a_number_is_read(text: str, low: float | None, high: float | None) -> None:
    assert interval_of(text) == (None if low is None or high is None else Interval(low, high))


def test_dates_are_in_order() -> None:
    dates = ["31 December 1701", "1 January 1702", "31 January 1702", "1 February 1702", "on 31 December 1702", "1703"]
    spans = [interval_of(date) for date in dates]
    assert all(one is not None and other is not None and one.low < other.low for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("one", "other", "overlaps"),
    [
        ((1, 5), (4, 9), True),
        ((1, 5), (5, 9), False),
        ((1, 5), (6, 9), False),
        ((1, 9), (3, 4), True),
        ((1, 5), (3, 3), True),
        ((1, 5), (5, 5), False),
        ((1, 5), (7, 7), False),
        ((-inf, 5), (4, inf), True),
        ((-inf, 5), (5, inf), False),
        ((-inf, inf), (5, 5), True),
    ],
)
def test_intervals_overlap_where_they_share_more_than_a_border(
    one: tuple[float, float], other: tuple[float, float], overlaps: bool
) -> None:
    assert Interval(*one).overlaps(Interval(*other)) is overlaps
    assert Interval(*other).overlaps(Interval(*one)) is overlaps


@pytest.mark.parametrize(
    ("text", "told"),
    [("the war of 1965", True), ("the 1960s", True), ("on 4 May", True), ("in ۱۹۶۵", True), ("in May", False),
     ("40 crowns", False), ("3000 crowns", False), ("room 12345", False)],
)  # fmt: skip
def test_a_date_is_seen_in_a_text(text: str, told: bool) -> None:
    assert has_date(text) is told


def test_the_years_of_a_text() -> None:
    assert years_in("from 1702 to 1781, in 12 or 20 years; ۱۹۶۵") == {"1702", "1781", "1965"}


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(text: str) -> None:
    span = interval_of(text)
    assert span is None or span.low <= span.high
