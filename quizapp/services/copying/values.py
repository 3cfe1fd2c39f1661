"""One form for each value, whichever database it comes from, so that rows can be compared; and what has no such form.

Numbers are numbers, yes and no are 1 and 0, times are text in UTC with microseconds, JSON is the text that was stored.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NoReturn

from quizapp.services.copying.shapes import Column, Sort

Row = tuple[Any, ...]
Read = Callable[[Any], Any]
"""Gives a value its form. Raises ValueError, with the reason, for one that PostgreSQL would not take."""


def reader_of(column: Column) -> Read:
    """How the values of a column of SQLite are read, None aside."""
    if column.sort is Sort.TEXT:
        return _text(column.limit or None)
    if column.sort is Sort.INTEGER:
        return _whole_number(2 ** (column.limit - 1))
    return _READERS[column.sort]


def _text(most: int | None) -> Read:
    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError(f"holds a {type(value).__name__} and no text")
        if "\0" in value:
            raise ValueError("holds a NUL character")
        if most is not None and len(value) > most:
            raise ValueError(f"is longer than {most} characters")
        return value

    return read


def _whole_number(end: int) -> Read:
    def read(value: Any) -> int:
        if type(value) is not int:
            raise ValueError(f"holds a {type(value).__name__} and no whole number")
        if not -end <= value < end:
            raise ValueError("holds a number that is too large")
        return value

    return read


def _number(value: Any) -> float:
    if isinstance(value, str | bytes):
        raise ValueError("holds a text and no number")
    return float(value)


def _yes_or_no(value: Any) -> int:
    if value not in (0, 1):
        raise ValueError("holds neither yes nor no")
    return int(value)


_IN_FULL = len("2026-03-14 12:00:00.000000")


@lru_cache(maxsize=10_000)
def _time(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("holds no time")
    try:
        read = datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError("holds no time") from error
    if len(value) == _IN_FULL and value[10] == " ":
        return value
    in_utc = read if read.tzinfo is None else read.astimezone(UTC)
    return in_utc.strftime("%Y-%m-%d %H:%M:%S.%f")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"holds {constant}, which is no JSON")


_SHORT = 200
"""Characters of JSON that is worth remembering: the same few choices are made a million times."""


def _json(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("holds no JSON")
    return _read_json(value) if len(value) > _SHORT else _known_json(value)


def _read_json(value: str) -> str:
    try:
        json.loads(value, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise ValueError("holds no JSON") from error
    return value


_READERS: dict[Sort, Read] = {
    Sort.FLOAT: _number, Sort.BOOLEAN: _yes_or_no, Sort.TIME: _time, Sort.JSON: _json,
}  # fmt: skip
_known_json = lru_cache(maxsize=10_000)(_read_json)


def expression_for(column: Column) -> str:
    """What to select from PostgreSQL to have a column's values in the same form."""
    quoted = f'"{column.name}"'
    forms = {
        Sort.BOOLEAN: f"{quoted}::int",
        Sort.TIME: f"to_char({quoted} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
        Sort.JSON: f"{quoted}::text",
    }
    return forms.get(column.sort, quoted)
