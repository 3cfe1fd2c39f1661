"""Hashing passwords: slow on purpose, so only so many at once."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST_PASSWORD = 10
"""Characters a password has at least."""


class Passwords:
    """Argon2id with bounded concurrency: a class signing in together queues here and does not exhaust the memory."""

    def __init__(self, hasher: PasswordHasher | None = None, at_once: int = 2) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turn = BoundedSemaphore(at_once)
        self._decoy = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """The hash to keep."""
        with self._turn:
            return self._hasher.hash(password)

    def verify(self, password: str, kept: str | None) -> bool:
        """Whether `password` is the one behind the `kept` hash; takes as long where there is none (None)."""
        with self._turn:
            try:
                self._hasher.verify(kept or self._decoy, password)
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def needs_rehash(self, kept: str) -> bool:
        """Whether `kept` was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(kept)
