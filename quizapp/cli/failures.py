"""What can go wrong around a command, each as one sentence with its remedy."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import ArgumentError as BadAddress
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from quizapp.config import ConfigurationError
from quizapp.services.copying import CannotCopy

_EXTRAS = {"psycopg": "postgres", "redis": "redis", "authlib": "oidc"}
"""By module, the extra of this package that brings it."""


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """Turn the failures a person can mend into a sentence on standard error and exit code 1."""
    try:
        yield
    except ConfigurationError as error:
        _stop(str(error))
    except CannotCopy as error:
        _stop(f"{error}; nothing was kept.")
    except ModuleNotFoundError as error:
        if error.name not in _EXTRAS:
            raise
        _stop(f"{error.name} is not installed; `pip install 'quizapp[{_EXTRAS[error.name]}]'` brings it.")
    except (BadAddress, NoSuchModuleError) as error:
        _stop(f"QUIZAPP_DATABASE is no database address that can be used: {error}.")
    except DBAPIError as error:
        says = " ".join(str(error.orig).split())
        _stop(f"The database cannot be used ({says}); check QUIZAPP_DATABASE, that it runs, and your rights to it.")


def _stop(sentence: str) -> None:
    click.echo(f"quizapp: {sentence}", err=True)
    sys.exit(1)
