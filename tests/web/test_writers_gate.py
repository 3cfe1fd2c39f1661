"""While another process keeps the write lock, one form at a time waits for it, and the others are refused at once."""

import sqlite3
from pathlib import Path

import pytest

from quizapp.models import db
from quizapp.web.writers_gate import Gate
from tests.conftest import Browser
from tests.databases import only_on_sqlite

pytestmark = only_on_sqlite("its write lock")
SAVE = {"answer": "1", "revision": 1}


@pytest.fixture
def attempt(ayesha: Browser) -> int:
    """An attempt of hers, begun while all was well; no connection is left of that time."""
    started = ayesha.start("whole-test")
    with ayesha.client.application.app_context():
        db.engine.dispose()
    return started


@pytest.fixture
def other(ayesha: Browser, monkeypatch: pytest.MonkeyPatch) -> sqlite3.Connection:
    """Another process, and writers of the site who wait for it a hundredth of a second."""
    monkeypatch.setattr("quizapp.models.engine.BUSY_TIMEOUT_MS", 10)
    file = Path(ayesha.client.application.instance_path) / "quizapp.db"
    return sqlite3.connect(file, isolation_level=None)


def test_the_gate_shuts_when_somebody_waited_in_vain_and_opens_when_somebody_got_through(
    ayesha: Browser, attempt: int, other: sqlite3.Connection
) -> None:
    save = f"/attempts/{attempt}/questions/1/save"
    gate: Gate = ayesha.client.application.extensions["writers_gate"]
    other.execute("BEGIN IMMEDIATE")
    assert ayesha.post(save, SAVE).status_code == 503
    assert gate.is_shut
    assert ayesha.get(f"/attempts/{attempt}/questions/1").status_code == 200
    other.execute("ROLLBACK")
    other.close()
    assert ayesha.post(save, SAVE).status_code == 200
    assert not gate.is_shut


def test_while_one_waits_at_the_gate_another_is_refused_at_once(ayesha: Browser, attempt: int) -> None:
    gate: Gate = ayesha.client.application.extensions["writers_gate"]
    gate.is_shut = True
    with gate.turn:
        assert ayesha.post(f"/attempts/{attempt}/questions/1/save", SAVE).status_code == 503
        assert ayesha.get(f"/attempts/{attempt}/questions/1").status_code == 200
    assert ayesha.post(f"/attempts/{attempt}/questions/1/save", SAVE).status_code == 200
    assert not gate.is_shut
