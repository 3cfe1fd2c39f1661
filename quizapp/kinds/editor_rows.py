"""Rows of a question editor's form, read and laid out by kinds that have several lists of them.

It knows nothing of forms but that a field has `data`, and rows have a `form`.
"""

from collections.abc import Sequence
from typing import Any

from quizapp.kinds.content import Evidence


def words(field: Any) -> str:
    """What was typed into a field, without blanks around it."""
    return (field.data or "").strip()


def lines(field: Any) -> list[str]:
    """The lines typed into a field, empty ones left out."""
    return [line.strip() for line in words(field).splitlines() if line.strip()]


def filled_numbers(rows: Any) -> list[int]:
    """The numbers, from 0, of the rows that hold anything: rows left empty shift the places in the content."""
    return [number for number, row in enumerate(rows) if _holds_anything(row.data)]


def filled(rows: Any) -> list[Any]:
    """The forms of the rows that hold anything."""
    return [rows[number].form for number in filled_numbers(rows)]


def _holds_anything(data: Any) -> bool:
    if isinstance(data, dict):
        return any(_holds_anything(value) for value in data.values())
    if isinstance(data, list):
        return any(_holds_anything(value) for value in data)
    return bool((data or "").strip())


def with_spare(rows: Sequence[dict[str, Any]], least: int) -> list[dict[str, Any]]:
    """The rows of a form for what exists: at least so many, and always a spare one."""
    return [*rows, *[{}] * max(least - len(rows), 1)]


def quoted_numbers(rows: Any) -> list[int]:
    """The numbers, from 0, of the rows of quotes in which words are given."""
    return [number for number, row in enumerate(rows) if words(row.form.quote)]


def quoted(rows: Any) -> list[dict[str, str]]:
    """The quotes of rows that have a passage and its words; rows without words are left out."""
    given = (rows[number].form for number in quoted_numbers(rows))
    return [{"passage": words(row.passage), "quote": words(row.quote)} for row in given]


def quote_rows(evidence: Sequence[Evidence], least: int = 1) -> list[dict[str, str]]:
    """The rows for quotes that exist: at least so many."""
    rows = [{"passage": quote.passage, "quote": quote.quote} for quote in evidence]
    return [*rows, *[{}] * (least - len(rows))]
