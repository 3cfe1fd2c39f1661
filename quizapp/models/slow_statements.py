"""How long each statement takes, told to whoever wants to know, by its text without values."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, event

Tell = Callable[[str, float], None]
"""Takes a statement's text and its time in seconds."""


def time_statements(engine: Engine, seconds: float, tell: Tell) -> None:
    """Tell of each statement of this engine that takes at least so many `seconds`; 0 tells of every one.

    It stands in for the call of the driver rather than before and after it: one hook for each statement of the hot
    paths, not two. Waiting for SQLite's write lock is the time of a `BEGIN IMMEDIATE`, waiting for the disk that of a
    `COMMIT`, for which SQLAlchemy has no such hook.
    """

    def timed(run: Callable[[], object], statement: str) -> bool:
        began = perf_counter()
        try:
            run()
        finally:
            if (took := perf_counter() - began) >= seconds:
                tell(statement, took)
        return True

    def execute(cursor: Any, statement: str, parameters: Any, _context: Any) -> bool:
        began = perf_counter()
        try:
            cursor.execute(statement, parameters)
        finally:
            if (took := perf_counter() - began) >= seconds:
                tell(statement, took)
        return True

    def execute_many(cursor: Any, statement: str, parameters: Any, _context: Any) -> bool:
        return timed(lambda: cursor.executemany(statement, parameters), statement)

    def execute_alone(cursor: Any, statement: str, _context: Any) -> bool:
        return timed(lambda: cursor.execute(statement), statement)

    event.listen(engine, "do_execute", execute)
    event.listen(engine, "do_executemany", execute_many)
    event.listen(engine, "do_execute_no_params", execute_alone)
    commit = engine.dialect.do_commit

    def commit_timed(dbapi_connection: Any) -> None:
        timed(lambda: commit(dbapi_connection), "COMMIT")

    engine.dialect.do_commit = commit_timed  # type: ignore[method-assign]
