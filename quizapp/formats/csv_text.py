"""Rows to CSV, for spreadsheets: text that looks like a formula is kept from being one."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

Cell = str | int | float | bool | datetime | None
"""What a cell may hold; a datetime is aware, None is an empty cell."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What a text must not begin with: a spreadsheet would take it for a formula and might do what it says."""


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """The rows as CSV (RFC 4180: commas, lines ended by CR LF, quotation marks doubled).

    A text that begins like a formula gets an apostrophe in front. Every text stands in quotation marks, so that a
    spreadsheet that cuts at semicolons finds no formula inside one either. Numbers stay numbers, also below nothing;
    times are UTC in ISO 8601, such as 2026-03-14T12:00:00Z.
    """
    page = io.StringIO(newline="")
    writer = csv.writer(page, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return page.getvalue()


def csv_file(rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows as the bytes of a file: UTF-8, with the mark by which spreadsheets know it."""
    return csv_text(rows).encode("utf-8-sig")


def _written(cell: Cell) -> str | int | float | None:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS):
        return f"'{cell}"
    return cell
