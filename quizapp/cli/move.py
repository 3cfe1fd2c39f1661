"""`quizapp move-to`: from SQLite to PostgreSQL."""

import click
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from quizapp import instance_lock
from quizapp.cli.instance import database_file, present_instance, quiet_migrations
from quizapp.cli.progress import progress
from quizapp.config import ConfigurationError, instance_folder, read_settings, with_driver
from quizapp.services import audit, copying
from quizapp.web.clock import utcnow


@click.command("move-to")
@click.argument("address")
def move_to(address: str) -> None:
    """Copy the SQLite database into an empty PostgreSQL database at ADDRESS, and compare every row.

    ADDRESS is such as postgresql://name:password@host/database. Stop the site first.
    """
    target = _engine_at(address)
    click.get_current_context().call_on_close(target.dispose)
    with instance_lock.alone(instance_folder(read_settings())):
        app = present_instance()
        quiet_migrations()
        source = database_file(app)
        if source is None:
            raise ConfigurationError("The database is no SQLite file any more; QUIZAPP_DATABASE names another already.")
        with app.app_context(), progress() as tell:
            found = copying.file_into_postgres(source, target, tell)
        _note_there(target)
    rows = sum(count for count, _digest in found.values())
    click.echo(
        f"All {rows:,} rows of {len(found)} tables are in {target.url.set(drivername='postgresql')!s}, compared."
    )
    click.echo("Set QUIZAPP_DATABASE to this address, with its password, then start the site again.")
    click.echo(f"{source} is as it was; keep it until you are sure.")


def _note_there(target: Engine) -> None:
    """The audit log of the new database says where it begins."""
    with Session(target) as session:
        audit.note(session, audit.Deed("database.moved", utcnow(), by_command=True))
        session.commit()
    target.dispose()


def _engine_at(address: str) -> Engine:
    """An engine on a PostgreSQL database. Raises ConfigurationError for another address, which it does not repeat."""
    try:
        url = make_url(with_driver(address))
    except (SQLAlchemyError, ValueError):
        url = None
    if url is None or url.get_backend_name() != "postgresql":
        raise ConfigurationError("Name the address of a PostgreSQL database: postgresql://name:password@host/database.")
    return create_engine(url)
