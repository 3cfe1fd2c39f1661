"""Connections that are slow, cut off, or idle: everybody else is served meanwhile."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event, Thread

import pytest

from tests.faults.load import School, look, school_on, slowest
from tests.server import server_in

pytestmark = pytest.mark.long
HEAD = b"POST /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
SLOW_FORM = HEAD + b"Content-Length: 4025\r\n\r\n"
FEWER_THAN_THREADS = 2
"""A form that comes slowly keeps a thread until it is there: the README names the remedy, a proxy that collects it."""
BODY = b"username=nobody&password=" + b"x" * 4000


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """One server for all of these, which none of them may harm."""
    with school_on(server_in(tmp_path_factory.mktemp("clients"))) as school:
        yield school


def connect(school: School) -> socket.socket:
    return socket.create_connection(("127.0.0.1", school.server.port), timeout=20)


@contextmanager
def dripping(school: School, count: int, start: bytes, rest: bytes) -> Iterator[None]:
    """So many clients send a request's start at once, and the rest of it at one byte a second."""
    over = Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(start)
        for byte in rest:
            if over.wait(1):
                return
            try:
                connection.send(bytes([byte]))
            except OSError:
                return

    with ExitStack() as stack:
        slow = [stack.enter_context(connect(school)) for _ in range(count)]
        threads = [Thread(target=drip, args=(connection,)) for connection in slow]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join()


def work_goes_on(school: School, seconds: float = 4) -> None:
    """Everybody works as if nothing were the matter."""
    with school.working(), school.watched() as seen:
        before = school.acknowledged
        time.sleep(seconds)
        during = school.acknowledged - before
    assert during > 10
    assert school.refused == 0
    assert slowest(seen, "/healthz") < 2
    assert {each.status for each in seen} == {200}
    assert school.lost() == []


def test_uploads_that_are_cut_off_in_the_middle_change_nothing(school: School) -> None:
    for _ in range(50):
        with connect(school) as connection:
            connection.sendall(HEAD + b"Content-Length: 4096\r\n\r\n" + BODY[:1000])
    work_goes_on(school)


def test_clients_that_send_their_heads_byte_by_byte_stop_nobody(school: School) -> None:
    with dripping(school, 50, HEAD[:20], HEAD[20:]):
        work_goes_on(school)


def test_a_few_clients_that_send_their_forms_byte_by_byte_stop_nobody(school: School) -> None:
    with dripping(school, FEWER_THAN_THREADS, SLOW_FORM, BODY):
        work_goes_on(school)


def test_when_many_of_them_have_gone_the_server_has_all_its_threads_again(school: School) -> None:
    with dripping(school, 20, SLOW_FORM, BODY):
        time.sleep(2)
    work_goes_on(school)


def test_a_thousand_idle_connections_stop_nobody(school: School) -> None:
    with ExitStack() as stack:
        for _ in range(1000):
            stack.enter_context(connect(school))
        work_goes_on(school)
        assert look(school.server.port, "/").status == 200
