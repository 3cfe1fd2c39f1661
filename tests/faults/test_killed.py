"""A server that is killed at random moments under load loses nothing that it acknowledged.

`QUIZAPP_FAULT_ROUNDS` says how often; `python -m tests.proof.crashes --rounds 20` does the same and reports.
"""

import os
from pathlib import Path

import pytest

from tests.proof.crashes import crash

pytestmark = pytest.mark.long
ROUNDS = int(os.environ.get("QUIZAPP_FAULT_ROUNDS", "5"))


def test_nothing_acknowledged_is_lost_however_often_the_server_is_killed(tmp_path: Path) -> None:
    report = crash(tmp_path, rounds=ROUNDS, seed=20)
    assert report.lost == []
    assert report.acknowledged > 5 * ROUNDS
    assert report.done["unanswered"] > 0
