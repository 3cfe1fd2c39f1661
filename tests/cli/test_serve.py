"""The real server: from nothing to a page with one command. What it keeps when it is killed, `tests.proof` proves."""

import os
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from quizapp.cli.instance import load_questions
from tests.bank import FILES
from tests.conftest import make_app
from tests.databases import settings_of
from tests.server import COMMAND, Server, server_in


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server that has not started yet."""
    server = server_in(tmp_path)
    yield server
    server.kill()


def test_one_command_makes_the_instance_loads_the_bank_and_prints_a_set_up_link(server: Server) -> None:
    server.start()
    assert "The harbour of Saltmouth" in server.get("/")
    link = re.search(r"/account/set-up/\S+", server.said)
    assert link is not None
    page = server.post(link[0], username="tahir", display_name="Tahir (test)", password="a long password")
    assert "Latest results" in page
    assert (server.instance / "secret_key").stat().st_mode & 0o077 == 0


def test_a_port_in_use_is_said_in_a_sentence(server: Server) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", server.port))
        taken.listen()
        environment = {**os.environ, **settings_of(server.instance)}
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
