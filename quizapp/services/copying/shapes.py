"""What the tables of a database are made of, as far as copying their values is concerned."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Connection, DateTime, Float, Integer, inspect
from sqlalchemy.types import TypeEngine

NOT_COPIED = "alembic_version"
"""The migrations write it."""


class Sort(StrEnum):
    """How a value is stored: both databases have each of these in their own way."""

    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    TIME = "time"
    JSON = "json"
    TEXT = "text"


_SORTS: tuple[tuple[type[TypeEngine[Any]], Sort], ...] = (
    (JSON, Sort.JSON),
    (Boolean, Sort.BOOLEAN),
    (DateTime, Sort.TIME),
    (Integer, Sort.INTEGER),
    (Float, Sort.FLOAT),
)


@dataclass(frozen=True)
class Column:
    """A column; `limit` is the most characters of a text, or the most bits of a whole number, 0 for any."""

    name: str
    sort: Sort
    limit: int = 0


@dataclass(frozen=True)
class Shape:
    """A table, with the columns that tell its rows apart."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> str:
        """The columns' names for a statement."""
        return ", ".join(f'"{column.name}"' for column in self.columns)

    @property
    def order(self) -> str:
        """Its rows in the order of their numbers, which both databases agree on."""
        return ", ".join(f'"{name}"' for name in self.key)


def shapes_of(connection: Connection) -> list[Shape]:
    """The tables of a PostgreSQL database, which tells types more exactly than SQLite does."""
    inspector = inspect(connection)
    return [
        Shape(
            name,
            tuple(_column(found["name"], found["type"]) for found in inspector.get_columns(name)),
            tuple(inspector.get_pk_constraint(name)["constrained_columns"]),
        )
        for name in sorted(inspector.get_table_names())
        if name != NOT_COPIED
    ]


def _column(name: str, of_type: TypeEngine[Any]) -> Column:
    sort = next((sort for type_, sort in _SORTS if isinstance(of_type, type_)), Sort.TEXT)
    if sort is Sort.INTEGER:
        return Column(name, sort, 64 if isinstance(of_type, BigInteger) else 32)
    return Column(name, sort, (getattr(of_type, "length", None) or 0) if sort is Sort.TEXT else 0)
