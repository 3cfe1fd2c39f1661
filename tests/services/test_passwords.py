"""Hashing passwords: what is kept, what is renewed, and how many are hashed at once."""

import time
from threading import Event, Thread

import pytest
from argon2 import PasswordHasher, extract_parameters

from quizapp.services.passwords import RECOMMENDED, Passwords, TooManyAtOnce

OLD = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
TODAY = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)


class Counting(PasswordHasher):
    """Counts what is verified, and waits where it is told to."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified: list[str] = []
        self.may_go_on = Event()
        self.may_go_on.set()

    def verify(self, kept: str | bytes, password: str | bytes) -> bool:
        """Verify, in a while."""
        self.verified.append(str(kept))
        self.may_go_on.wait(10)
        return super().verify(kept, password)


def test_a_password_is_hashed_as_is_recommended() -> None:
    found = extract_parameters(Passwords(RECOMMENDED).hash("correct horse battery"))
    assert (found.type.name, found.memory_cost, found.time_cost, found.parallelism) == ("ID", 19_456, 2, 1)


def test_a_password_is_verified_by_its_hash_alone_and_nobody_without_one_gets_in() -> None:
    passwords = Passwords(OLD)
    kept = passwords.hash("correct horse battery")
    assert kept.startswith("$argon2id$")
    assert passwords.verify("correct horse battery", kept)
    assert not passwords.verify("wrong horse battery", kept)
    for nothing in (None, ""):
        assert not passwords.verify("nobody has this password", nothing)
    assert not passwords.verify("correct horse battery", "no hash")


def test_somebody_whom_nobody_knows_is_verified_with_as_much_work() -> None:
    hasher = Counting()
    passwords = Passwords(hasher)
    kept = passwords.hash("correct horse battery")
    for known in (kept, None):
        passwords.verify("wrong horse battery", known)
    assert len(hasher.verified) == 2
    assert extract_parameters(hasher.verified[0]) == extract_parameters(hasher.verified[1])


def test_a_hash_with_other_parameters_is_renewed_and_one_of_today_s_is_not() -> None:
    kept = OLD.hash("correct horse battery")
    renewed = Passwords(TODAY).renewed("correct horse battery", kept)
    assert renewed is not None
    assert Passwords(TODAY).verify("correct horse battery", renewed)
    assert Passwords(TODAY).renewed("correct horse battery", renewed) is None


def is_full(passwords: Passwords) -> bool:
    """Whether no place is free."""
    places = passwords._places
    if places is None or not places.acquire(blocking=False):
        return True
    places.release()
    return False


def test_who_finds_no_place_is_told_so_at_once_and_finds_one_later() -> None:
    hasher = Counting()
    passwords = Passwords(hasher, at_once=1, places=2)
    hasher.may_go_on.clear()
    inside = [Thread(target=passwords.verify, args=("wrong", None)) for _ in range(2)]
    for thread in inside:
        thread.start()
    while not is_full(passwords):
        time.sleep(0.01)
    with pytest.raises(TooManyAtOnce):
        passwords.hash("correct horse battery")
    assert passwords.renewed("correct horse battery", TODAY.hash("x")) is None
    hasher.may_go_on.set()
    for thread in inside:
        thread.join()
    assert len(hasher.verified) == 2
    assert passwords.hash("correct horse battery")
