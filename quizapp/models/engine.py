"""How connections to SQLite behave: durable, checked, and with writers that queue instead of failing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another, in milliseconds, before it gives up."""

_IMMEDIATE = "begin_immediate"
_ALONE = "one_statement"


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
        options = connection.get_execution_options()
        if _ALONE not in options:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if _IMMEDIATE in options else "BEGIN")


def begin_writing(session: Session) -> None:
    """Begin the session's transaction as a writer's: on SQLite it takes the write lock now and waits its turn.

    Must come before the session's first statement of the transaction.
    """
    session.connection(execution_options={_IMMEDIATE: True})


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A writer's transaction without an ORM session, for the hot paths: committed at the end, or rolled back."""
    with engine.connect() as connection:
        connection.execution_options(**{_IMMEDIATE: True})
        with connection.begin():
            yield connection


@contextmanager
def writing_once(engine: Engine) -> Iterator[Connection]:
    """A connection for one statement that writes, which is its own transaction: SQLite needs no BEGIN and COMMIT.

    It waits for the write lock like any writer's, holds it no longer than it runs, and is durable when its result has
    been read; other statements must only read. Elsewhere it is committed at the end, like `writing`.
    """
    with engine.connect() as connection:
        connection.execution_options(**{_ALONE: True})
        yield connection
        connection.commit()


Database = Session | Connection
"""What a service reads and writes by: an ORM session, or on the hot paths a connection alone."""


def connection_of(database: Database) -> Connection:
    """The connection of a session's transaction, with what the session had not written down yet; or itself."""
    if isinstance(database, Connection):
        return database
    database.flush()
    return database.connection()


def engine_of(database: Database) -> Engine:
    """The engine behind it."""
    bind = database.engine if isinstance(database, Connection) else database.get_bind()
    return bind.engine
