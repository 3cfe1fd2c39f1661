"""How migrations reach the database: by the connection that they are given, or through the app that runs them."""

from alembic import context
from flask import current_app

from quizapp.models.base import UtcDateTime

extension = current_app.extensions["migrate"]


def _render_item(kind, item, autogen_context):
    """A stored time is a plain timestamp to the database, so that migrations do not depend on our code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _check_foreign_keys(connection, on) -> None:
    """Switch SQLite's checking of foreign keys, which works only outside a transaction.

    Changing a column makes SQLite build the table anew, and dropping the old one would take all rows with it that
    refer to it.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _refuse_orphans(connection) -> None:
    """Nothing may refer to what a migration has taken away; raising undoes the migration."""
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            raise RuntimeError(f"rows refer to what is not there after the migration: {orphans[:5]}")


def _migrate(connection) -> None:
    """Bring the database to the revision asked for; in the connection's own transaction where it has begun one."""
    context.configure(
        connection=connection,
        target_metadata=extension.db.metadata,
        render_item=_render_item,
        transaction_per_migration=False,
        **extension.configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
        _refuse_orphans(connection)


def run() -> None:
    """All of it or nothing."""
    given = context.config.attributes.get("connection")
    if given is not None:
        _migrate(given)
        return
    with extension.db.engine.connect() as connection:
        _check_foreign_keys(connection, on=False)
        try:
            _migrate(connection)
        finally:
            _check_foreign_keys(connection, on=True)


run()
