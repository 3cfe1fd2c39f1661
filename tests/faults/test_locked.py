"""Another process holds SQLite's write lock."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import pytest

from quizapp.models.engine import BUSY_TIMEOUT_MS
from tests.databases import only_on_sqlite
from tests.faults.load import School, look, school_on, slowest, words_of
from tests.server import Server

pytestmark = [pytest.mark.long, only_on_sqlite("its write lock")]


@contextmanager
def locked(school: School) -> Iterator[None]:
    """Nobody else can write meanwhile."""
    other = sqlite3.connect(school.server.instance / "quizapp.db", isolation_level=None, timeout=20)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_for_a_while_all_wait_and_nothing_is_refused(school: School) -> None:
    with school.working():
        time.sleep(1)
        with locked(school):
            time.sleep(3)
        before = school.acknowledged
        time.sleep(2)
    assert school.refused == 0
    assert school.acknowledged > before
    assert school.lost() == []


def test_for_long_answers_are_refused_and_come_through_afterwards(server: Server) -> None:
    with school_on(server, students=12) as school:
        _lock_for_long(school)


def _lock_for_long(school: School) -> None:
    with school.working(), school.watched() as seen:
        time.sleep(1)
        with locked(school):
            time.sleep(BUSY_TIMEOUT_MS / 1000 + 5)
        before = school.acknowledged
        time.sleep(5)
    assert school.refused > 0
    assert school.acknowledged > before
    assert school.lost() == []
    assert "locked" in words_of(seen, "/readyz")
    assert words_of(seen, "/healthz") == {"ok"}
    # Those who waited first keep all threads that long; from then on one waits, and the others are refused at once.
    assert slowest(seen, "/healthz") < BUSY_TIMEOUT_MS / 1000 + 2
    assert median(each.took for each in seen if each.path == "/healthz") < 1
    assert look(school.server.port, "/readyz").status == 200
