"""Why a database did not do what it was asked: a word for each cause that passes by itself or that somebody mends."""

import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft


class Failure(StrEnum):
    """What is the matter with the database. Each is nobody's mistake: the same request works when the cause is gone."""

    LOCKED = "locked"
    """Somebody else holds what is needed, and longer than one waits."""
    FULL = "full"
    """The disk is full, or the memory."""
    READ_ONLY = "read-only"
    BROKEN = "broken"
    """Reading or writing the disk fails, or the file is not as it should be."""
    GONE = "gone"
    """The server does not answer, or hangs up."""
    EXHAUSTED = "exhausted"
    """All connections are in use."""


class StillLocked(SQLAlchemyError):
    """Somebody has waited in vain for the write lock of a SQLite database, and somebody waits for it again."""


_SQLITE = {
    sqlite3.SQLITE_BUSY: Failure.LOCKED,
    sqlite3.SQLITE_LOCKED: Failure.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Failure.LOCKED,
    sqlite3.SQLITE_FULL: Failure.FULL,
    sqlite3.SQLITE_NOMEM: Failure.FULL,
    sqlite3.SQLITE_READONLY: Failure.READ_ONLY,
    sqlite3.SQLITE_PERM: Failure.READ_ONLY,
    sqlite3.SQLITE_IOERR: Failure.BROKEN,
    sqlite3.SQLITE_CORRUPT: Failure.BROKEN,
    sqlite3.SQLITE_NOTADB: Failure.BROKEN,
    sqlite3.SQLITE_CANTOPEN: Failure.GONE,
}
_POSTGRESQL = {
    "08": Failure.GONE,
    "57P": Failure.GONE,
    "53300": Failure.EXHAUSTED,
    "53": Failure.FULL,
    "25006": Failure.READ_ONLY,
    "55P03": Failure.LOCKED,
    "57014": Failure.LOCKED,
    "40": Failure.LOCKED,
    "58": Failure.BROKEN,
    "XX": Failure.BROKEN,
}
"""By how the SQLSTATE begins; the longest beginning holds."""


def failure_of(error: SQLAlchemyError) -> Failure | None:
    """The cause of an error; None where the statement itself was wrong, which is a mistake of ours."""
    if isinstance(error, NoConnectionLeft):
        return Failure.EXHAUSTED
    if isinstance(error, StillLocked):
        return Failure.LOCKED
    if not isinstance(error, DBAPIError):
        return None
    code: int | None = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code & 0xFF)
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state is None:
        return Failure.GONE if error.connection_invalidated or _never_connected(error) else None
    return next((_POSTGRESQL[state[:size]] for size in (5, 3, 2) if state[:size] in _POSTGRESQL), None)


def _never_connected(error: DBAPIError) -> bool:
    """Whether no connection came about: the driver then knows no statement and no state."""
    return error.statement is None and type(error.orig).__name__.endswith(("OperationalError", "Timeout"))


def name_of(error: DBAPIError) -> str:
    """The driver's own name of an error, without its text, in which values can stand."""
    code: str = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or ""
    return f"{type(error.orig).__name__} {code}".rstrip()
