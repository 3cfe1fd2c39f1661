"""The real server, started by the command, and one browser of it."""

import contextlib
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
from dataclasses import dataclass, field
from pathlib import Path

from tests.bank import FILES
from tests.databases import settings_of

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
    settings: dict[str, str] = field(default_factory=dict)
    """What of its environment is otherwise, by variable."""
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def start(self) -> None:
        """Run the command, and wait until a page comes."""
        log = self.instance.parent / "log"
        environment = {
            **os.environ, **settings_of(self.instance), "QUIZAPP_QUESTIONS": str(self.questions), **self.settings,
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
        """End the command and every process it started, with no chance to tidy up; nothing if it does not run."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

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


def server_in(folder: Path) -> Server:
    """A server that has not started yet, with the small bank, on a free port and an instance in this folder."""
    questions = folder / "questions"
    (questions / "harbour").mkdir(parents=True)
    for name, text in FILES.items():
        (questions / "harbour" / name).write_text(text, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return Server(folder / "instance", questions, port)
