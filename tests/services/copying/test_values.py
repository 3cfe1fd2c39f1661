"""Each value has one form, whichever database it comes from; what PostgreSQL would not take is refused."""

from typing import Any

import pytest

from quizapp.services.copying.reading import digest_of
from quizapp.services.copying.shapes import Column, Sort
from quizapp.services.copying.values import reader_of


@pytest.mark.parametrize(
    ("sort", "limit", "stored", "form"),
    [
        (Sort.TEXT, 5, "Ä\n\\N", "Ä\n\\N"),
        (Sort.INTEGER, 32, -(2**31), -(2**31)),
        (Sort.INTEGER, 64, 2**63 - 1, 2**63 - 1),
        (Sort.FLOAT, 0, 1, 1.0),
        (Sort.FLOAT, 0, 0.1 + 0.2, 0.30000000000000004),
        (Sort.BOOLEAN, 0, 1, 1),
        (Sort.TIME, 0, "2026-03-14 12:00:00.000001", "2026-03-14 12:00:00.000001"),
        (Sort.TIME, 0, "2026-03-14", "2026-03-14 00:00:00.000000"),
        (Sort.TIME, 0, "2026-03-14T13:00:00+01:00", "2026-03-14 12:00:00.000000"),
        (Sort.JSON, 0, '{"a":  [1, "\\ud800"]}', '{"a":  [1, "\\ud800"]}'),
        (Sort.JSON, 0, '"' + "x" * 300 + '"', '"' + "x" * 300 + '"'),
    ],
)
def test_each_value_has_one_form(sort: Sort, limit: int, stored: Any, form: Any) -> None:
    found = reader_of(Column("c", sort, limit))(stored)
    assert (found, type(found)) == (form, type(form))


@pytest.mark.parametrize(
    ("sort", "limit", "stored", "reason"),
    [
        (Sort.TEXT, 0, "a\0b", "holds a NUL character"),
        (Sort.TEXT, 3, "four", "is longer than 3 characters"),
        (Sort.TEXT, 0, 4, "holds a int and no text"),
        (Sort.INTEGER, 32, 2**31, "holds a number that is too large"),
        (Sort.INTEGER, 32, "x", "holds a str and no whole number"),
        (Sort.INTEGER, 32, 1.5, "holds a float and no whole number"),
        (Sort.FLOAT, 0, "much", "holds a text and no number"),
        (Sort.BOOLEAN, 0, 7, "holds neither yes nor no"),
        (Sort.TIME, 0, "soon", "holds no time"),
        (Sort.TIME, 0, 5, "holds no time"),
        (Sort.JSON, 0, "{", "holds no JSON"),
        (Sort.JSON, 0, "[NaN]", "holds NaN, which is no JSON"),
        (Sort.JSON, 0, 5, "holds no JSON"),
    ],
)
def test_what_postgresql_would_not_take_is_refused(sort: Sort, limit: int, stored: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        reader_of(Column("c", sort, limit))(stored)


def digest(*batches: list[tuple[Any, ...]]) -> tuple[int, str]:
    """The digest of rows that come in these batches."""
    return digest_of(iter(batches), lambda _: None)


def test_a_digest_does_not_depend_on_how_the_rows_come() -> None:
    assert digest([(1, "a"), (2, "b")], [(3, None)]) == digest([(1, "a")], [(2, "b"), (3, None)])


@pytest.mark.parametrize("other", [(1.0, "a"), (1, "a "), (1, None), ("1", "a"), (1, "a', 'b")])
def test_a_digest_tells_any_two_values_apart(other: tuple[Any, ...]) -> None:
    assert digest([(1, "a")]) != digest([other])
