"""Dates as history gives them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.dates import first_day, real_date, sort_key


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


@pytest.mark.parametrize("written", ["1965", "1947-08", "2000-02-29"])
def test_a_date_of_the_calendar_is_kept(written: str) -> None:
    assert real_date(written) == written


@pytest.mark.parametrize("written", ["", "65", "1965-13", "1999-02-29", "1965-", "1947/08", "١٩٦٥", "1999-7-4", "0000"])
def test_a_date_that_the_calendar_has_not_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"is no date|the calendar has no"):
        real_date(written)


def test_a_year_and_a_month_begin_with_their_first_day() -> None:
    assert [str(first_day(written)) for written in ("1965", "1947-08")] == ["1965-01-01", "1947-08-01"]


@pytest.mark.parametrize("text", ["", "soon", "1965-", "-1965", "August 1947", "1947/08"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        sort_key(text)
