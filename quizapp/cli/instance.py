"""Opening the instance a command works on: its folder, its database brought up to date, its banks."""

import hashlib
import logging
from pathlib import Path

import click
import flask_migrate
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from quizapp import create_app
from quizapp.config import PACKAGE, ConfigurationError, instance_folder, make_instance, questions_folder, read_settings
from quizapp.formats.bank_yaml import HEAD, read_bank
from quizapp.formats.document import BankDocument
from quizapp.formats.problems import MalformedBank
from quizapp.models import db
from quizapp.models.engine import begin_writing
from quizapp.services import banks
from quizapp.web.clock import utcnow


def open_instance() -> Flask:
    """The app of this instance, which is made and brought up to date where needed. Raises ConfigurationError."""
    settings = read_settings()
    make_instance(instance_folder(settings))
    app = create_app()
    with app.app_context():
        upgrade_database()
    return app


def upgrade_database() -> None:
    """Bring the database to this version's tables. Raises ConfigurationError where it is newer than the program."""
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "migrations"))
    script = ScriptDirectory.from_config(config)
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == script.get_current_head():
        return
    if current is not None and current not in {revision.revision for revision in script.walk_revisions()}:
        raise ConfigurationError(
            f"The database was made by a newer quizapp (revision {current}); "
            "upgrade quizapp, or name another instance folder in QUIZAPP_INSTANCE."
        )
    logging.getLogger("alembic").setLevel(logging.WARNING)
    flask_migrate.upgrade()


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
