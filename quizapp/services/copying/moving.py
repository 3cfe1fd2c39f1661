"""Copying all tables to an empty database, and comparing every row before it is kept.

What is copied to is in the transaction of the caller, who keeps it only where nothing is raised.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from quizapp.services.copying.reading import (
    CannotCopy,
    checked,
    digest_of,
    from_postgres,
    from_sqlite,
    numbered,
)
from quizapp.services.copying.shapes import Shape, shapes_of

__all__ = ["CannotCopy", "Step", "into_postgres", "into_sqlite"]


@dataclass(frozen=True)
class Step:
    """So many rows more of a table are looked at, copied, or compared."""

    what: str
    table: str
    rows: int


Tell = Callable[[Step], None]
Found = dict[str, tuple[int, str]]
"""By table how many rows there are, and their digest."""


def into_postgres(source: sqlite3.Connection, target: Connection, tell: Tell) -> Found:
    """Copy a SQLite file into the tables that migrations have just made in a PostgreSQL database.

    Foreign keys are taken off meanwhile and put back at the end, which checks them all at once: some tables refer to
    one another, so that no order would do. Raises CannotCopy before anything is written where a value cannot be taken,
    and afterwards where what was written is not the same.
    """
    shapes = shapes_of(target)
    _refuse_other_tables(source, shapes)
    _refuse_orphans(source)
    found = {
        shape.name: digest_of(checked(from_sqlite(source, shape), shape), _telling(tell, "looked at", shape))
        for shape in shapes
    }
    keys = _take_off_foreign_keys(target)
    for shape in shapes:
        _write_to_postgres(source, target, shape, _telling(tell, "copied", shape))
    for key in keys:
        target.exec_driver_sql(key)
    _continue_numbers(source, target, shapes)
    _compare(
        found,
        {shape.name: digest_of(from_postgres(target, shape), _telling(tell, "compared", shape)) for shape in shapes},
    )
    return found


def into_sqlite(source: Connection, target: sqlite3.Connection, tell: Tell) -> Found:
    """Copy a PostgreSQL database into the tables that migrations have just made in a SQLite file.

    The source must be in a transaction that sees one moment of it. Raises CannotCopy where it is not the same.
    """
    shapes = shapes_of(source)
    _refuse_other_tables(target, shapes)
    for shape in shapes:
        _write_to_sqlite(source, target, shape, _telling(tell, "copied", shape))
    _keep_last_numbers(source, target)
    _refuse_orphans(target)
    found = {
        shape.name: digest_of(from_postgres(source, shape), _telling(tell, "looked at", shape)) for shape in shapes
    }
    _compare(
        found,
        {
            shape.name: digest_of(checked(from_sqlite(target, shape), shape), _telling(tell, "compared", shape))
            for shape in shapes
        },
    )
    return found


def _telling(tell: Tell, what: str, shape: Shape) -> Callable[[int], None]:
    return lambda rows: tell(Step(what, shape.name, rows))


def _refuse_other_tables(file: sqlite3.Connection, shapes: list[Shape]) -> None:
    for shape in shapes:
        there = {name for _, name, *_ in file.execute(f'PRAGMA table_info("{shape.name}")')}
        if there != {column.name for column in shape.columns}:
            raise CannotCopy(f"Table {shape.name} does not have the same columns in both databases")


def _refuse_orphans(file: sqlite3.Connection) -> None:
    orphan = file.execute("PRAGMA foreign_key_check").fetchone()
    if orphan is not None:
        raise CannotCopy(f"Table {orphan[0]}, row {orphan[1]}: refers to a row of {orphan[2]} that is not there")


_FOREIGN_KEYS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""


def _take_off_foreign_keys(target: Connection) -> list[str]:
    """Take them off, and give the statements that put them back."""
    keys = target.exec_driver_sql(_FOREIGN_KEYS).all()
    for table, name, _ in keys:
        target.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return [f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in keys]


def _write_to_postgres(
    source: sqlite3.Connection, target: Connection, shape: Shape, told: Callable[[int], None]
) -> None:
    """Write a table by COPY, as the values stand in SQLite: each is a text that PostgreSQL reads the same way."""
    driver: Any = target.connection.driver_connection
    target.exec_driver_sql("SET LOCAL TIME ZONE 'UTC'")
    with driver.cursor() as cursor, cursor.copy(f'COPY "{shape.name}" ({shape.names}) FROM STDIN') as copy:
        for rows in from_sqlite(source, shape):
            for row in rows:
                copy.write_row(row)
            told(len(rows))


def _write_to_sqlite(source: Connection, target: sqlite3.Connection, shape: Shape, told: Callable[[int], None]) -> None:
    places = ", ".join("?" for _ in shape.columns)
    statement = f'INSERT INTO "{shape.name}" ({shape.names}) VALUES ({places})'  # noqa: S608  names of our own tables
    for rows in from_postgres(source, shape):
        target.executemany(statement, rows)
        told(len(rows))


def _last_numbers(file: sqlite3.Connection) -> dict[str, int]:
    """The last number that each table which never gives one twice has given."""
    return dict(file.execute("SELECT name, seq FROM sqlite_sequence").fetchall())


def _continue_numbers(source: sqlite3.Connection, target: Connection, shapes: list[Shape]) -> None:
    """Let each table give the numbers next that come after those it has, or has had."""
    had = _last_numbers(source)
    for shape in filter(numbered, shapes):
        (most,) = source.execute(f'SELECT max("{shape.key[0]}") FROM "{shape.name}"').fetchone()  # noqa: S608
        last = max(most or 0, had.get(shape.name, 0))
        if last:
            target.exec_driver_sql(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", (f'"{shape.name}"', shape.key[0], last)
            )


_AUTOINCREMENT = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"


def _keep_last_numbers(source: Connection, target: sqlite3.Connection) -> None:
    for (table,) in target.execute(_AUTOINCREMENT).fetchall():
        sequence = source.exec_driver_sql("SELECT pg_get_serial_sequence(%s, 'id')", (f'"{table}"',)).scalar_one()
        last, given = source.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()  # noqa: S608
        target.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        if given:
            target.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))


def _compare(here: Found, there: Found) -> None:
    for table, found in here.items():
        if there[table] != found:
            raise CannotCopy(
                f"Table {table} is not the same after copying ({found[0]} rows here, {there[table][0]} rows there)"
            )
