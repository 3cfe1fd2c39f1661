"""Many rows from few, by INSERT … SELECT: a million answers take seconds, on SQLite and on PostgreSQL."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from quizapp.models import Attempt, AttemptSlot, Base
from quizapp.models.base import table_of


def copy_rows(
    session: Session,
    model: type[Base],
    changed: Mapping[str, str],
    rows: str = "",
    numbers: str = "",
    values: Mapping[str, Any] | None = None,
) -> int:
    """Insert copies of a table's rows, and say how many.

    The rows are those of `rows`, the text after the table's name (aliased `old`): joins, and a WHERE. `changed` has
    an SQL expression for each column that gets another value, and an empty text for one that gets its default.
    `numbers` names how many copies: an expression; the copy's number, from 1, is then `n.i`.
    """
    columns = [column.name for column in table_of(model).columns if changed.get(column.name) != ""]
    chosen = ", ".join(changed.get(name, f'old."{name}"') for name in columns)
    counting = (
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {numbers}) " if numbers else ""
    )
    names = ", ".join(f'"{name}"' for name in columns)
    origin = f'FROM "{model.__tablename__}" AS old {"CROSS JOIN n " if numbers else ""}{rows}'
    # PostgreSQL wants the WITH before the INSERT, SQLite takes it there as well.
    done: Any = session.execute(
        text(f'{counting}INSERT INTO "{model.__tablename__}" ({names}) SELECT {chosen} {origin}'), values or {}
    )
    copied: int = done.rowcount
    return copied


def copy_attempt(session: Session, source: int, number: int) -> int:
    """A copy of an attempt with all its slots, under this number; its id."""
    changed = {"id": "", "number": ":number"}
    copy_rows(session, Attempt, changed, "WHERE old.id = :source", values={"number": number, "source": source})
    new: int = session.execute(text("SELECT max(id) FROM attempt")).scalar_one()
    copy_rows(
        session,
        AttemptSlot,
        {"id": "", "attempt_id": ":new"},
        "WHERE old.attempt_id = :source ORDER BY old.position",
        values={"new": new, "source": source},
    )
    return new
