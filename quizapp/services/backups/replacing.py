"""Putting another file in place of a database: at every moment there is the old one or the new one, and both are kept.

SQLite keeps what was written last beside the database, in its `-wal`. A database that gets another's `-wal` is lost, so
the old one is folded into one file before anything is renamed; that can be done only while nobody has it open.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from quizapp.config import ConfigurationError
from quizapp.services.backups.copies import open_file
from quizapp.services.backups.files import to_disk


def replace_database(database: Path, new: Path, now: datetime) -> Path | None:
    """Put `new`, a file of the same folder that nobody has open, in place of a database.

    Gives where the old one is now; None where there was none. Raises ConfigurationError where somebody has it open.
    """
    _fold(new)
    to_disk(new)
    kept = _set_aside(database, now) if database.exists() else None
    os.replace(new, database)  # noqa: PTH105  beside os.link
    to_disk(database.parent)
    return kept


def _fold(database: Path) -> None:
    """Fold everything into the one file. Raises sqlite3.Error where somebody has it open, or it is damaged."""
    with closing(open_file(database)) as connection:
        connection.execute("PRAGMA busy_timeout=2000")
        connection.execute("PRAGMA journal_mode=DELETE")


def _set_aside(database: Path, now: datetime) -> Path:
    """Give the old database another name beside its own, which it keeps until the new one takes it."""
    kept = database.with_name(f"{database.stem}-before-{now:%Y%m%d-%H%M%S}{database.suffix}")
    try:
        _fold(database)
    except sqlite3.OperationalError as error:
        raise ConfigurationError(f"{database} is in use ({error}); stop what has it open, then try again.") from error
    except sqlite3.DatabaseError:
        # It is damaged, which is a reason to restore: what lies beside it goes aside with it, as it is.
        _set_aside_beside(database, kept)
    try:
        os.link(database, kept)
    except OSError:
        shutil.copy2(database, kept)
    to_disk(kept)
    return kept


def _set_aside_beside(database: Path, kept: Path) -> None:
    for rest in ("-wal", "-shm"):
        beside = database.with_name(database.name + rest)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + rest))
