"""The database: is it whole, is it of this version, and do its times agree with the clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, inspect, select
from sqlalchemy.exc import DBAPIError

from quizapp.models import Attempt, AttemptSlot, AuditEvent, User, revisions
from quizapp.models.base import table_of
from quizapp.services.checkup.findings import Finding, State, mend, well

_NEWER = timedelta(minutes=2)
"""How far ahead of the clock a stored time may be: another machine may have written it."""


def look_at_content(connection: Connection, now: datetime) -> Iterator[Finding]:
    """Reads only. A database that cannot be read is told of once, and nothing more is asked of it."""
    try:
        whole = _whole(connection)
        yield whole
        if whole.state is State.MEND:
            return
        current = _of_this_version(connection)
        yield current
        if current.state is not State.MEND:
            yield _clock(connection, now)
    except DBAPIError as error:
        yield mend(
            "database", f"it cannot be read ({' '.join(str(error.orig).split())})",
            "check QUIZAPP_DATABASE, that it runs, and your rights to it; else `quizapp restore` the newest copy",
        )  # fmt: skip


def _whole(connection: Connection) -> Finding:
    if connection.dialect.name != "sqlite":
        size = connection.execute(select(func.pg_size_pretty(func.pg_database_size(func.current_database())))).scalar()
        return well("database", f"PostgreSQL answers; {size}")
    said = connection.exec_driver_sql("PRAGMA integrity_check(3)").scalars().all()
    if list(said) != ["ok"]:
        return mend(
            "database", f"it is damaged: {'; '.join(said)}", "stop the site and `quizapp restore` the newest copy"
        )
    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if orphan is not None:
        return mend(
            "database", f"row {orphan[1]} of table {orphan[0]} refers to what is not there",
            "`quizapp restore` a copy from before, or delete the row by hand",
        )  # fmt: skip
    return well("database", "whole, and every row refers to what is there")


def _of_this_version(connection: Connection) -> Finding:
    revision = revisions.current(connection)
    if revision is None:
        return mend("tables", "there are none yet", "`quizapp serve` makes them")
    if revision not in revisions.known():
        return mend("tables", f"they are of a newer quizapp (revision {revision})", "upgrade quizapp")
    if revision != revisions.newest():
        return mend(
            "tables", f"revision {revision}, and this version works with {revisions.newest()}",
            "restart the site: it makes a copy, then brings them up to date",
        )  # fmt: skip
    if missing := {"attempt", "attempt_slot", "question_version", "user"} - set(inspect(connection).get_table_names()):
        return mend("tables", f"{', '.join(sorted(missing))} missing", "`quizapp restore` the newest copy")
    return well("tables", f"revision {revision}, the newest")


_TIMES = (
    (Attempt, "started"), (Attempt, "submitted"), (AttemptSlot, "saved"), (AuditEvent, "at"), (User, "created"),
)  # fmt: skip


def _clock(connection: Connection, now: datetime) -> Finding:
    """Nothing that was written can be later than now: if it is, the clock has been set back, or was wrong then."""
    newest = [
        time
        for model, column in _TIMES
        if (time := connection.execute(select(func.max(table_of(model).c[column]))).scalar()) is not None
    ]
    ahead = max(newest, default=now) - now
    if ahead > _NEWER:
        return mend(
            "clock", f"it says {now:%Y-%m-%d %H:%M} UTC, and something was written {ahead} later",
            "set the clock (timedatectl set-ntp true); deadlines go by it",
        )  # fmt: skip
    return well("clock", f"{now:%Y-%m-%d %H:%M} UTC, and nothing was written later")
