"""Opening the instance a command works on: its folder, its database brought up to date, its banks."""

import hashlib
import logging
from contextlib import suppress
from pathlib import Path

import click
from flask import Flask, current_app

from quizapp import create_app, instance_lock
from quizapp.cli.noting import note
from quizapp.config import ConfigurationError, instance_folder, make_instance, questions_folder, read_settings
from quizapp.formats.bank_yaml import HEAD, read_bank
from quizapp.formats.document import BankDocument
from quizapp.formats.problems import MalformedBank
from quizapp.models import db, revisions
from quizapp.models.engine import begin_writing
from quizapp.models.turns import alone_on
from quizapp.services import authoring, banks, upgrading
from quizapp.web.clock import utcnow


def open_instance() -> Flask:
    """The app of this instance, which is made and brought up to date where needed. Raises ConfigurationError.

    Until the command ends, nobody can put another database in place; its connections end with it.
    """
    folder = instance_folder(read_settings())
    make_instance(folder)
    if command := click.get_current_context(silent=True):
        command.with_resource(instance_lock.shared(folder))
    app = create_app()
    hang_up_at_the_end(app)
    _make_private(database_file(app))
    with app.app_context(), alone_on(db.engine):
        upgrade_database()
    return app


def _make_private(database: Path | None) -> None:
    """Make the file of a new database, readable by its owner alone; SQLite gives those beside it the same rights."""
    if database is not None and database.parent.is_dir() and not database.exists():
        with suppress(OSError):
            database.touch(mode=0o600)


def present_instance() -> Flask:
    """The app of an instance that is there; nothing is made and nothing upgraded. Raises ConfigurationError."""
    app = create_app()
    hang_up_at_the_end(app)
    database = database_file(app)
    if database is not None and not database.is_file():
        raise ConfigurationError(f"There is no database {database}; start with `quizapp serve`.")
    return app


def database_file(app: Flask) -> Path | None:
    """The file of a SQLite database; None for another database."""
    with app.app_context():
        return Path(db.engine.url.database or "") if db.engine.dialect.name == "sqlite" else None


def hang_up_at_the_end(app: Flask) -> None:
    """Close the connections to the database when the command ends."""
    if command := click.get_current_context(silent=True):
        command.call_on_close(lambda: hang_up(app))


def hang_up(app: Flask) -> None:
    """Close the connections to the database that nothing uses any more."""
    with app.app_context():
        db.engine.dispose()


def upgrade_database() -> None:
    """Bring the database to this version's tables, with a copy first. Raises ConfigurationError where it cannot be."""
    quiet_migrations()
    backups = Path(current_app.instance_path) / "backups"
    with db.engine.connect() as connection:
        upgrading.refuse_half_upgraded(connection, backups)
        revision = revisions.current(connection)
    upgrading.refuse_newer(revision)
    if revision != revisions.newest():
        upgrading.upgrade(db.engine, backups, current_app.config["BACKUPS_KEPT"], utcnow())


def quiet_migrations() -> None:
    """Let migrations say only what is wrong."""
    logging.getLogger("alembic").setLevel(logging.WARNING)


def bank_files(folder: Path) -> dict[str, str]:
    """The texts of a bank's files by name. Raises ConfigurationError where the folder is no bank."""
    if not folder.is_dir():
        raise ConfigurationError(f"There is no folder {folder}; name the folder of a bank, with a bank.yaml in it.")
    files: dict[str, str] = {}
    for file in sorted(folder.glob("*.yaml")):
        try:
            files[file.name] = file.read_text(encoding="utf-8-sig")
        except (UnicodeDecodeError, OSError) as error:
            raise ConfigurationError(f"{file} cannot be read as UTF-8 text: {error}.") from error
    return files


def read_folder(folder: Path) -> tuple[BankDocument, str]:
    """The bank of a folder and the fingerprint of its files. Raises MalformedBank, ConfigurationError."""
    files = bank_files(folder)
    return read_bank(files), fingerprint(files)


def fingerprint(files: dict[str, str]) -> str:
    """A fingerprint (SHA-256, hexadecimal) of the files' names and texts."""
    parts = (part for name, text in sorted(files.items()) for part in (name, text))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def load_folder(folder: Path) -> banks.LoadReport | None:
    """Load the bank of a folder; None where exactly these files were loaded before. Raises MalformedBank."""
    files = bank_files(folder)
    digest = fingerprint(files)
    session = db.session()
    if banks.is_loaded(session, digest):
        session.rollback()
        return None
    document = read_bank(files)
    session.rollback()
    begin_writing(session)
    report = banks.load_bank(session, document, digest, utcnow())
    bank = authoring.bank_named(session, document.id)
    if bank is not None and (report.added or report.changed):
        note("bank.loaded", "bank", bank.id)
    session.commit()
    return report


def load_questions() -> None:
    """Load every bank in the questions folder, saying what changed; a malformed one is reported and left as it was."""
    home = questions_folder(read_settings())
    folders = sorted(path for path in home.iterdir() if path.is_dir())
    if not any((folder / HEAD).is_file() for folder in folders):
        hint = f"; did you mean {home.parent}?" if (home / HEAD).is_file() else "."
        click.echo(f"There is no bank in {home}: a bank is a folder in it with a {HEAD}{hint}", err=True)
    for folder in folders:
        try:
            report = load_folder(folder)
        except MalformedBank as error:
            click.echo(f"The bank {folder} was not loaded; what was loaded before stays. Mend:", err=True)
            for problem in error.problems:
                click.echo(f"  {problem}", err=True)
        else:
            if report is not None:
                click.echo(f"Bank {folder.name}: {summary(report)}.")


def summary(report: banks.LoadReport) -> str:
    """What loading did, in a few words."""
    parts = [
        (len(report.added), "added"),
        (len(report.changed), "changed"),
        (len(report.unchanged), "unchanged"),
        (len(report.kept), "kept as edited in the browser"),
        (len(report.gone), "no longer in the files, left as they are"),
    ]
    return ", ".join(f"{count} {words}" for count, words in parts if count) or "nothing to load"
