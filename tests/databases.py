"""What the apps of these tests keep their data in: a SQLite file each, or a database each of a real PostgreSQL server.

`QUIZAPP_TEST_DATABASE=postgresql` chooses the second for the whole suite. A server then starts for each process of
pytest when the first test asks for a database, and is thrown away with its data when the process ends.
"""

import os
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest
from flask import Flask
from sqlalchemy import URL, Engine, create_engine, text

from quizapp.models import db
from tests.proof.postgres import new_database, postgres_server

_CHOSEN = os.environ.get("QUIZAPP_TEST_DATABASE", "sqlite")
if _CHOSEN not in ("sqlite", "postgresql"):
    raise pytest.UsageError(f"QUIZAPP_TEST_DATABASE is {_CHOSEN!r}: write sqlite or postgresql.")
ON_POSTGRESQL = _CHOSEN == "postgresql"
EACH_DATABASE = ["postgresql"] if ON_POSTGRESQL else ["sqlite", "postgresql"]
"""What a test of writers at one moment runs on: both, as each has them wait in another way."""

_running = ExitStack()
_addresses: dict[Path, URL] = {}


def only_on_sqlite(reason: str) -> pytest.MarkDecorator:
    """Marks a test that is about SQLite itself."""
    return pytest.mark.skipif(ON_POSTGRESQL, reason=f"about SQLite: {reason}")


@cache
def postgres() -> URL:
    """The address of this process's PostgreSQL server, which starts when it is first asked for."""
    return _running.enter_context(postgres_server())


def stop_servers() -> None:
    """Stop what was started."""
    _running.close()


def address_for(instance: Path) -> str:
    """The address of an instance's database, made when it is first asked for; empty for a file in the instance."""
    if not ON_POSTGRESQL:
        return ""
    folder = instance.resolve()
    if folder not in _addresses:
        _addresses[folder] = new_database(postgres())
    return _addresses[folder].render_as_string(hide_password=False)


def settings_of(instance: Path) -> dict[str, str]:
    """The environment of a command or a server that works on an instance."""
    return {"QUIZAPP_INSTANCE": str(instance), "QUIZAPP_DATABASE": address_for(instance)}


def execute_in(instance: Path, statement: str) -> None:
    """Change what an instance's database holds, as somebody with the right to would by hand."""
    engine = create_engine(address_for(instance) or f"sqlite:///{instance / 'quizapp.db'}")
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def copy_instance(instance: Path, to: Path) -> Path:
    """Another instance with the same data. Nobody may have the first one open."""
    shutil.copytree(instance, to)
    if ON_POSTGRESQL:
        _addresses[to.resolve()] = new_database(postgres(), like=_addresses[instance.resolve()])
    return to


class Kept(Protocol):
    """What a database held at one time."""

    def bring_back(self, engine: Engine) -> None:
        """Let the database hold this again, and nothing else."""


def keep(app: Flask) -> Kept:
    """What the database of an app holds now."""
    with app.app_context():
        db.session.remove()
        return _kept_file(db.engine) if db.engine.dialect.name == "sqlite" else _kept_rows(db.engine)


@dataclass(frozen=True)
class _File:
    """A SQLite database in one file."""

    content: bytes

    def bring_back(self, engine: Engine) -> None:
        """Put a copy of the file in place."""
        engine.dispose()
        file = _file_of(engine)
        for old in file.parent.glob(f"{file.name}*"):
            old.unlink()
        file.write_bytes(self.content)


def _kept_file(engine: Engine) -> _File:
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return _File(_file_of(engine).read_bytes())


def _file_of(engine: Engine) -> Path:
    assert engine.url.database is not None
    return Path(engine.url.database)


@dataclass(frozen=True)
class _Rows:
    """The rows of a PostgreSQL database, copied into a schema of their own.

    Putting them back takes 5 ms; a new database like another takes 40 ms, with the connections made anew.
    """

    schema: str

    def bring_back(self, engine: Engine) -> None:
        """Put the rows and the next numbers in place."""
        with engine.begin() as connection:
            connection.exec_driver_sql(f"SELECT {self.schema}.bring_back()")


def _kept_rows(engine: Engine) -> _Rows:
    """A function puts all back at one call; as a replica's, it fires no triggers and checks no foreign keys."""
    tables = db.metadata.tables
    with engine.begin() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'kept_%%'").scalar()
        schema = f"kept_{count}"
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
        steps = [f'DELETE FROM public."{table}";' for table in tables]
        for table in tables:
            made = connection.exec_driver_sql(f'CREATE TABLE {schema}."{table}" AS TABLE public."{table}"')
            if made.rowcount:
                steps.append(f'INSERT INTO public."{table}" SELECT * FROM {schema}."{table}";')
        for name, last in connection.exec_driver_sql("SELECT sequencename, last_value FROM pg_sequences").all():
            steps.append(f"PERFORM setval('public.\"{name}\"', {last or 1}, {last is not None});")
        connection.exec_driver_sql(
            f"CREATE FUNCTION {schema}.bring_back() RETURNS void LANGUAGE plpgsql "
            f"SET session_replication_role = replica AS $$ BEGIN {' '.join(steps)} END $$"
        )
    return _Rows(schema)
