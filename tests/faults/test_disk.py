"""The disk fails in the three ways that disks fail: it is full, it cannot be written, or writing goes wrong."""

import os
import resource
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.databases import only_on_sqlite
from tests.faults.load import School, look, school_on, words_of
from tests.server import Server, server_in

pytestmark = [pytest.mark.long, only_on_sqlite("its file")]
SMALL_DISK = "24m"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode != 0:
        pytest.skip("only root can mount a small disk, and not in every container")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Nothing is left of the disk meanwhile."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    try:
        yield
    finally:
        filler.unlink()


def test_on_a_full_disk_answers_are_refused_and_come_through_when_there_is_room(small_disk: Path) -> None:
    server = server_in(small_disk)
    with school_on(server) as school:
        with school.working(), school.watched() as seen:
            time.sleep(1)
            with full(small_disk):
                time.sleep(4)
                page = look(server.port, "/")
            assert school.is_ready_within(10)
            before = school.acknowledged
            time.sleep(2)
        assert school.refused > 0
        assert school.acknowledged > before
        assert school.lost() == []
    assert page.status == 200
    assert "full" in words_of(seen, "/readyz")
    assert words_of(seen, "/healthz") == {"ok"}


def processes_of(server: Server) -> list[int]:
    """The process of the command, and those that serve."""
    assert server.process is not None
    running = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    return [pid for pid in running if _group_of(pid) == server.process.pid]


def _group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


@contextmanager
def no_file_grows(server: Server) -> Iterator[None]:
    """Every write of the server that would make a file longer goes wrong meanwhile."""
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in processes_of(server)}
    for pid, (_, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        for pid, limits in before.items():
            with suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def test_when_writing_goes_wrong_answers_are_refused_and_come_through_afterwards(school: School) -> None:
    with school.working(), school.watched() as seen:
        time.sleep(1)
        with no_file_grows(school.server):
            time.sleep(4)
        assert school.is_ready_within(10)
        before = school.acknowledged
        time.sleep(2)
    assert school.refused > 0
    assert school.acknowledged > before
    assert school.lost() == []
    assert "broken" in words_of(seen, "/readyz")
    assert words_of(seen, "/healthz") == {"ok"}


def test_a_database_that_can_only_be_read_is_shown_and_takes_no_answer(school: School) -> None:
    before = school.lost()
    school.server.kill()
    file = school.server.instance / "quizapp.db"
    with sqlite3.connect(file) as database:
        database.execute("UPDATE user SET role = 'teacher' WHERE username = 'student-1'")
    school.server.settings["QUIZAPP_DATABASE"] = f"sqlite:///file:{file}?mode=ro&uri=true"
    for student in school.students:
        student.line.hang_up()
    school.server.start()
    with school.working():
        time.sleep(2)
        ready, healthy, page = (look(school.server.port, path) for path in ("/readyz", "/healthz", "/"))
    assert (ready.status, ready.word, healthy.status, page.status) == (503, "read-only", 200, 200)
    assert school.refused > 0
    school.server.kill()
    del school.server.settings["QUIZAPP_DATABASE"]
    school.server.start()
    assert before == school.lost() == []
