"""The real server is told to stop, or loses a process: what it has begun it finishes, and nobody is left behind."""

import contextlib
import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.cli.test_backup import ON_SQLITE, people_in
from tests.cli.test_commands import call
from tests.databases import only_on_sqlite, postgres
from tests.proof.postgres import fresh_database
from tests.server import Server, server_in

pytestmark = pytest.mark.long
BOUND = 30.0
"""Seconds within which a server that is told to stop has stopped."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server that runs."""
    server = server_in(tmp_path)
    server.start()
    yield server
    server.kill()


def processes_of(server: Server) -> list[int]:
    """The processes that serve."""
    assert server.process is not None
    found = subprocess.run(
        ["ps", "--ppid", str(server.process.pid), "-o", "pid="], capture_output=True, text=True, check=False
    )
    return [int(number) for number in found.stdout.split()]


def until(what: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + BOUND
    while not what():
        assert time.monotonic() < end, "it never was so"
        time.sleep(0.1)


def answers(server: Server) -> bool:
    """Whether a page comes."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        return "Saltmouth" in server.get("/")
    return False


def is_free(port: int) -> bool:
    """Whether nobody listens there."""
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) != 0


def begins_a_quiz(server: Server) -> tuple[int, str]:
    """Somebody without an account begins to practise; gives how it was answered."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=BOUND)) as connection:
        connection.request("GET", "/quizzes/rise-practice")
        page = connection.getresponse()
        cookie, text = page.headers["Set-Cookie"].split(";")[0], page.read().decode()
        token = re.search(r'name="csrf_token" value="([^"]+)"', text)
        assert token is not None
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/quizzes/rise-practice/attempts", urlencode({"csrf_token": token[1]}), headers)
        done = connection.getresponse()
        return done.status, done.headers.get("Location", "")


@only_on_sqlite("who holds the file's lock")
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_request_that_has_begun_is_finished_and_nothing_acknowledged_is_lost(server: Server, sign: int) -> None:
    database = sqlite3.connect(server.instance / "quizapp.db", isolation_level=None, check_same_thread=False)
    with contextlib.closing(database), ThreadPoolExecutor(1) as pool:
        database.execute("BEGIN IMMEDIATE")
        working = pool.submit(begins_a_quiz, server)
        time.sleep(2)
        assert server.process is not None
        server.process.send_signal(sign)
        time.sleep(1)
        assert not working.done()
        database.execute("COMMIT")
        status, location = working.result()
        assert server.process.wait(timeout=BOUND) == 0
        attempt = int(location.rsplit("/", 1)[1].partition("?")[0])
        assert status == 303
        assert database.execute("SELECT count(*) FROM attempt WHERE id = ?", (attempt,)).fetchone() == (1,)


def test_idle_and_half_sent_connections_keep_no_server_from_stopping(server: Server) -> None:
    idle = [http.client.HTTPConnection("127.0.0.1", server.port) for _ in range(3)]
    for connection in idle:
        connection.request("GET", "/")
        connection.getresponse().read()
    with socket.create_connection(("127.0.0.1", server.port)) as half:
        half.sendall(b"POST /account/sign-in HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\nab")
        assert server.process is not None
        server.process.terminate()
        assert server.process.wait(timeout=BOUND) == 0
    for connection in idle:
        connection.close()


def test_a_process_that_dies_is_started_again(server: Server) -> None:
    (first,) = processes_of(server)
    os.kill(first, signal.SIGKILL)
    until(lambda: processes_of(server) not in ([], [first]))
    until(lambda: answers(server))


def test_processes_whose_parent_is_killed_stop_and_free_the_port(server: Server) -> None:
    assert server.process is not None
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    until(lambda: is_free(server.port))


def test_two_processes_serve_one_postgresql_and_leave_no_connections(tmp_path: Path) -> None:
    with fresh_database(postgres()) as address, pytest.MonkeyPatch.context() as patch:
        server = server_in(tmp_path)
        patch.setenv("QUIZAPP_PROCESSES", "2")
        patch.setattr(
            "tests.server.settings_of",
            lambda instance: {
                "QUIZAPP_INSTANCE": str(instance),
                "QUIZAPP_DATABASE": address.render_as_string(hide_password=False),
            },
        )
        try:
            server.start()
            assert len(processes_of(server)) == 2
            os.kill(processes_of(server)[0], signal.SIGKILL)
            until(lambda: len(processes_of(server)) == 2 and answers(server))
            assert server.process is not None
            server.process.terminate()
            assert server.process.wait(timeout=BOUND) == 0
        finally:
            server.kill()


@only_on_sqlite("a copy of a file")
def test_nothing_is_restored_while_it_serves_and_all_is_once_it_has_stopped(server: Server, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.db")
    assert call(server.instance, "backup", copy, **ON_SQLITE).exit_code == 0
    assert "is running; stop it first" in call(server.instance, "restore", copy, **ON_SQLITE).stderr
    assert server.process is not None
    server.process.terminate()
    server.process.wait(timeout=BOUND)
    assert call(server.instance, "restore", copy, **ON_SQLITE).exit_code == 0
    assert people_in(server.instance / "quizapp.db") == people_in(Path(copy))
