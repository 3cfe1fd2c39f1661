"""A real PostgreSQL server that waits for the disk at every commit, as one with answers on it must."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import create_engine, text

from tests.proof.postgres import postgres_server

_DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def durable_postgres() -> Iterator[tuple[int, Callable[[], str]]]:
    """The number of the server's first process, and how to have a new database; its address comes back."""
    with postgres_server() as address:
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for name in _DURABLE:
                connection.execute(text(f"ALTER SYSTEM SET {name} = 'on'"))
            connection.execute(text("SELECT pg_reload_conf()"))
            folder = connection.execute(text("SHOW data_directory")).scalar_one()

        def new_database() -> str:
            name = f"benchmark_{uuid4().hex}"
            with engine.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            return address.set(database=name).render_as_string(hide_password=False)

        try:
            with open(f"{folder}/postmaster.pid", encoding="ascii") as file:  # noqa: PTH123  the server's own path
                yield int(file.readline()), new_database
        finally:
            engine.dispose()
