"""How migrations reach the database: through the app that runs them."""

from alembic import context
from flask import current_app

from quizapp.models.base import UtcDateTime

extension = current_app.extensions["migrate"]


def _render_item(kind, item, autogen_context):
    """A stored time is a plain timestamp to the database, so that migrations do not depend on our code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Bring the database to the revision asked for, all of it or nothing."""
    with extension.db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=extension.db.metadata,
            render_item=_render_item,
            transaction_per_migration=False,
            **extension.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
