"""Sheets to an XLSX workbook: numbers stay numbers, times are times, and no text is ever a formula or a link."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from quizapp.formats.csv_text import Cell


class Shape(StrEnum):
    """How the cells of a column are shown."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    """A share: 0.5 stays that number, and reads 50%."""
    MOMENT = "moment"
    """Date and time of day, in UTC, which the title should say: a workbook knows no time zones."""
    DAY = "day"
    """The date alone, in UTC: no time of day is left in the file."""


@dataclass(frozen=True)
class Column:
    """A column: what stands on top, and how its cells are shown."""

    title: str
    shape: Shape = Shape.TEXT


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; a row has a cell for each column."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


MOST_OF_A_NAME = 31
"""Characters of a sheet's name; a spreadsheet takes no more."""
MOST_OF_A_CELL = 32_767
"""Characters of a text; what is longer is cut."""
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_NUMBER_FORMATS = {Shape.PERCENT: "0.0%", Shape.MOMENT: "yyyy-mm-dd hh:mm", Shape.DAY: "yyyy-mm-dd"}
_WIDTHS = {Shape.TEXT: 22, Shape.NUMBER: 10, Shape.PERCENT: 12, Shape.MOMENT: 17, Shape.DAY: 12}
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def xlsx_file(sheets: Sequence[Sheet], made: datetime) -> bytes:
    """The workbook as the bytes of a file. The titles of each sheet stay in sight, and so does its first column.

    None is an empty cell; times are written in UTC. `made` is noted in the file as its date. Sheet names must differ.
    """
    page = io.BytesIO()
    with Workbook(page, _OPTIONS) as book:
        book.set_properties({"created": made.astimezone(UTC).replace(tzinfo=None)})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = {shape: book.add_format({"num_format": number}) for shape, number in _NUMBER_FORMATS.items()}
        for sheet in sheets:
            _write(book.add_worksheet(sheet_name(sheet.name)), sheet, head, formats)
    return page.getvalue()


def sheet_name(name: str) -> str:
    """The name without what a sheet's name must not have, cut where it is too long."""
    return name.translate(_NOT_IN_A_NAME).strip(" '")[:MOST_OF_A_NAME] or "1"


def _write(page: Worksheet, sheet: Sheet, head: Any, formats: dict[Shape, Any]) -> None:
    page.freeze_panes(1, 1)
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column.title[:MOST_OF_A_CELL], head)
        page.set_column(place, place, _WIDTHS[column.shape])
    for number, row in enumerate(sheet.rows, start=1):
        for place, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _write_cell(page, number, place, _in_utc(cell, column.shape), formats.get(column.shape))


def _in_utc(cell: Cell, shape: Shape) -> Cell:
    """A time as a workbook takes it, without a zone; of a day without the time."""
    if not isinstance(cell, datetime):
        return cell
    moment = cell.astimezone(UTC).replace(tzinfo=None)
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) if shape is Shape.DAY else moment


def _write_cell(page: Worksheet, row: int, place: int, cell: Cell, shown: Any) -> None:
    """Each by its own method: the library's `write` would look at a text and decide what it might be."""
    if isinstance(cell, str):
        page.write_string(row, place, cell[:MOST_OF_A_CELL])
    elif isinstance(cell, bool):
        page.write_boolean(row, place, cell)
    elif isinstance(cell, datetime):
        page.write_datetime(row, place, cell, shown)
    elif cell is not None:
        page.write_number(row, place, cell, shown)
