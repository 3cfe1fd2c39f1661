"""Which revision of the tables a database has, and how it is brought to another: all of it, or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from quizapp.config import PACKAGE

SCRIPTS = PACKAGE / "migrations"
_UPGRADING = 0x51_75_69_7A
"""A number by which processes know that one of them changes the tables of a PostgreSQL database."""
LONGEST_WAIT_MS = 3_600_000
"""How long a process waits for another that changes the tables of a SQLite database."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config


@cache
def known() -> tuple[str, ...]:
    """The revisions that this version of the program knows, the newest first."""
    script = ScriptDirectory.from_config(_config())
    return tuple(revision.revision for revision in script.walk_revisions())


def newest() -> str:
    """The revision that this version of the program works with."""
    return known()[0]


def current(connection: Connection) -> str | None:
    """The revision of a database; None where it has no tables yet."""
    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def changing_tables(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction in which tables may change, and in which nobody else changes them.

    Another process that wants the same waits for the end. SQLite checks foreign keys meanwhile only when asked to,
    because changing a column means building its table anew, and rows that refer to the old one would go with it.
    """
    with engine.connect() as connection:
        _settle(connection, "foreign_keys=OFF", f"busy_timeout={LONGEST_WAIT_MS}")
        # The option with which quizapp.models.engine begins a writer's transaction.
        connection.execution_options(begin_immediate=True)
        try:
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADING})")
                yield connection
        finally:
            # Settings of the connection last longer than the transaction: nobody else gets this one.
            connection.invalidate()


def _settle(connection: Connection, *pragmas: str) -> None:
    if connection.dialect.name == "sqlite":
        for pragma in pragmas:
            connection.connection.cursor().execute(f"PRAGMA {pragma}")


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring the database to a revision, within the transaction of a connection from `changing_tables`."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)
