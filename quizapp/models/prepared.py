"""Statements of the hot paths: compiled once for a database, and then run as its driver's own SQL.

SQLAlchemy finds a compiled statement again by a key that it makes anew each time, and turns every column of every row
into Python; an ORM session adds its own machinery. On the paths that a class walks all at once that is most of the
work. What is run is still the Core statement's SQL with its types, so it is right on every database, and the events
of the connection (the writer's BEGIN, counting, slow statements) come as ever.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, CursorResult, Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import Select
from sqlalchemy.types import TypeEngine

Convert = Callable[[Any], Any]
Row = tuple[Any, ...]
_DOUBLE = 701
"""What PostgreSQL calls the type of our only numbers that are not whole; its driver gives them as they are."""


@dataclass(frozen=True)
class _Compiled:
    """A statement for one database.

    `binds` gives each parameter in the driver's order, and how to convert it; `fixed` are the statement's own values,
    converted.
    """

    sql: str
    fixed: Mapping[str, Any]
    binds: tuple[tuple[str, Convert | None], ...]
    by_place: bool
    readers: tuple[Convert | None, ...]

    def parameters(self, given: Mapping[str, Any]) -> Any:
        """The values as the driver takes them."""
        fixed = self.fixed
        values = [
            fixed[name] if name in fixed else given[name] if convert is None else convert(given[name])
            for name, convert in self.binds
        ]
        return (
            tuple(values)
            if self.by_place
            else {name: value for (name, _), value in zip(self.binds, values, strict=True)}
        )


class Prepared:
    """A statement of a hot path. It takes no lists of values, whose length would change its SQL."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | UpdateBase) -> None:
        self._statement = statement
        self._by_dialect: WeakKeyDictionary[Dialect, _Compiled] = WeakKeyDictionary()

    def run(self, connection: Connection, values: Mapping[str, Any]) -> CursorResult[Any]:
        """Run it; the rows of the result are the driver's own."""
        compiled = self._for(connection.dialect)
        return connection.exec_driver_sql(compiled.sql, compiled.parameters(values))

    def run_for_each(self, connection: Connection, values: Sequence[Mapping[str, Any]]) -> None:
        """Run it once for each of `values`, as one statement of the driver."""
        compiled = self._for(connection.dialect)
        connection.exec_driver_sql(compiled.sql, [compiled.parameters(each) for each in values])

    def row(self, connection: Connection, values: Mapping[str, Any]) -> Row | None:
        """The first row, as Python's values; None where there is none."""
        found = self.run(connection, values).first()
        return None if found is None else _read(found, self._for(connection.dialect).readers)

    def head_and_rows(self, connection: Connection, values: Mapping[str, Any], width: int) -> tuple[Row, list[Row]]:
        """The first `width` columns, which are the same in every row and so read once; and each row's other columns.

        Both are empty where there are no rows.
        """
        rows = self.run(connection, values).all()
        readers = self._for(connection.dialect).readers
        head = _read(rows[0][:width], readers[:width]) if rows else ()
        return head, [_read(row[width:], readers[width:]) for row in rows]

    def _for(self, dialect: Dialect) -> _Compiled:
        found = self._by_dialect.get(dialect)
        if found is None:
            found = self._by_dialect[dialect] = self._compile(dialect)
        return found

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled = self._statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101  as every SELECT and UPDATE is
        converts = {name: _own(bind.type, dialect).bind_processor(dialect) for name, bind in compiled.binds.items()}
        names = list(compiled.binds) if compiled.positiontup is None else compiled.positiontup
        own = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        return _Compiled(
            str(compiled),
            {name: value if (convert := converts[name]) is None else convert(value) for name, value in own.items()},
            tuple((name, converts[name]) for name in names),
            compiled.positiontup is not None,
            tuple(_own(c.type, dialect).result_processor(dialect, _DOUBLE) for c in self._statement.exported_columns),
        )


def _own(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    """The type as this database has it."""
    return kind.dialect_impl(dialect)


def _read(row: Sequence[Any], readers: Sequence[Convert | None]) -> Row:
    return tuple([value if read is None else read(value) for value, read in zip(row, readers, strict=True)])
