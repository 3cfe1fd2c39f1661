"""`quizapp user`: accounts, for whoever runs the site."""

import sys

import click
from flask import current_app

from quizapp.cli.instance import open_instance
from quizapp.config import ConfigurationError
from quizapp.domain.access import Role
from quizapp.domain.codes import in_groups
from quizapp.models import User, db
from quizapp.models.engine import begin_writing
from quizapp.services import accounts
from quizapp.services.passwords import SHORTEST_PASSWORD
from quizapp.web.clock import utcnow

_FROM_STDIN = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.group()
def user() -> None:
    """Accounts of students and teachers."""


@user.command()
@click.argument("username")
@click.option("--name", default="", help="Name shown; the username if left out.")
@click.option(
    "--role", type=click.Choice([Role.STUDENT.value, Role.TEACHER.value]), default=Role.STUDENT.value, show_default=True
)
@_FROM_STDIN
def add(username: str, name: str, role: str, password_stdin: bool) -> None:
    """Make an account."""
    app = open_instance()
    with app.app_context():
        hashed = _hash(password_stdin)
        begin_writing(db.session())
        try:
            accounts.add_account(db.session(), username, name or username, hashed, Role(role), utcnow())
        except accounts.UsernameTaken as error:
            raise ConfigurationError(f"There is an account {username} already; choose another name.") from error
        db.session.commit()
    click.echo(f"The {role} {username} can sign in.")


@user.command("list")
def list_users() -> None:
    """List the accounts."""
    app = open_instance()
    with app.app_context():
        found = accounts.everybody(db.session())
        for account in found:
            click.echo(f"{account.role:<8} {account.username}  {account.display_name}")
    if not found:
        click.echo("No accounts yet; `quizapp user add` makes one.")


@user.command()
@click.argument("username")
@_FROM_STDIN
def reset(username: str, password_stdin: bool) -> None:
    """Print a link by which somebody chooses a new password; or set one, which ends every sign-in."""
    app = open_instance()
    with app.app_context():
        if accounts.find(db.session(), username) is None:
            raise ConfigurationError(f"There is no account {username}; `quizapp user list` shows them.")
        db.session.rollback()
        hashed = _hash(from_stdin=True) if password_stdin else None
        begin_writing(db.session())
        account = accounts.find(db.session(), username)
        assert account is not None  # noqa: S101  it was there a moment ago, and accounts are not removed
        if hashed is None:
            said = _link_for(account)
        else:
            accounts.set_password(db.session(), account, hashed, utcnow())
            said = f"The password of {username} is set; earlier sign-ins have ended."
        db.session.commit()
    click.echo(said)


def _link_for(account: User) -> str:
    """A fresh link, with the address that the settings know of the site."""
    token = accounts.make_password_link(db.session(), account, utcnow())
    host, port = current_app.config["HOST"], current_app.config["PORT"]
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104  shown, not listened on
    return (
        f"With this link {account.username} chooses a new password, once and within a week; earlier links have ended.\n"
        f"  {address}/account/choose/{in_groups(token)}"
    )


def _hash(from_stdin: bool) -> str:
    password = (
        sys.stdin.readline().rstrip("\n")
        if from_stdin
        else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    if len(password) < SHORTEST_PASSWORD:
        raise ConfigurationError(f"The password is too short; give at least {SHORTEST_PASSWORD} characters.")
    hashed: str = current_app.extensions["passwords"].hash(password)
    return hashed
