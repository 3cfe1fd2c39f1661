"""Bringing a database to this version's tables, with a copy of it made first.

A migration that fails is undone by its own transaction, on SQLite as on PostgreSQL. Should one have committed in its
middle, a mark in the database tells, and on SQLite the copy is put back. PostgreSQL gets no copy here: its transaction
holds everything, and a site with such a server has backups of its own.
"""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from quizapp.config import ConfigurationError
from quizapp.models import revisions
from quizapp.services.backups import copy_database, dated, drop_oldest, put_back
from quizapp.services.backups.copies import open_file

COPY = "quizapp-%Y%m%d-%H%M%S.db"
"""What the copies made before an upgrade are called."""
_UPGRADING = 1
"""What SQLite's `user_version` says while an upgrade is under way: nobody sees it unless one was cut in its middle."""


def upgrade(engine: Engine, backups: Path | None, kept: int, now: datetime) -> None:
    """Bring a database to this version's tables; of processes that want to at one moment, one does.

    A SQLite database that holds something is copied into the folder `backups` first, where `kept` copies stay.
    Raises ConfigurationError, in one sentence, where the database is newer than the program, where there is no room for
    the copy, and where a migration fails: the database is then as it was.
    """
    database = Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None
    copies: list[Path] = []
    try:
        with revisions.changing_tables(engine) as connection:
            revision = revisions.current(connection)
            if revision == revisions.newest():
                return
            refuse_newer(revision)
            if database is not None and backups is not None and revision is not None:
                copies.append(_copy(database, backups, now))
            _mark(connection, _UPGRADING)
            revisions.migrate(connection)
            _mark(connection, 0)
    except ConfigurationError:
        raise
    except Exception as error:  # a migration can raise anything
        raise _as_before(error, database, copies) from error
    if copies:
        drop_oldest(copies[0].with_name(COPY), kept, copies[0])


def refuse_newer(revision: str | None) -> None:
    """Raises ConfigurationError for a revision that this version of the program does not know."""
    if revision is not None and revision not in revisions.known():
        raise ConfigurationError(
            f"The database was made by a newer quizapp (revision {revision}); "
            "upgrade quizapp, or name another instance folder in QUIZAPP_INSTANCE."
        )


def refuse_half_upgraded(connection: Connection, backups: Path) -> None:
    """Raises ConfigurationError for a database whose upgrade was killed after it had committed a part."""
    if connection.dialect.name != "sqlite":
        return
    if connection.exec_driver_sql("PRAGMA user_version").scalar() == _UPGRADING:
        raise ConfigurationError(
            "An upgrade of the database was cut off in its middle; "
            f"`quizapp restore` with the newest file in {backups} puts back what was copied before it."
        )


def _copy(database: Path, backups: Path, now: datetime) -> Path:
    try:
        backups.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"The folder {backups}, for a copy before the upgrade, cannot be made ({error.strerror}); "
            "give yourself the right to write there."
        ) from error
    copy = dated(backups / COPY, now)
    copy_database(database, copy)
    return copy


def _mark(connection: Connection, mark: int) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {mark}")


def _as_before(error: Exception, database: Path | None, copies: list[Path]) -> ConfigurationError:
    """The sentence about a failed upgrade, after the database holds again what it held."""
    if database is not None and copies and _is_marked(database):
        put_back(copies[0], database)
    kept = f", with a copy in {copies[0]}" if copies else ""
    reason = " ".join(str(error).split())[:300]
    return ConfigurationError(
        f"The database could not be upgraded to revision {revisions.newest()} ({type(error).__name__}: {reason}); "
        f"it is as it was before{kept}: go on with the version of quizapp that you had, and report this."
    )


def _is_marked(database: Path) -> bool:
    with suppress(sqlite3.Error), closing(open_file(database)) as connection:
        return bool(connection.execute("PRAGMA user_version").fetchone()[0] == _UPGRADING)
    return True
