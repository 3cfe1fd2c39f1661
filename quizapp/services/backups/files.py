"""Files that are there whole or not at all: written under another name, brought to the disk, and then named."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quizapp.config import ConfigurationError

ROOM_LEFT = 1.05
"""How much more than its size must be free for a copy."""


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """A file beside `file` to write to, readable by its owner alone, that gets its name when it is done.

    Raises ConfigurationError where there is such a file already, or the folder cannot be written.
    """
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        _refuse_overwriting(file)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield part
        to_disk(part)
        _name(part, file)
    except OSError as error:
        raise ConfigurationError(
            f"{file} cannot be written ({error.strerror}); name a file in a folder with room that you may write to."
        ) from error
    finally:
        for left in (part, *(part.with_name(f"{part.name}-{rest}") for rest in ("journal", "wal", "shm"))):
            with suppress(OSError):
                left.unlink()


def _refuse_overwriting(file: Path) -> None:
    if os.path.lexists(file):  # also a link that leads nowhere
        raise ConfigurationError(f"{file} is there already, and is not overwritten; name another file.")


def _name(part: Path, file: Path) -> None:
    """Give a file its name, which must not be taken; a link says so in the same moment, where there are links."""
    try:
        os.link(part, file)
    except FileExistsError:
        _refuse_overwriting(file)
    except OSError:
        _refuse_overwriting(file)
        os.rename(part, file)  # noqa: PTH104  beside os.link, so that both can be seen to be made to fail
    to_disk(file.parent)


def to_disk(place: Path) -> None:
    """Wait until a file's content, or a folder's list of names, is on the disk; Windows does so for files alone."""
    if place.is_dir() and os.name == "nt":
        return
    opened = os.open(place, os.O_RDONLY if place.is_dir() else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def size_of(database: Path) -> int:
    """Bytes of a SQLite database with what is not yet folded into its file."""
    return sum(part.stat().st_size for part in (database, database.with_name(f"{database.name}-wal")) if part.exists())


def refuse_without_room(database: Path, folder: Path) -> None:
    """Raises ConfigurationError where a folder has no room for a copy of a database."""
    wanted, free = size_of(database) * ROOM_LEFT, shutil.disk_usage(folder).free
    if free < wanted:
        raise ConfigurationError(
            f"The disk of {folder} has {free / 1e6:.1f} MB free, and a copy of the database needs "
            f"{wanted / 1e6:.1f} MB; make room there first."
        )
