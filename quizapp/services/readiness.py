"""Whether the database can be used this moment: read, written, and with the tables of this version."""

from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from quizapp.models.failures import Failure, failure_of
from quizapp.models.revisions import newest

PATIENCE = 2
"""Seconds to wait for the database, or for whoever has locked it."""
OLD_TABLES = "migrations"

_READ = text("SELECT version_num FROM alembic_version")
_WRITE = text("UPDATE alembic_version SET version_num = version_num")
_SHORT_WAIT = {
    "sqlite": {"timeout": PATIENCE, "isolation_level": None},
    "postgresql": {
        "connect_timeout": PATIENCE,
        "options": f"-c lock_timeout={PATIENCE}s -c statement_timeout={2 * PATIENCE}s",
    },
}


def why_not_ready(engine: Engine) -> str:
    """Why not, in a word: one of `Failure`, or `migrations`; empty where all is well.

    The write is a real one, which puts a value in the place of itself: one that is taken back never reaches the disk,
    and would not tell that it is full. It goes by a connection of its own, which waits less long than those of the
    pages, and which is made even where they have all been given away.
    """
    if engine.dialect.name == "sqlite" and not engine.url.query and not Path(engine.url.database or "").is_file():
        # Whoever opened it would make an empty one.
        return Failure.GONE
    own = create_engine(engine.url, poolclass=NullPool, connect_args=_SHORT_WAIT.get(engine.dialect.name, {}))
    try:
        with own.connect() as connection:
            return "" if _written(connection) == newest() else OLD_TABLES
    except DBAPIError as error:
        # Where the table of migrations is missing, so are the migrations.
        return failure_of(error) or OLD_TABLES
    except SQLAlchemyError:
        return Failure.GONE


def _written(connection: Connection) -> str | None:
    """Write, and give the revision that the database is at."""
    if connection.dialect.name == "sqlite":
        # SQLite leaves a row alone that is given what it holds; the number in the file's head it writes every time.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        number = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
        connection.exec_driver_sql(f"PRAGMA user_version = {number}")
    else:
        connection.execute(_WRITE)
    revision: str | None = connection.execute(_READ).scalar()
    connection.commit()
    return revision
