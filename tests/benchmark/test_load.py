"""The load generator counts from when a request was due, and knows where an answer ends."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.benchmark.load import NO_ANSWER, Shot, end_of_answer, fire, percentile

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def test_a_percentile_is_a_value_that_so_many_do_not_exceed() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert [percentile(values, share) for share in (0.01, 0.5, 0.99, 1.0)] == [1.0, 50.0, 99.0, 100.0]
    assert percentile([7.0], 0.99) == 7.0


def test_of_nothing_there_is_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_an_answer_ends_where_its_length_says() -> None:
    assert end_of_answer(_ANSWER[:20]) is None
    assert end_of_answer(_ANSWER) == len(_ANSWER)
    assert end_of_answer(b"HTTP/1.1 204 No Content\r\n\r\n") == 27


@contextmanager
def _slow_server(pause: float, answers: int) -> Iterator[int]:
    """Takes one connection, and answers each request after a pause; hangs up after so many."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            line, _ = listening.accept()
            with line:
                for _ in range(answers):
                    line.recv(1000)
                    time.sleep(pause)
                    line.sendall(_ANSWER)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def test_who_waits_behind_a_slow_answer_is_charged_for_the_whole_wait() -> None:
    shots = [Shot(0.0, "save", b"GET / HTTP/1.1\r\n\r\n") for _ in range(3)]
    with _slow_server(pause=0.05, answers=3) as port:
        volley = fire(port, shots, connections=1)
    waits = [hit.milliseconds for hit in volley.hits]
    assert len(waits) == 3
    assert waits[2] > 140 > waits[0]


def test_a_request_whose_connection_ends_has_failed() -> None:
    with _slow_server(pause=0.0, answers=0) as port:
        volley = fire(port, [Shot(0.0, "save", b"x")], connections=1)
    assert [hit.status for hit in volley.hits] == [NO_ANSWER]


def test_an_answer_can_lead_to_the_next_request() -> None:
    then = Shot(0.0, "second", b"x")
    with _slow_server(pause=0.0, answers=2) as port:
        volley = fire(port, [Shot(0.0, "first", b"x", lambda _answer: then)], connections=1)
    assert [hit.kind for hit in volley.hits] == ["first", "second"]
