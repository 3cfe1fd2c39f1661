"""Copying a SQLite database while it is in use, looking at a copy, and putting its content back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from quizapp.config import ConfigurationError
from quizapp.models import revisions
from quizapp.services.backups.files import refuse_without_room, written_whole

WAIT = 30.0
"""Seconds to wait for a writer who holds the database."""
Counts = dict[str, int]
"""How many rows each table has."""


class NotACopy(ConfigurationError):
    """A file that cannot be put in place of the database; the text says why."""


def open_file(file: Path, mode: str = "rw") -> sqlite3.Connection:
    """A connection to a SQLite file that must be there, and that begins and ends transactions when told to."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=WAIT)


def copy_database(database: Path, to: Path) -> Counts:
    """Write a verified copy of a database to a new file, and say what it holds.

    It holds all that was committed when this began, and nothing later: it is made in one transaction that reads, which
    keeps no writer waiting in WAL mode. Raises ConfigurationError where it cannot be made; then there is no file.
    """
    with written_whole(to) as part:
        refuse_without_room(database, to.parent)
        with _in_words(database, to), closing(open_file(database, "ro")) as source, closing(open_file(part)) as copy:
            source.execute("BEGIN")
            counts = count_rows(source)
            # All pages in one step: in several, every write of somebody else would begin the copy anew.
            source.backup(copy, pages=-1)
            # One file, without the two that WAL mode keeps beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
            verify(copy, part)
            if count_rows(copy) != counts:
                raise NotACopy(
                    f"The copy of {database} does not hold the same rows; the disk may be failing, look at it."
                )
    return counts


@contextmanager
def _in_words(database: Path, to: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise ConfigurationError(
            f"{database} cannot be copied to {to} ({error}); nothing was written there; "
            "`quizapp doctor` says what is wrong with the database and the disk."
        ) from error


def count_rows(connection: sqlite3.Connection) -> Counts:
    """The rows of each table."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    tables = [name for (name,) in connection.execute(named).fetchall()]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608


def verify(connection: sqlite3.Connection, file: Path) -> None:
    """Raises NotACopy where a database is damaged, or its rows refer to what is not there."""
    found = [said for (said,) in connection.execute("PRAGMA integrity_check(3)").fetchall()]
    if found != ["ok"]:
        raise NotACopy(f"{file} is damaged ({'; '.join(found)}); use an older copy.")
    orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    if orphan is not None:
        raise NotACopy(f"{file} is damaged (row {orphan[1]} of {orphan[0]} refers to what is not there); use another.")


def examine(file: Path) -> str:
    """The revision of a copy that can be put in place. Raises NotACopy where it cannot."""
    if not file.is_file():
        raise NotACopy(f"There is no file {file}; name one that `quizapp backup` has written.")
    try:
        with closing(open_file(file, "ro")) as copy:
            verify(copy, file)
            revision = _revision_of(copy, file)
    except sqlite3.Error as error:
        raise NotACopy(f"{file} is no copy of a quizapp database ({error}); name another file.") from error
    if revision not in revisions.known():
        raise NotACopy(
            f"{file} was made by a newer quizapp (revision {revision}); upgrade quizapp before you restore it."
        )
    return revision


def _revision_of(copy: sqlite3.Connection, file: Path) -> str:
    if not {"alembic_version", "user", "question_version", "attempt"} <= count_rows(copy).keys():
        raise NotACopy(f"{file} is a database, but not one of quizapp; name another file.")
    (revision,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(revision)


def put_back(copy: Path, database: Path) -> None:
    """Let a database that is in use hold again what a copy holds, all of it or, where it cannot be written, nothing.

    Whoever has it open sees the one or the other.
    """
    with _in_words(copy, database), closing(open_file(copy, "ro")) as source, closing(open_file(database)) as target:
        source.backup(target, pages=-1)
