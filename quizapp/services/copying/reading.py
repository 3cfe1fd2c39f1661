"""Reading a table row by row, in the order of its numbers and with bounded memory; and what it holds as a digest."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection

from quizapp.services.copying.shapes import Shape, Sort
from quizapp.services.copying.values import Row, expression_for, reader_of

AT_ONCE = 5_000
"""Rows held in memory."""


class CannotCopy(Exception):
    """What stands in the way of a copy; the text names the table and the row."""


Batches = Iterator[list[Row]]


def in_batches(cursor: Any) -> Batches:
    """The rows of a cursor, some at a time."""
    while rows := cursor.fetchmany(AT_ONCE):
        yield rows


def from_sqlite(connection: sqlite3.Connection, shape: Shape) -> Batches:
    """The rows of a table of a SQLite file, as they are stored."""
    try:
        yield from in_batches(connection.execute(_all_of(shape, shape.names)))
    except sqlite3.OperationalError as error:
        raise CannotCopy(
            _where_undecodable(connection, shape) or f"Table {shape.name} cannot be read: {error}"
        ) from error


def checked(batches: Batches, shape: Shape) -> Batches:
    """Rows of SQLite in the common form. Raises CannotCopy for a value that PostgreSQL would not take."""
    readers = [reader_of(column) for column in shape.columns]
    for rows in batches:
        columns = [_read_all(values, read) for values, read in zip(zip(*rows, strict=True), readers, strict=True)]
        wrong = [found for found in columns if isinstance(found, ValueError)]
        if wrong:
            raise CannotCopy(_where_wrong(rows, shape))
        yield list(zip(*columns, strict=True))


def _read_all(values: Iterable[Any], read: Callable[[Any], Any]) -> list[Any] | ValueError:
    try:
        return [None if value is None else read(value) for value in values]
    except ValueError as error:
        return error


def _where_wrong(rows: list[Row], shape: Shape) -> str:
    """The sentence about the first value of some rows that cannot be taken."""
    for row in rows:
        for value, column in zip(row, shape.columns, strict=True):
            try:
                if value is not None:
                    reader_of(column)(value)
            except ValueError as error:
                return f"Table {shape.name}, {_name_of(row, shape)}: {column.name} {error}"
    raise AssertionError("no value of these rows is wrong")


def _name_of(row: Row, shape: Shape) -> str:
    told = dict(zip((column.name for column in shape.columns), row, strict=True))
    return "row with " + ", ".join(f"{name} {told[name]}" for name in shape.key)


def _where_undecodable(connection: sqlite3.Connection, shape: Shape) -> str:
    """The sentence about the first text that is no UTF-8; empty where all is."""
    connection.text_factory = bytes
    try:
        for row in connection.execute(_all_of(shape, shape.names)):
            for value, column in zip(row, shape.columns, strict=True):
                if not _decodes(value):
                    return f"Table {shape.name}, {_name_of(row, shape)}: {column.name} holds bytes that are no text"
    finally:
        connection.text_factory = str
    return ""


def _decodes(value: Any) -> bool:
    try:
        return not isinstance(value, bytes) or value.decode() is not None
    except UnicodeDecodeError:
        return False


def from_postgres(connection: Connection, shape: Shape) -> Batches:
    """The rows of a table of a PostgreSQL database, in the common form."""
    driver: Any = connection.connection.driver_connection
    with driver.cursor(name="quizapp_copying") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(_all_of(shape, ", ".join(expression_for(column) for column in shape.columns)))
        yield from in_batches(cursor)


def _all_of(shape: Shape, expressions: str) -> str:
    return f'SELECT {expressions} FROM "{shape.name}" ORDER BY {shape.order}'  # noqa: S608  names of our own tables


def digest_of(batches: Batches, told: Callable[[int], None]) -> tuple[int, str]:
    """How many rows there are, and a digest over all their values; `told` is given the rows of each batch.

    A row is digested as Python writes it, which tells 1 from 1.0, a text from a number, and nothing from an empty text.
    """
    count, digest = 0, blake2b(digest_size=32)
    for rows in batches:
        digest.update(f"{repr(rows)[1:-1]}, ".encode())
        count += len(rows)
        told(len(rows))
    return count, digest.hexdigest()


def numbered(shape: Shape) -> bool:
    """Whether the database itself gives its rows their numbers."""
    return len(shape.key) == 1 and any(
        column.name == shape.key[0] and column.sort is Sort.INTEGER for column in shape.columns
    )
