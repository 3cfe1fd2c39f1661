"""The `quizapp` command."""

import sys

import click

from quizapp.cli.backup import backup, restore
from quizapp.cli.bank import bank
from quizapp.cli.doctor import doctor
from quizapp.cli.failures import in_one_sentence
from quizapp.cli.move import move_to
from quizapp.cli.serve import serve
from quizapp.cli.tidy import tidy
from quizapp.cli.user import user


@click.group()
@click.version_option(package_name="quizapp")
def commands() -> None:
    """Quizzes on a text, where every question points at the exact words that decide it."""


COMMANDS: tuple[click.Command, ...] = (serve, bank, user, backup, restore, move_to, doctor, tidy)
for command in COMMANDS:
    commands.add_command(command)


def main() -> None:
    """Run a command; what goes wrong is said in a sentence, with exit code 1."""
    with in_one_sentence():
        commands(prog_name="quizapp")
    sys.exit(0)
