"""`quizapp serve`: one command from nothing to a running site."""

import os
import socket

import click
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from quizapp.cli.instance import load_questions, open_instance
from quizapp.config import ConfigurationError
from quizapp.models import db
from quizapp.models.engine import begin_writing
from quizapp.models.turns import alone_on
from quizapp.services import accounts
from quizapp.web.clock import utcnow


@click.command()
@click.option("--host", help="Address to listen on (setting HOST).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (setting PORT).")
def serve(host: str | None, port: int | None) -> None:
    """Make the instance where needed, load the banks, and serve the site."""
    app = open_instance()
    host, port = host or app.config["HOST"], app.config["PORT"] if port is None else port
    port = _free_port(host, port)
    with app.app_context():
        _refuse_processes(app.config["PROCESSES"])
        with alone_on(db.engine):
            load_questions()
            token = _set_up_token()
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104  shown, not listened on
    click.echo(f"Read Closely is at {address}/")
    if token:
        click.echo("There is no teacher yet. Open this link once, within a week, to become the first:")
        click.echo(f"  {address}/account/set-up/{token}")
    click.echo("Stop with Ctrl-C.")
    with app.app_context():
        # The processes that serve have connections of their own.
        db.engine.dispose()
    _run(host, port, app.config["PROCESSES"], app.config["THREADS"])


def _free_port(host: str, port: int) -> int:
    """The port, tried; a free one for 0. Raises ConfigurationError where it is taken or not allowed."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        if os.name != "nt":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise ConfigurationError(
                f"Port {port} on {host} cannot be used ({error.strerror}); "
                "stop what uses it, or choose another with --port."
            ) from error
        chosen: int = trial.getsockname()[1]
        return chosen


def _set_up_token() -> str | None:
    session = db.session()
    if accounts.has_teacher(session):
        return None
    session.rollback()
    begin_writing(session)
    token = accounts.make_set_up_link(session, utcnow())
    session.commit()
    return token


def _refuse_processes(processes: int) -> None:
    """Raises ConfigurationError for several processes on SQLite, which takes one writer at a time."""
    if processes > 1 and db.engine.dialect.name == "sqlite":
        raise ConfigurationError(
            f"QUIZAPP_PROCESSES is {processes}, and SQLite serves one process best; "
            "leave it at 1, or go to PostgreSQL with `quizapp move-to`."
        )


SECONDS_TO_FINISH = 20
"""How long a process that is told to stop may work on the requests it has; then it is ended."""
WAITING = 1024
"""Connections that wait in the operating system to be taken, for each process; more are refused by it."""
CONNECTIONS = 8192
"""Connections that each process keeps at a time, most of them idle; those beyond wait to be taken."""
SECONDS_TO_ASK = 30
"""How long a connection may take to send the head of its next request, idle time included; then it is closed."""


def _run(host: str, port: int, processes: int, threads: int) -> None:
    """Serve with granian until told to stop; a process that dies meanwhile is started again.

    A process that is told to stop takes no new connections and finishes the requests it has.
    """
    Granian(
        "quizapp.wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        backlog=WAITING,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=SECONDS_TO_ASK * 1000),
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_level=LogLevels.warning,
    ).serve()
