"""How connections to SQLite behave: durable, checked, and with writers that queue instead of failing."""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another, in milliseconds, before it gives up."""

_IMMEDIATE = "begin_immediate"


def prepare_sqlite(engine: Engine, synchronous: str) -> None:
    """Set up every connection of a SQLite engine; other databases are left as they are.

    `synchronous` is FULL (an acknowledged answer survives a power cut) or NORMAL (it survives a crash of the
    process only). The driver's own transaction handling is switched off, because it begins transactions late and
    always deferred: a reader that turns writer then fails at once when another has written (SQLITE_BUSY_SNAPSHOT).
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(_IMMEDIATE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def begin_writing(session: Session) -> None:
    """Begin the session's transaction as a writer's: on SQLite it takes the write lock now and waits its turn.

    Must come before the session's first statement of the transaction.
    """
    session.connection(execution_options={_IMMEDIATE: True})
