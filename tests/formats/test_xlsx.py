"""Workbooks, read back by another library."""

import io
from datetime import UTC, datetime, timedelta, timezone

import pytest
from openpyxl import Workbook, load_workbook

from quizapp.formats.csv_text import Cell
from quizapp.formats.xlsx import Column, Shape, Sheet, sheet_name, xlsx_file

MADE = datetime(2026, 3, 14, 12, tzinfo=UTC)


def read(*sheets: Sheet) -> Workbook:
    """The workbook as a spreadsheet reads it."""
    return load_workbook(io.BytesIO(xlsx_file(sheets, MADE)))


def only_cell(cell: Cell, shape: Shape = Shape.TEXT) -> object:
    """One cell below its title, written and read."""
    return read(Sheet("One", [Column("Title", shape)], [[cell]]))["One"]["A2"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", '=HYPERLINK("http://x")', "http://x.example", "12", "{=1}"])
def test_a_text_is_a_text_whatever_it_looks_like(text: str) -> None:
    cell = only_cell(text)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_share_is_a_number_that_reads_as_a_percentage() -> None:
    cell = only_cell(0.825, Shape.PERCENT)
    assert (cell.value, cell.data_type, cell.number_format) == (0.825, "n", "0.0%")


def test_a_time_is_a_time_in_utc() -> None:
    there = datetime(2026, 3, 14, 17, 30, tzinfo=timezone(timedelta(hours=5)))
    cell = only_cell(there, Shape.MOMENT)
    assert (cell.value, cell.is_date) == (datetime(2026, 3, 14, 12, 30), True)  # noqa: DTZ001  a workbook has no zones


def test_of_a_day_no_time_is_left_in_the_file() -> None:
    cell = only_cell(MADE, Shape.DAY)
    assert (cell.value, cell.number_format) == (datetime(2026, 3, 14), "yyyy-mm-dd")  # noqa: DTZ001


def test_what_is_not_known_is_empty_and_a_yes_is_a_yes() -> None:
    assert only_cell(None).value is None
    assert only_cell(True).data_type == "b"


def test_the_titles_and_the_first_column_stay_in_sight() -> None:
    page = read(Sheet("Scores", [Column("=Name"), Column("Mean", Shape.PERCENT)], []))["Scores"]
    assert page.freeze_panes == "B2"
    assert (page["A1"].value, page["A1"].data_type, page["A1"].font.bold) == ("=Name", "s", True)


@pytest.mark.parametrize(
    ("name", "kept"), [("a/b:c", "a b c"), ("x" * 40, "x" * 31), ("", "1"), ("'quoted'", "quoted")]
)
def test_a_sheet_s_name_is_one_that_spreadsheets_take(name: str, kept: str) -> None:
    assert sheet_name(name) == kept
    assert read(Sheet(name, [Column("x")], [])).sheetnames == [kept]


def test_a_text_without_end_is_cut_and_a_strange_character_breaks_nothing() -> None:
    assert only_cell("x" * 40_000).value == "x" * 32_767
    assert "bell" in str(only_cell("bell\x07").value)


def test_the_same_rows_make_the_same_file() -> None:
    sheet = Sheet("One", [Column("x")], [["a"], [None]])
    assert xlsx_file([sheet], MADE) == xlsx_file([sheet], MADE)
