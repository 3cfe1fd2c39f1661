"""A real OpenID Connect provider, a process of its own from a package, and people who sign in there."""

import contextlib
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO

COMMAND = Path(sys.executable).parent / "oidc-provider-mock"
START_UP = 30.0
"""Seconds to wait for it; the machine may be busy."""


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Where a page leads is looked at, and not followed."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Stay."""


def _ask(request: urllib.request.Request) -> tuple[int, str]:
    """The status, and where it leads."""
    try:
        with urllib.request.build_opener(_StayHere).open(request, timeout=10) as response:
            return response.status, ""
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Location", "")


@dataclass
class OpenId:
    """The provider."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def issuer(self) -> str:
        """Its name, which is its address."""
        return f"http://127.0.0.1:{self.port}"

    def knows(self, subject: str, **claims: str) -> None:
        """Let it know somebody."""
        body = json.dumps(claims).encode()
        there = urllib.request.Request(
            f"{self.issuer}/users/{subject}", body, {"Content-Type": "application/json"}, method="PUT"
        )
        assert _ask(there)[0] == 204

    def sign_in(self, address: str, subject: str) -> str:
        """Sign in on its page, and allow it; the address that leads back."""
        status, back = _ask(urllib.request.Request(address, urllib.parse.urlencode({"sub": subject}).encode()))
        assert status == 302, address
        return back

    def deny(self, address: str) -> str:
        """Do not allow it; the address that leads back."""
        return _ask(urllib.request.Request(address, b"action=deny"))[1]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextlib.contextmanager
def openid_provider(*options: str) -> Iterator[OpenId]:
    """The provider, while it runs."""
    port = free_port()
    process = subprocess.Popen(
        [COMMAND, "--port", str(port), "--require-nonce", "true", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield OpenId(port, process)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_UP
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        assert process.poll() is None
        time.sleep(0.05)
    raise TimeoutError("the provider did not start")
