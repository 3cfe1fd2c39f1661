"""CSV for spreadsheets: safe, exact, and readable again."""

import csv
import io
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.formats.csv_text import FORMULA_SIGNS, csv_file, csv_text

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
TEXTS = st.builds("{}{}".format, st.sampled_from(["", "'", *FORMULA_SIGNS]), WORDS)


def read(text: str) -> list[list[str]]:
    """The cells of a CSV, as a spreadsheet takes them."""
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert read(csv_text([[f"{sign}1+1", f"a{sign}1"]])) == [[f"'{sign}1+1", f"a{sign}1"]]


def test_numbers_of_our_own_are_not_touched() -> None:
    assert csv_text([[-0.5, -6, 3, 1.0]]) == "-0.5,-6,3,1.0\r\n"


def test_every_text_is_quoted_so_that_a_cut_at_semicolons_makes_no_formula() -> None:
    assert csv_text([["a;=1+1", 'said "no"']]) == '"a;=1+1","said ""no"""\r\n'


def test_times_are_in_utc_and_truth_is_a_word_that_spreadsheets_know() -> None:
    noon_in_karachi = datetime(2026, 3, 14, 12, tzinfo=timezone(timedelta(hours=5)))
    assert csv_text([[noon_in_karachi, True, False, None]]) == '"2026-03-14T07:00:00Z","TRUE","FALSE",""\r\n'


def test_a_file_begins_with_the_mark_by_which_spreadsheets_know_utf_8() -> None:
    assert csv_file([["پاکستان"]]) == b"\xef\xbb\xbf" + '"پاکستان"\r\n'.encode()


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_any_text_comes_back_as_it_was_and_none_begins_like_a_formula(rows: list[list[str]]) -> None:
    found = read(csv_text(rows))
    assert [[cell.removeprefix("'") for cell in row] for row in found] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert not [cell for row in found for cell in row if cell.startswith(FORMULA_SIGNS)]


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_any_number_comes_back_as_it_was(number: float) -> None:
    ((cell,),) = read(csv_text([[number]]))
    assert type(number)(cell) == number
