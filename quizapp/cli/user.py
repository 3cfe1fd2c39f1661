"""`quizapp user`: accounts, for whoever runs the site."""

import sys
from pathlib import Path

import click
from flask import current_app

from quizapp.cli.instance import open_instance
from quizapp.cli.noting import note
from quizapp.config import ConfigurationError
from quizapp.domain.access import Role
from quizapp.domain.codes import in_groups
from quizapp.models import User, db
from quizapp.models.engine import begin_writing
from quizapp.services import accounts, leaving
from quizapp.services.backups.files import written_whole
from quizapp.services.leaving import OnlyAdministrator, OnlyTeacher, Remains
from quizapp.services.passwords import SHORTEST_PASSWORD
from quizapp.web.clock import utcnow
from quizapp.web.personal_data import data_of

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
@click.option("--administers", is_flag=True, help="Let this teacher run the site, too.")
@_FROM_STDIN
def add(username: str, name: str, role: str, administers: bool, password_stdin: bool) -> None:
    """Make an account."""
    if administers and role != Role.TEACHER:
        raise ConfigurationError("Only a teacher can run the site; add --role teacher, or leave --administers out.")
    app = open_instance()
    with app.app_context():
        hashed = _hash(password_stdin)
        begin_writing(db.session())
        try:
            made = accounts.add_account(
                db.session(), username, name or username, hashed, Role(role), utcnow(), administers
            )
        except accounts.UsernameTaken as error:
            raise ConfigurationError(f"There is an account {username} already; choose another name.") from error
        note("account.made_for", "user", made.id, role=role, administers=administers)
        db.session.commit()
    click.echo(f"The {role} {username} can sign in{' and runs the site' if administers else ''}.")


@user.command("list")
def list_users() -> None:
    """List the accounts: what they are, username and name, when they last signed in, and who runs the site."""
    app = open_instance()
    with app.app_context():
        found = accounts.everybody(db.session())
        for account in found:
            click.echo(f"{account.role:<8} {account.username}  {account.display_name}  {_standing(account)}")
    if not found:
        click.echo("No accounts yet; `quizapp user add` makes one.")


def _standing(account: User) -> str:
    last = f"last sign-in {account.signed_in:%Y-%m-%d}" if account.signed_in else "never signed in"
    return f"({last}{', runs the site' if account.administers else ''})"


@user.command()
@click.argument("username")
@_FROM_STDIN
def reset(username: str, password_stdin: bool) -> None:
    """Print a link by which somebody chooses a new password; or set one, which ends every sign-in."""
    app = open_instance()
    with app.app_context():
        _account(username)
        db.session.rollback()
        hashed = _hash(from_stdin=True) if password_stdin else None
        begin_writing(db.session())
        account = _account(username)
        if hashed is None:
            said = _link_for(account)
        else:
            accounts.set_password(db.session(), account, hashed, utcnow())
            said = f"The password of {username} is set; earlier sign-ins have ended."
        note("link.made" if hashed is None else "password.set", "user", account.id)
        db.session.commit()
    click.echo(said)


@user.command()
@click.argument("username")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export(username: str, file: Path) -> None:
    """Write everything that is kept of somebody into FILE, a ZIP of tables, as they can download it themselves."""
    app = open_instance()
    with app.app_context():
        user_id = _account(username).id
        content = data_of(user_id, utcnow())
        with written_whole(file) as part:
            part.write_bytes(content)
        db.session.rollback()
        begin_writing(db.session())
        note("data.downloaded", "user", user_id)
        db.session.commit()
    click.echo(f"{file} holds what is kept of {username}; only you can read it. Delete it when it is handed over.")


@user.command()
@click.argument("username")
@click.option("--yes", is_flag=True, help="Do not ask for the username again.")
def erase(username: str, yes: bool) -> None:
    """Erase somebody with everything they did. This cannot be undone."""
    app = open_instance()
    with app.app_context():
        _account(username)
        db.session.rollback()
        if not yes and click.prompt("Type the username again, to be sure") != username:
            raise ConfigurationError("The two usernames differ; nobody was erased.")
        begin_writing(db.session())
        account = _account(username)
        user_id = account.id
        _leave(account)
        note("account.erased", "user", user_id)
        db.session.commit()
    click.echo(f"{username} is erased, with everything they did. Backups keep what was in them.")


def _leave(account: User) -> None:
    try:
        leaving.leave(db.session(), account, Remains.NOTHING, utcnow())
    except OnlyAdministrator as error:
        raise ConfigurationError("Nobody else runs the site; let another teacher run it first.") from error
    except OnlyTeacher as error:
        raise ConfigurationError("Nobody else teaches here; `quizapp user add` makes another teacher.") from error


def _account(username: str) -> User:
    """The account of that name. Raises ConfigurationError."""
    found = accounts.find(db.session(), username)
    if found is None:
        raise ConfigurationError(f"There is no account {username}; `quizapp user list` shows them.")
    return found


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
