"""`quizapp backup` and `quizapp restore`: a copy of everything that people have written, and how it comes back."""

from contextlib import suppress
from pathlib import Path

import click
from flask import Flask

from quizapp import create_app, instance_lock
from quizapp.cli.instance import database_file, hang_up_at_the_end, present_instance, quiet_migrations
from quizapp.cli.noting import note_afterwards
from quizapp.cli.progress import progress
from quizapp.config import instance_folder, make_instance, read_settings
from quizapp.models import db
from quizapp.services import backups, copying, upgrading
from quizapp.web.clock import utcnow

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=_FILE)
@click.option(
    "--keep", type=click.IntRange(1), help="Delete all but so many of the files that differ only in their date."
)
def backup(file: Path, keep: int | None) -> None:
    """Write a verified copy of the database to FILE, also while the site serves.

    Signs in the name of FILE stand for the time, in UTC: %Y %m %d %H %M %S.
    """
    named = backups.dated(file, utcnow())
    if keep is not None:
        backups.pattern_of(file)
    app = present_instance()
    quiet_migrations()
    with app.app_context():
        rows = _write(app, named)
        note_afterwards("backup.made", rows=rows)
    backups.remember_last(Path(app.instance_path), named)
    click.echo(f"{named} holds the database: {rows:,} rows, {named.stat().st_size / 1e6:.1f} MB, verified.")
    if keep is not None:
        for old in backups.drop_oldest(file, keep, named):
            click.echo(f"  deleted, older than the {keep} kept: {old}")


def _write(app: Flask, to: Path) -> int:
    """Write the copy, and give its number of rows."""
    database = database_file(app)
    if database is not None:
        return sum(backups.copy_database(database, to).values())
    with progress() as tell:
        return sum(rows for rows, _digest in copying.postgres_into_file(db.engine, to, tell).values())


@click.command()
@click.argument("file", type=_FILE)
def restore(file: Path) -> None:
    """Put a copy that `backup` wrote in place of the database, which is kept; stop the site first.

    A PostgreSQL database that takes it must be empty.
    """
    folder = instance_folder(read_settings())
    backups.examine(file)
    make_instance(folder)
    quiet_migrations()
    with instance_lock.alone(folder):
        app = create_app()
        hang_up_at_the_end(app)
        with app.app_context():
            _put_in_place(app, file)
            db.engine.dispose()
            note_afterwards("backup.restored")


def _put_in_place(app: Flask, file: Path) -> None:
    database = database_file(app)
    if database is None:
        with progress() as tell:
            copying.file_into_postgres(file, db.engine, tell)
        click.echo(f"The database holds what {file} holds.")
        return
    kept = backups.replace_database(database, _ready_beside(database, file), utcnow())
    click.echo(f"{database} holds what {file} holds.")
    if kept is not None:
        click.echo(f"The database before is kept as {kept}; delete it when you no longer need it.")


def _ready_beside(database: Path, file: Path) -> Path:
    """A copy beside the database, brought to this version's tables: what can fail does so before it is in place."""
    fresh = database.with_name(f".{database.name}.restoring")
    for left in (fresh, *(fresh.with_name(f"{fresh.name}-{rest}") for rest in ("journal", "wal", "shm"))):
        with suppress(FileNotFoundError):
            left.unlink()
    backups.copy_database(file, fresh)
    engine = copying.engine_of_file(fresh)
    try:
        upgrading.upgrade(engine, None, 0, utcnow())
    finally:
        engine.dispose()
    return fresh
