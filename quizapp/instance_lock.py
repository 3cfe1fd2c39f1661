"""Who works on an instance: servers and commands share it; what puts another database in place has it alone.

The lock is the operating system's, on a file of the instance folder: it ends with the process that holds it, however
that ends, so none is ever left behind. Where there are no such locks (Windows), a database that somebody has open
cannot be replaced anyway.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from quizapp.config import ConfigurationError

NAME = "in_use"


class InUse(ConfigurationError):
    """The instance cannot be had so: somebody else works on it."""


@contextmanager
def shared(folder: Path) -> Iterator[None]:
    """Work on an instance beside others. Raises InUse while its database is being replaced."""
    with _locked(folder, alone=False, otherwise=f"The database in {folder} is being replaced; try again in a minute."):
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Work on an instance with nobody else. Raises InUse while a server or another command does."""
    with _locked(folder, alone=True, otherwise=f"The site in {folder} is running; stop it first, then try again."):
        yield


_held = ExitStack()


def hold(folder: Path) -> None:
    """Work on an instance beside others as long as this process lives. Raises InUse as `shared` does."""
    _held.enter_context(shared(folder))


@contextmanager
def _locked(folder: Path, *, alone: bool, otherwise: str) -> Iterator[None]:
    try:
        file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        # In a folder that nobody can write to, nobody replaces anything.
        yield
        return
    try:
        _lock(file, alone, otherwise)
        yield
    finally:
        os.close(file)


if sys.platform == "win32":

    def _lock(file: int, alone: bool, otherwise: str) -> None:
        """Nothing to do here."""

else:
    import fcntl

    def _lock(file: int, alone: bool, otherwise: str) -> None:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(otherwise) from error
