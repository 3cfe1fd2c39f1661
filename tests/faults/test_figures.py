"""Two processes serve, and either gives the figures of both; one of them dies, and what it did still counts."""

import os
import re
import signal
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.load import School, school_on
from tests.proof.postgres import _package
from tests.server import server_in

pytestmark = pytest.mark.long
TOKEN = "for tests only"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """Students on a server with two processes."""
    postgres: Any = _package().get_server(tempfile.mkdtemp(prefix="quizapp-postgres-"), cleanup_mode="delete")
    server = server_in(tmp_path)
    server.settings |= {
        "QUIZAPP_DATABASE": postgres.get_uri(), "QUIZAPP_PROCESSES": "2", "QUIZAPP_METRICS_TOKEN": TOKEN,
    }  # fmt: skip
    with school_on(server) as school:
        yield school
    postgres.cleanup()


def figures(school: School) -> str:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{school.server.port}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return str(answer.read().decode())


def saved(told: str) -> int:
    return sum(int(float(count)) for count in re.findall(r'quizapp_answers_total\{.*outcome="saved"\} (\S+)', told))


def serving(told: str) -> set[int]:
    return {int(pid) for pid in re.findall(r'process_start_time_seconds\{pid="(\d+)"\}', told)}


def test_the_answers_of_both_processes_are_counted_also_of_one_that_died(school: School) -> None:
    with school.working():
        time.sleep(3)
    assert {saved(figures(school)) for _ in range(6)} == {school.acknowledged}
    assert school.server.process is not None
    processes = serving(figures(school)) - {school.server.process.pid}
    assert len(processes) == 2
    for student in school.students:
        student.line.hang_up()
    os.kill(processes.pop(), signal.SIGKILL)
    time.sleep(5)
    assert saved(figures(school)) == school.acknowledged
