"""A class list as people have it, from a spreadsheet or typed: text to rows of name and username."""

import codecs
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_ROWS = 500
"""Students of one list; what follows is not read, and that is said."""

_DELIMITERS = ",;\t"
_WHOLE = ("name", "full name", "student", "student name", "display name", "pupil")
_FIRST = ("first name", "firstname", "given name", "forename")
_LAST = ("last name", "lastname", "surname", "family name")
_USERNAME = ("username", "user name", "user", "login", "login name", "account")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
"""What no name has, and what turns the direction of a line around or cannot be seen."""


class Notice(StrEnum):
    """What should be known of how a list was read; each comes with a detail, empty where there is none."""

    WINDOWS_1252 = "windows_1252"
    """It is not UTF-8 and was read as Windows-1252."""
    OTHER_COLUMNS = "other_columns"
    """The columns with these names are not used."""
    NO_NAME_COLUMN = "no_name_column"
    """There is a header without a name: students are called by their usernames."""
    TOO_MANY_ROWS = "too_many_rows"
    """So many rows came after the last one that was read."""
    TOO_MANY_COLUMNS = "too_many_columns"
    """There are this many columns and no header that says which is the name; nothing was read."""
    QUOTATION_MARKS = "quotation_marks"
    """A quotation mark is never closed, so all of them were read as part of the text."""


@dataclass(frozen=True)
class ListedStudent:
    """One row: the line it begins on (from 1), the name, and the username, empty where none is given."""

    line: int
    name: str
    username: str


@dataclass(frozen=True)
class StudentList:
    """What was read, and what should be known of it."""

    students: tuple[ListedStudent, ...]
    notices: tuple[tuple[Notice, str], ...] = ()


@dataclass(frozen=True)
class _Columns:
    """Where the parts stand in a row: the columns of the name, to be joined by a space, and that of the username."""

    name: tuple[int, ...]
    username: int | None


_Row = tuple[int, list[str]]


def decoded(content: bytes) -> tuple[str, bool]:
    """The text of a file, and whether it had to be read as Windows-1252.

    UTF-8 and UTF-16 are known by their mark or by being nothing else; what is no UTF-8 is what spreadsheets on
    Windows write.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), False
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), True


def read_student_list(text: str) -> StudentList:
    """The rows of a list: with a header, or without one where there are one or two columns (name, username).

    Columns stand apart by commas, semicolons or tabs, whichever the first line has most of. Empty rows are left out.
    """
    rows, broken = _rows(text.removeprefix("\ufeff"))
    notices = [(Notice.QUOTATION_MARKS, "")] if broken else []
    if not rows:
        return StudentList((), tuple(notices))
    header = [" ".join(cell.casefold().replace("_", " ").split()) for cell in rows[0][1]]
    columns = _columns_of(header)
    if columns is None:
        width = max(len(cells) for _line, cells in rows)
        if width > 2:
            return StudentList((), (*notices, (Notice.TOO_MANY_COLUMNS, str(width))))
        columns = _Columns((0,), 1 if width == 2 else None)
    else:
        notices += _notices_of_header(rows[0][1], columns)
        rows = rows[1:]
    if len(rows) > MOST_ROWS:
        notices.append((Notice.TOO_MANY_ROWS, str(len(rows) - MOST_ROWS)))
    return StudentList(tuple(_student(row, columns) for row in rows[:MOST_ROWS]), tuple(notices))


def _rows(text: str) -> tuple[list[_Row], bool]:
    """The rows that are not empty, each with its line, and whether quotation marks had to be taken as they are."""
    lines = io.StringIO(text, newline="").readlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
        rows, line = [], 1
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        rows = [(number, line.split(delimiter)) for number, line in enumerate(lines, 1)]
        return _filled(rows), True
    return _filled(rows), False


def _filled(rows: Sequence[_Row]) -> list[_Row]:
    clean = [(line, [_clean(cell) for cell in cells]) for line, cells in rows]
    return [(line, cells) for line, cells in clean if any(cells)]


def _clean(cell: str) -> str:
    """Without what cannot be seen, and with single spaces."""
    return " ".join(_CONTROL.sub(" ", cell).split())


def _columns_of(header: list[str]) -> _Columns | None:
    """Where the parts stand, by the header; None where the first row is none."""

    def place(names: Sequence[str]) -> int | None:
        return next((number for number, cell in enumerate(header) if cell in names), None)

    whole, first, last, username = place(_WHOLE), place(_FIRST), place(_LAST), place(_USERNAME)
    name = (whole,) if whole is not None else tuple(part for part in (first, last) if part is not None)
    return _Columns(name, username) if name or username is not None else None


def _notices_of_header(header: list[str], columns: _Columns) -> list[tuple[Notice, str]]:
    used = {*columns.name, columns.username}
    others = [cell for number, cell in enumerate(header) if number not in used and cell]
    notices = [(Notice.OTHER_COLUMNS, ", ".join(others))] if others else []
    return notices if columns.name else [*notices, (Notice.NO_NAME_COLUMN, "")]


def _student(row: _Row, columns: _Columns) -> ListedStudent:
    line, cells = row

    def cell(number: int) -> str:
        return cells[number] if number < len(cells) else ""

    username = "" if columns.username is None else cell(columns.username)
    name = " ".join(part for part in map(cell, columns.name) if part) if columns.name else username
    return ListedStudent(line, name, username)
