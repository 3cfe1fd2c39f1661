"""`quizapp serve`: one command from nothing to a running site."""

import os
import socket

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from quizapp.cli.instance import load_questions, open_instance
from quizapp.config import ConfigurationError
from quizapp.models import db
from quizapp.models.engine import begin_writing
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
        load_questions()
        token = _set_up_token()
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104  shown, not listened on
    click.echo(f"Read Closely is at {address}/")
    if token:
        click.echo("There is no teacher yet. Open this link once, within a week, to become the first:")
        click.echo(f"  {address}/account/set-up/{token}")
    click.echo("Stop with Ctrl-C.")
    _run(host, port, app.config["THREADS"])


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


def _run(host: str, port: int, threads: int) -> None:
    """Serve with granian: one process, because SQLite takes one writer at a time, and some threads."""
    Granian(
        "quizapp.wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        log_level=LogLevels.warning,
    ).serve()
