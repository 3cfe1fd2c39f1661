"""Many sign in at one moment on a real server, while somebody answers a quiz."""

import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.server import Server, server_in

pytestmark = pytest.mark.long
PEOPLE = 80
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PASSWORD = "correct horse battery"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server, on which Zara has an account."""
    server = server_in(tmp_path)
    server.start()
    server.post("/account/sign-up", username="zara", display_name="Zara", password=PASSWORD)
    yield server
    server.kill()


def ask(
    server: Server, method: str, path: str, cookie: str = "", **form: str
) -> tuple[int, str, http.client.HTTPMessage]:
    """The status, the text and the headers of one answer, in a connection of its own."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    line.request(method, path, urlencode(form), {**_FORM, "Cookie": cookie})
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, text, answer.headers


def sign_in(server: Server) -> Counter[int]:
    """Open the page and sign in, again whenever one is told to; how often each answer came."""
    _, page, headers = ask(server, "GET", "/account/sign-in")
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    cookie = headers["Set-Cookie"].partition(";")[0]
    form = {"csrf_token": found[1], "username": "zara", "password": PASSWORD}
    answers: Counter[int] = Counter()
    while True:
        status, _, headers = ask(server, "POST", "/account/sign-in", cookie, **form)
        answers[status] += 1
        if status != 503:
            return answers
        time.sleep(float(headers["Retry-After"]))


class Answering(threading.Thread):
    """Somebody who saves an answer twenty times a second, and notes how long each takes."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server, self.over, self.took, self.statuses = server, threading.Event(), list[float](), Counter[int]()
        page = server.post("/quizzes/rise-practice/attempts")
        self.attempt = re.findall(r"/attempts/(\d+)", page)[0]
        self.token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
        self.cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in server.cookies)

    def run(self) -> None:
        """Save, until it is over."""
        revision = 0
        while not self.over.wait(0.05):
            revision += 1
            started = time.monotonic()
            form = {"csrf_token": self.token, "answer": "1851", "revision": str(revision)}
            self.statuses[
                ask(self.server, "POST", f"/attempts/{self.attempt}/questions/2/save", self.cookie, **form)[0]
            ] += 1
            self.took.append(time.monotonic() - started)


def test_everybody_gets_in_and_who_answers_meanwhile_hardly_notices(server: Server) -> None:
    answering = Answering(server)
    answering.start()
    with ThreadPoolExecutor(PEOPLE) as pool:
        answers = sum(pool.map(sign_in, [server] * PEOPLE), Counter[int]())
    answering.over.set()
    answering.join()
    assert answers[303] == PEOPLE
    assert set(answers) <= {303, 503}
    assert set(answering.statuses) == {200}
    assert sorted(answering.took)[len(answering.took) * 95 // 100] < 1.0
