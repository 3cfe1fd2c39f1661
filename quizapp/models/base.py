"""The database object, the base of all tables, and the types that keep promises about what is stored."""

from datetime import UTC, datetime
from enum import Enum
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, MetaData, Table, TypeDecorator
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.orm import DeclarativeBase, registry


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; a naive one is refused, because nobody could say when it was."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC for the database (SQLite stores no zone, so it gets none)."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a time zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(members: type[Enum]) -> list[str]:
    """Enumerations are stored by value, as words a person can read in the table."""
    return [str(member.value) for member in members]


class Base(DeclarativeBase):
    """The base of all tables; constraints have predictable names, so that migrations can speak of them."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_label)s",
                "uq": "uq_%(table_name)s_%(column_0_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UtcDateTime,
            dict[str, Any]: JSON(none_as_null=True),
            list[int]: JSON,
            list[str]: JSON,
            list[dict[str, Any]]: JSON,
            Enum: EnumColumn(Enum, native_enum=False, length=10, values_callable=_values),
        },
    )


NUMBERS_NEVER_COME_BACK = {"sqlite_autoincrement": True}
"""For tables whose rows are deleted while something outside still knows their numbers, such as cookies or a cache.

SQLite would give the number of the last row again once that is gone; other databases never do.
"""


def table_of(model: type[Base]) -> Table:
    """The table behind a model, for statements that make no objects."""
    return cast(Table, model.__table__)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
