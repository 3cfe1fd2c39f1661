"""The `quizapp` command."""

import sys

import click

from quizapp.cli.bank import bank
from quizapp.cli.failures import in_one_sentence
from quizapp.cli.serve import serve
from quizapp.cli.user import user


@click.group()
@click.version_option(package_name="quizapp")
def commands() -> None:
    """Quizzes on a text, where every question points at the exact words that decide it."""


for command in (serve, bank, user):
    commands.add_command(command)


def main() -> None:
    """Run a command; what goes wrong is said in a sentence, with exit code 1."""
    with in_one_sentence():
        commands(prog_name="quizapp")
    sys.exit(0)
