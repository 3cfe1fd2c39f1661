"""Whole databases: one of PostgreSQL as a portable SQLite file, and such a file in an empty one of PostgreSQL."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect

from quizapp.models import revisions
from quizapp.models.engine import prepare_sqlite
from quizapp.services.backups.copies import open_file, verify
from quizapp.services.backups.files import written_whole
from quizapp.services.copying.moving import CannotCopy, Found, Tell, into_postgres, into_sqlite


def engine_of_file(file: Path) -> Engine:
    """An engine on a SQLite file that is being made, and that is brought to the disk when it is done."""
    engine = create_engine(f"sqlite:///{file.absolute().as_posix()}")
    prepare_sqlite(engine, "NORMAL")
    return engine


def postgres_into_file(source: Engine, to: Path, tell: Tell) -> Found:
    """Write a PostgreSQL database, as it is at one moment and while it is in use, into a new SQLite file.

    Raises CannotCopy where the file would not hold the same, and ConfigurationError where it cannot be written.
    """
    with written_whole(to) as part:
        engine = engine_of_file(part)
        reading = source.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with reading.connect() as connection, revisions.changing_tables(engine) as target:
            revisions.migrate(target, _revision_of(connection))
            found = into_sqlite(connection, target.connection.driver_connection, tell)  # type: ignore[arg-type]
        engine.dispose()
        with closing(open_file(part)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")
            verify(copy, part)
    return found


def _revision_of(connection: Connection) -> str:
    revision = revisions.current(connection)
    if revision is None:
        raise CannotCopy("The database has no tables yet")
    if revision not in revisions.known():
        raise CannotCopy(f"The database was made by a newer quizapp (revision {revision})")
    return revision


def file_into_postgres(file: Path, target: Engine, tell: Tell) -> Found:
    """Copy a SQLite file into an empty PostgreSQL database, and bring that to this version's tables.

    All of it happens in one transaction: where anything is raised, the database is empty as before. Raises CannotCopy
    where the database is not empty, where a value cannot be taken, and where the copy is not the same.
    """
    with closing(open_file(file, "ro")) as source, revisions.changing_tables(target) as connection:
        _refuse_what_is_not_empty(connection)
        source.execute("BEGIN")
        (revision,) = source.execute("SELECT version_num FROM alembic_version").fetchone()
        revisions.migrate(connection, revision)
        found = into_postgres(source, connection, tell)
        revisions.migrate(connection)
    return found


def _refuse_what_is_not_empty(connection: Connection) -> None:
    if there := sorted(inspect(connection).get_table_names()):
        raise CannotCopy(f"The PostgreSQL database is not empty (it has the table {there[0]}); name a new one")
