"""The server is told to stop under load."""

import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.databases import only_on_sqlite
from tests.faults.load import School

pytestmark = pytest.mark.long
IN_FLIGHT = 2.0
"""Seconds that a request takes which is there when the server is told to stop."""
LONGEST = 25.0
"""Seconds until it has ended at the latest."""


def tell_to_stop(school: School) -> float:
    """Tell it, and wait for the end; gives the seconds."""
    assert school.server.process is not None
    began = time.monotonic()
    school.server.process.send_signal(signal.SIGTERM)
    school.server.process.wait(LONGEST)
    return time.monotonic() - began


def start_again(school: School) -> None:
    school.server.kill()
    for student in school.students:
        student.line.hang_up()
    school.server.start()


def test_nothing_acknowledged_is_lost_and_it_ends_soon(school: School) -> None:
    with school.working():
        time.sleep(2)
        took = tell_to_stop(school)
    assert took < LONGEST
    assert school.acknowledged > 20
    start_again(school)
    assert school.lost() == []


@only_on_sqlite("the write lock lets a request wait")
def test_a_request_in_flight_is_finished(school: School) -> None:
    student = next(student for student in school.students if student.username)
    other = sqlite3.connect(school.server.instance / "quizapp.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(2) as pool:
        saving = pool.submit(student._save_by_script, 5, ("123456789",))
        time.sleep(0.5)
        stopping = pool.submit(tell_to_stop, school)
        time.sleep(IN_FLIGHT)
        other.execute("ROLLBACK")
        saving.result(timeout=20)
        assert stopping.result(timeout=LONGEST) < LONGEST
    other.close()
    start_again(school)
    assert student.look() == []
    assert student.acknowledged[5].values == ("123456789",)
