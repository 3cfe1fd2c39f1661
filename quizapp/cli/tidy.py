"""`quizapp tidy`: erase what has been kept as long as the settings say."""

from datetime import datetime

import click
from flask import current_app

from quizapp.cli.instance import open_instance
from quizapp.cli.noting import note
from quizapp.config import ConfigurationError
from quizapp.models import db
from quizapp.models.engine import begin_writing
from quizapp.services import retention
from quizapp.services.retention import Erased, Terms
from quizapp.web.clock import utcnow


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be erased, and erase nothing.")
@click.option("--clock-is-right", is_flag=True, help="Erase, though nothing has happened here for long.")
def tidy(dry_run: bool, clock_is_right: bool) -> None:
    """Erase guests, students and entries of the audit log whose time is over, and old links to choose passwords.

    Where nothing has happened for so long that the clock may be wrong, nothing is erased unless you say it is right.
    """
    app = open_instance()
    with app.app_context():
        terms = Terms.of(current_app.config)
        found = retention.due(db.session(), terms, utcnow())
        silent_since = retention.silent_since(db.session(), utcnow())
        db.session.rollback()
        if not found:
            click.echo("Nothing has been kept longer than it is to be.")
        elif dry_run:
            click.echo(f"This would be erased: {in_words(found)}.")
        elif silent_since is not None and not clock_is_right:
            raise ConfigurationError(_doubt(silent_since, found))
        else:
            click.echo(f"Erased: {in_words(_erase(terms))}.")


def _doubt(silent_since: datetime, found: Erased) -> str:
    return (
        f"The clock says {utcnow():%Y-%m-%d}, and before this week nothing has happened here since "
        f"{silent_since:%Y-%m-%d}, so nothing was erased ({in_words(found)} would be); set the clock, "
        "or say that it is right: quizapp tidy --clock-is-right."
    )


def _erase(terms: Terms) -> Erased:
    """A little at a time, each with a transaction of its own, so that those who answer never wait for long."""
    total = Erased()
    while erased := _erase_some(terms):
        total += erased
    return total


def _erase_some(terms: Terms) -> Erased:
    """Each step is noted with what it erased, so that the log is true whenever this is stopped."""
    begin_writing(db.session())
    erased = retention.erase_some(db.session(), terms, utcnow())
    if erased:
        note("tidied", **{name: count for name, count in vars(erased).items() if count})
    db.session.commit()
    return erased


def in_words(erased: Erased) -> str:
    """How many of what, leaving out what there is none of."""
    parts = (
        (erased.guests, "guest", "guests"),
        (erased.students, "student", "students"),
        (erased.entries, "entry of the audit log", "entries of the audit log"),
        (erased.links, "old link to choose a password", "old links to choose a password"),
    )
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in parts if count) or "nothing"
