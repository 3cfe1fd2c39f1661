"""What the hot paths may cost, counted and not timed, so that it holds on any machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.models import db
from tests.benchmark.measuring import statements
from tests.benchmark.workload import Workload, workload


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workload]:
    """The product with the shipped bank and a student in a test of twenty questions."""
    work = workload(tmp_path, "NORMAL")
    yield work
    with work.app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_the_hot_paths_stay_within_their_statements(work: Workload) -> None:
    found = statements(work)
    assert found["W"] == 1
    assert found["R"] <= 2
    assert found["S"] <= 4
