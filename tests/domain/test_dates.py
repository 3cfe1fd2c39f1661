"""Dates as history gives them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.dates import sort_key, year_of


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("1947", "1948"), ("1947", "1947-01"), ("1947-08", "1947-08-14"), ("1947-08-14", "1947-08-15"),
     ("1947-09-30", "1947-10-01"), ("1947-12-31", "1948"), ("0711", "1526")],
)  # fmt: skip
def test_dates_of_any_exactness_are_ordered(earlier: str, later: str) -> None:
    assert sort_key(earlier) < sort_key(later)


@given(st.lists(st.dates(), min_size=2))
def test_days_are_ordered_as_the_calendar_orders_them(days: list[object]) -> None:
    written = sorted((str(day) for day in days), key=sort_key)
    assert all(earlier <= later for earlier, later in pairwise(written))


@pytest.mark.parametrize(("date", "year"), [("1965", 1965), ("1947-08", 1947), ("1999-07-04", 1999)])
def test_the_year_of_a_date(date: str, year: int) -> None:
    assert year_of(date) == year


@pytest.mark.parametrize("text", ["", "soon", "1965-", "-1965", "August 1947", "1947/08"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        sort_key(text)
