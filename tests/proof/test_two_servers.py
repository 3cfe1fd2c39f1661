"""Two real servers on one PostgreSQL database, as on two hosts; one is killed under load, and the other goes on."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from tests.databases import postgres
from tests.proof.postgres import fresh_database
from tests.proof.students import WAIT, Line, Student
from tests.server import Server, server_in

pytestmark = pytest.mark.long
STUDENTS = 12


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    """Both, started at one moment on a database without tables; each has an instance folder of its own."""
    with fresh_database(postgres()) as address:
        both = []
        for name in ("here", "there"):
            (tmp_path / name).mkdir()
            server = server_in(tmp_path / name)
            server.settings |= {
                "QUIZAPP_DATABASE": address.render_as_string(hide_password=False),
                "QUIZAPP_SECRET_KEY": "the same for both",
            }
            both.append(server)
        try:
            at_once([server.start for server in both])
            yield both[0], both[1]
        finally:
            for server in both:
                server.kill()


def at_once(deeds: list[Callable[[], object]]) -> list[object]:
    """Do all at one moment, and give what came of each."""
    with ThreadPoolExecutor(len(deeds)) as pool:
        return [done.result(timeout=4 * WAIT) for done in [pool.submit(deed) for deed in deeds]]


def test_a_server_dies_under_load_and_its_students_go_on_at_the_other(servers: tuple[Server, Server]) -> None:
    here, there = servers
    students = [
        Student(Line(server.port), Random(number), username=f"student-{number}" if number % 2 else "")
        for number, server in enumerate(servers * (STUDENTS // 2))
    ]
    moved = [student for student in students if student.line.port == here.port]
    at_once([student.arrive for student in students])
    with ThreadPoolExecutor(2 * STUDENTS) as pool:
        working = {student.line.port: [] for student in students}
        for student in students:
            working[student.line.port].append(pool.submit(student.work))
        time.sleep(2)
        here.kill()
        for work in working[here.port]:
            work.result(timeout=2 * WAIT)
        for student in moved:
            student.line.port = there.port
        assert [lost for student in moved for lost in student.look()] == []
        before = sum(student.done.total() for student in moved)
        working[there.port] += [pool.submit(student.work) for student in moved]
        time.sleep(2)
        there.kill()
        for work in working[there.port]:
            work.result(timeout=2 * WAIT)
    assert sum(student.done.total() for student in moved) > before
    here.start()
    for student in students:
        student.line.port = here.port
    assert [lost for student in students for lost in student.look()] == []
    for student in students:
        student.line.hang_up()
    assert min(student.done["by script"] + student.done["by form"] for student in students) > 0
