"""`quizapp bank`: check, load and export banks of questions."""

import sys
from pathlib import Path

import click

from quizapp.cli import bank_report
from quizapp.cli.bank_report import Checked, counts
from quizapp.cli.instance import bank_files, load_folder, open_instance, read_folder, summary
from quizapp.cli.noting import note
from quizapp.config import ConfigurationError
from quizapp.domain.access import Right
from quizapp.formats.bank_yaml import examine, write_bank
from quizapp.formats.document import BankDocument
from quizapp.formats.problems import MalformedBank
from quizapp.lint import lint_bank
from quizapp.models import db
from quizapp.services import authoring, banks, sharing
from quizapp.services.orphans import orphans

_FOLDER = click.Path(path_type=Path)


@click.group()
def bank() -> None:
    """Banks of questions."""


@bank.command()
@click.argument("folder", type=_FOLDER)
@click.option("--strict", is_flag=True, help="Fail on warnings as well as on errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the report for programs.")
def check(folder: Path, strict: bool, as_json: bool) -> None:
    """Check a bank's files and the writing of its questions, without loading them."""
    examined = examine(bank_files(folder))
    report = lint_bank(examined.bank) if examined.bank is not None else None
    checked = Checked(str(folder), examined, report)
    click.echo(bank_report.as_json(checked, strict) if as_json else bank_report.as_text(checked, strict))
    sys.exit(1 if checked.fails(strict) else 0)


@bank.command()
@click.argument("folder", type=_FOLDER)
def load(folder: Path) -> None:
    """Load a bank's files into the database: all of them, or with any error none."""
    _read(folder)
    app = open_instance()
    with app.app_context():
        report = load_folder(folder)
    if report is None:
        click.echo(f"{folder} is loaded already; nothing has changed.")
        return
    click.echo(f"{folder} is loaded: {summary(report)}.")
    for name in report.kept:
        click.echo(f"  kept, edited in the browser: {name}")


@bank.command()
@click.argument("slug")
@click.argument("folder", type=_FOLDER)
def export(slug: str, folder: Path) -> None:
    """Write the bank SLUG as files into FOLDER, which must not hold any yet."""
    if folder.is_dir() and any(folder.iterdir()):
        raise ConfigurationError(f"{folder} is not empty; name a new folder, so that nothing is overwritten.")
    app = open_instance()
    with app.app_context():
        document = banks.export_bank(db.session(), slug)
        found = authoring.bank_named(db.session(), slug)
        orphaned = {orphan.question_id for orphan in orphans(db.session(), found)} if found else set()
    if document is None:
        raise ConfigurationError(f"There is no bank {slug}; `quizapp bank load` brings one in.")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in write_bank(document).items():
        (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"{folder} holds the bank {slug}: {counts(document)}.")
    if orphaned:
        click.echo(f"  without their words in the text: {len(orphaned)}; `quizapp bank check` says which.")


@bank.command()
@click.argument("slug")
@click.argument("username")
def give(slug: str, username: str) -> None:
    """Make the teacher USERNAME an owner of the bank SLUG, who can share it and narrow who may change it."""
    app = open_instance()
    with app.app_context():
        found = authoring.bank_named(db.session(), slug)
        if found is None:
            raise ConfigurationError(f"There is no bank {slug}; `quizapp bank load` brings one in.")
        try:
            given = sharing.share(db.session(), found, username, Right.OWN)
        except sharing.NotATeacher as error:
            raise ConfigurationError(f"No teacher is called {username}; `quizapp user list` shows who is.") from error
        note("bank.given", "bank", found.id, people=[given.user_id])
        db.session.commit()
    click.echo(f"{username} owns the bank {slug}.")


def _read(folder: Path) -> tuple[BankDocument, str]:
    try:
        return read_folder(folder)
    except MalformedBank as error:
        for problem in error.problems:
            click.echo(f"{folder / problem.file}{str(problem).removeprefix(problem.file)}", err=True)
        count = len(error.problems)
        click.echo(f"{count} {'problem' if count == 1 else 'problems'}; nothing was loaded.", err=True)
        sys.exit(1)
