"""Hashing passwords: slow on purpose, so only so many at once, and only so many may wait for it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST_PASSWORD = 10
"""Characters a password has at least."""
LONGEST_PASSWORD = 200
"""Characters a password has at most."""
RECOMMENDED = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""Argon2id as OWASP recommends it at least (ASVS 5.0, appendix C): 19 MiB, twice over, in one thread.

The library's own choice (64 MiB, three times over, in four threads) takes six times as long here, which is what a
class that signs in together would wait for, and four threads would take both cores from those who save answers.
"""


class TooManyAtOnce(Exception):
    """So many passwords are being hashed, and so many wait for it, that this one was not; it is to be sent again."""


class Passwords:
    """Argon2id with bounded concurrency.

    `at_once` are hashed at the same time; of those who ask, `places` at most are let in to hash or to wait for it, and
    who finds no place is told so at once (TooManyAtOnce). None: all may wait. A server that has more threads than there
    are places so has some left for everybody else, however many sign in.
    """

    def __init__(self, hasher: PasswordHasher | None = None, at_once: int = 2, places: int | None = None) -> None:
        self._hasher = hasher or RECOMMENDED
        self.turn: AbstractContextManager[object] = BoundedSemaphore(at_once)
        """What one who is let in waits for."""
        self._places = None if places is None else BoundedSemaphore(places)
        self._decoy = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """The hash to keep. Raises TooManyAtOnce."""
        with self._in_turn():
            return self._hasher.hash(password)

    def verify(self, password: str, kept: str | None) -> bool:
        """Whether `password` is the one behind the `kept` hash; takes as long where there is none.

        Raises TooManyAtOnce.
        """
        with self._in_turn():
            try:
                self._hasher.verify(kept or self._decoy, password)
            except (VerificationError, InvalidHashError):
                return False
        return bool(kept)

    def renewed(self, password: str, kept: str) -> str | None:
        """The hash to keep from now on, where `kept` was made with other parameters than today's; else None.

        None, too, where no place is free: the next sign-in does it then.
        """
        if not self._hasher.check_needs_rehash(kept):
            return None
        try:
            return self.hash(password)
        except TooManyAtOnce:
            return None

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if self._places is None:
            with self.turn:
                yield
        elif not self._places.acquire(blocking=False):
            raise TooManyAtOnce
        else:
            try:
                with self.turn:
                    yield
            finally:
                self._places.release()
