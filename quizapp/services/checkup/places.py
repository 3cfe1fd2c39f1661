"""The instance folder and the disk: rights, room, what SQLite keeps beside its file, and the newest copy."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizapp.services import backups
from quizapp.services.backups.files import size_of
from quizapp.services.checkup.findings import Finding, look_at, mend, well

LARGE_WAL = 100_000_000
"""Bytes beside the database that say that a reader never ends, or that nobody folds them in."""
OLD_COPY = timedelta(days=7)


def look_at_places(folder: Path, database: Path | None, now: datetime) -> Iterator[Finding]:
    """The instance folder, and the file of a SQLite database or None. Nothing is written."""
    yield _writable(folder, database)
    yield from _private(folder, database)
    yield _room(folder, database)
    if database is not None:
        yield _beside(database)
    yield _newest_copy(folder, now)


def _writable(folder: Path, database: Path | None) -> Finding:
    for place in (folder, database, database.parent if database else None):
        if place is not None and place.exists() and not os.access(place, os.W_OK):
            return mend(
                "rights", f"{place} cannot be written", f"give whoever runs the site the right: chown or chmod {place}"
            )
    return well("rights", f"{folder} can be written")


def _private(folder: Path, database: Path | None) -> Iterator[Finding]:
    if os.name == "nt":
        return
    key = folder / "secret_key"
    if key.is_file() and key.stat().st_mode & 0o077:
        yield mend("secrecy", f"{key} can be read by others, who could sign in as anybody", f"chmod 600 {key}")
    elif database is not None and database.is_file() and _reached_by_others(database):
        yield look_at("secrecy", f"{database} can be read by other users of this machine", f"chmod 700 {folder}")
    else:
        yield well("secrecy", "key and database are for their owner alone")


def _reached_by_others(file: Path) -> bool:
    """Whether the group or all may read it, and may pass the folder it is in."""
    reads, passes = file.stat().st_mode & 0o044, file.parent.stat().st_mode & 0o011
    return bool(reads and passes)


def _room(folder: Path, database: Path | None) -> Finding:
    """Room for the copy that upgrading makes, and for a term's work."""
    place = database.parent if database is not None else folder
    free, size = shutil.disk_usage(place).free, size_of(database) if database is not None else 0
    seen = f"{free / 1e6:,.0f} MB free beside {size / 1e6:,.1f} MB of database"
    if free < max(size, 10_000_000):
        return mend("disk", seen, f"make room on the disk of {place}: soon nothing can be saved")
    if free < max(3 * size, 200_000_000):
        return look_at("disk", seen, "copies of the database and its growth will need more")
    return well("disk", seen)


def _beside(database: Path) -> Finding:
    wal = database.with_name(f"{database.name}-wal")
    size = wal.stat().st_size if wal.exists() else 0
    seen = f"{size / 1e6:,.1f} MB not yet folded into the database"
    if size > LARGE_WAL:
        return look_at(
            "write-ahead log", seen, "end whatever keeps the database open for reading, then restart the site"
        )
    return well("write-ahead log", seen)


def _newest_copy(folder: Path, now: datetime) -> Finding:
    """The newest of the copies that upgrading has kept, and of the one that `quizapp backup` made last."""
    last = backups.last_copy(folder)
    copies = [copy for copy in (*(folder / "backups").glob("*.db"), last) if copy is not None and copy.is_file()]
    if last is not None and last not in copies:
        return look_at("backup", f"the last one, {last}, is not there any more", "`quizapp backup FILE`")
    if not copies:
        return look_at("backup", "none is known of", "`quizapp backup FILE`, best every night by cron")
    age = now - datetime.fromtimestamp(max(copy.stat().st_mtime for copy in copies), UTC)
    if age > OLD_COPY:
        return look_at("backup", f"the newest known is {age.days} days old", "`quizapp backup FILE`, best every night")
    return well("backup", f"the newest known is {age.days} days old")
