"""How far a long copy has come, on a terminal; nothing elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from quizapp.services.copying import Step, Tell


@contextmanager
def progress() -> Iterator[Tell]:
    """Gives what is to be called with each step; one line tells of the last, and is gone at the end."""
    terminal, done = sys.stderr.isatty(), dict[tuple[str, str], int]()

    def tell(step: Step) -> None:
        key = step.table, step.what
        done[key] = done.get(key, 0) + step.rows
        if terminal:
            click.echo(f"\r\033[K{step.table}: {done[key]:,} rows {step.what}", nl=False, err=True)

    yield tell
    if terminal:
        click.echo("\r\033[K", nl=False, err=True)
