"""The real server: from nothing to a page with one command, and nothing acknowledged is lost when it is killed."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from quizapp.cli.instance import load_questions
from tests.bank import FILES
from tests.conftest import make_app

COMMAND = Path(sys.executable).parent / "quizapp"
START_UP = 60.0
"""Seconds to wait for a page; the machine may be busy."""


@dataclass
class Server:
    """A server on an instance of its own, and one browser of it."""

    instance: Path
    questions: Path
    port: int
    process: subprocess.Popen[str] | None = None
    said: str = ""
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def start(self) -> None:
        """Run the command, and wait until a page comes."""
        log = self.instance.parent / "log"
        environment = {
            **os.environ, "QUIZAPP_INSTANCE": str(self.instance), "QUIZAPP_QUESTIONS": str(self.questions),
        }  # fmt: skip
        with log.open("w") as out:
            self.process = subprocess.Popen(
                [COMMAND, "serve", "--port", str(self.port)], env=environment, stdout=out, stderr=out, text=True,
                start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + START_UP
        while time.monotonic() < until:
            try:
                self.get("/")
                break
            except (urllib.error.URLError, ConnectionError):
                assert self.process.poll() is None, log.read_text()
                time.sleep(0.1)
        self.said = log.read_text()

    def kill(self) -> None:
        """End the command and every process it started, with no chance to tidy up."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def get(self, path: str) -> str:
        """The text of a page."""
        return self._open(urllib.request.Request(f"http://127.0.0.1:{self.port}{path}"))

    def post(self, path: str, **fields: str) -> str:
        """Send a form, with the token, and follow to the page it leads to."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/account/sign-in"))
        assert found is not None
        data = urllib.parse.urlencode({"csrf_token": found[1], **fields}).encode()
        return self._open(urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data))

    def _open(self, request: urllib.request.Request) -> str:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        with opener.open(request, timeout=10) as response:
            return str(response.read().decode())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server that has not started yet."""
    questions = tmp_path / "questions"
    (questions / "harbour").mkdir(parents=True)
    for name, text in FILES.items():
        (questions / "harbour" / name).write_text(text, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(tmp_path / "instance", questions, port)
    yield server
    if server.process is not None and server.process.poll() is None:
        server.kill()


def test_one_command_makes_the_instance_loads_the_bank_and_prints_a_set_up_link(server: Server) -> None:
    server.start()
    assert "The harbour of Saltmouth" in server.get("/")
    link = re.search(r"/account/set-up/\S+", server.said)
    assert link is not None
    page = server.post(link[0], username="tahir", display_name="Tahir (test)", password="a long password")
    assert "Latest results" in page
    assert (server.instance / "secret_key").stat().st_mode & 0o077 == 0


def test_an_acknowledged_answer_survives_a_killed_server(server: Server) -> None:
    server.start()
    asked = server.post("/quizzes/rise-practice/attempts")
    address = re.search(r"/attempts/\d+/questions/\d+", asked)
    assert address is not None
    second = re.sub(r"/\d+$", "/2", address[0])
    assert "That is the year before." in server.post(second, answer="1850", revision="1")
    server.kill()
    server.start()
    assert "That is the year before." in server.get(second)


def test_a_port_in_use_is_said_in_a_sentence(server: Server) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", server.port))
        taken.listen()
        environment = {**os.environ, "QUIZAPP_INSTANCE": str(server.instance)}
        done = subprocess.run(
            [COMMAND, "serve", "--port", str(server.port)], env=environment, capture_output=True, text=True,
            timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert f"Port {server.port} on 127.0.0.1 cannot be used" in done.stderr


def test_a_folder_without_banks_is_told_of_with_a_better_one(tmp_path: Path) -> None:
    bank = tmp_path / "banks" / "harbour"
    bank.mkdir(parents=True)
    for name, text in FILES.items():
        (bank / name).write_text(text, encoding="utf-8")
    app = make_app(tmp_path)
    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUIZAPP_QUESTIONS", str(bank))
        said = CliRunner().invoke(click.Command("load", callback=load_questions)).output
    assert f"There is no bank in {bank}" in said
    assert f"did you mean {bank.parent}?" in said
