"""Work that one process does at a time when several serve one database: bringing it up to date, loading its banks."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, func, select

_KEY = 7_271_043
"""The number of the lock, by which PostgreSQL tells it from those of other programs on the same database."""


@contextmanager
def alone_on(engine: Engine) -> Iterator[None]:
    """Wait until no other process is at such work on this database; others wait meanwhile.

    A process that dies gives the turn up. Elsewhere than on PostgreSQL one process serves, and nothing is waited for.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect() as connection:
        connection.execute(select(func.pg_advisory_lock(_KEY)))
        connection.commit()
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(_KEY)))
