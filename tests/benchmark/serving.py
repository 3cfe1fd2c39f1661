"""The real server on an instance that is thrown away: how long it takes to start, and what it takes while it runs."""

import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.server import COMMAND, START_UP

QUESTIONS = Path(__file__).parents[2] / "questions"
_UNLIMITED = "1000000 per minute"
"""All students of the benchmark share one address; their wrong tries are not what is measured."""


@dataclass
class Serving:
    """`quizapp serve` on an instance: durable (synchronous FULL), and with what the environment sets."""

    instance: Path
    database: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    start_up: float = 0.0
    """Seconds from the command to the first page."""
    process: "subprocess.Popen[bytes] | None" = None

    def __enter__(self) -> "Serving":
        self.port = free_port()
        log = self.instance.with_suffix(".log")
        started = time.perf_counter()
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [COMMAND, "serve", "--port", str(self.port)], env=self.environment(), stdout=out, stderr=out
            )
        while not answers(self.port):
            assert self.process.poll() is None, log.read_text()
            assert time.perf_counter() - started < START_UP, log.read_text()
            time.sleep(0.01)
        self.start_up = time.perf_counter() - started
        return self

    def __exit__(self, *_what: object) -> None:
        """Stop it, so that its processor time is counted as ours; end it where it does not."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def pid(self) -> int:
        """The server's first process."""
        assert self.process is not None
        return self.process.pid

    def environment(self) -> dict[str, str]:
        """The settings as the command reads them; an app in this process with these works on the same data."""
        settings = {
            "INSTANCE": str(self.instance),
            "QUESTIONS": str(QUESTIONS),
            "DATABASE": self.database,
            "SYNCHRONOUS": "FULL",
            "SIGN_IN_LIMIT": _UNLIMITED,
            "ADDRESS_LIMIT": _UNLIMITED,
            "MAKING_LIMIT": _UNLIMITED,
            **self.settings,
        }
        return {**os.environ, **{f"QUIZAPP_{name}": value for name, value in settings.items()}}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether a page comes."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            line.sendall(b"GET /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            return line.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False
