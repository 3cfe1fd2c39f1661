"""PostgreSQL is stopped under load, and comes back."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.load import School, school_on, words_of
from tests.proof.postgres import _package
from tests.server import server_in

pytestmark = pytest.mark.long
AWAY = 3.0
"""Seconds."""


@pytest.fixture
def postgres() -> Iterator[Any]:
    """A PostgreSQL server of this test's own."""
    server = _package().get_server(tempfile.mkdtemp(prefix="quizapp-postgres-"), cleanup_mode="delete")
    yield server
    server.ensure_postgres_running()
    server.cleanup()


@pytest.fixture
def school(tmp_path: Path, postgres: Any) -> Iterator[School]:
    """Students on a server that keeps its data there."""
    server = server_in(tmp_path)
    server.settings["QUIZAPP_DATABASE"] = postgres.get_uri()
    with school_on(server) as school:
        yield school


def test_answers_are_refused_until_it_is_back_and_then_come_through(school: School, postgres: Any) -> None:
    with school.working(), school.watched() as seen:
        time.sleep(1)
        postgres.stop()
        time.sleep(AWAY)
        postgres.ensure_postgres_running()
        assert school.is_ready_within(10)
        before = school.acknowledged
        time.sleep(2)
    assert school.refused > 0
    assert school.acknowledged > before
    assert school.lost() == []
    assert "gone" in words_of(seen, "/readyz")
    assert words_of(seen, "/healthz") == {"ok"}
