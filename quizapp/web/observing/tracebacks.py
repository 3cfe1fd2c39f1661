"""Where an error happened, for the log: every line of code it went through, and no value that passed there.

The words of an error often repeat what somebody typed (`invalid literal for int(): '…'`), and those of a database the
row. So they are left out, but for sorts of errors whose words are about the program itself.
"""

import traceback
from collections.abc import Iterator

from jinja2 import UndefinedError
from sqlalchemy.exc import DBAPIError

from quizapp.models.failures import name_of

_ABOUT_THE_PROGRAM = (AttributeError, ImportError, MemoryError, NameError, RecursionError, TypeError, UndefinedError)
_LONGEST_CHAIN = 10


def traceback_of(error: BaseException) -> str:
    """The traceback of an error and of those that led to it, the first one first."""
    return "\nthat led to:\n".join(_one(each) for each in reversed(list(_chain(error))))


def words_of(error: BaseException) -> str:
    """The sort of an error, and what can be said of it."""
    sort = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, DBAPIError):
        return f"{sort}: {name_of(error)}"
    if isinstance(error, OSError):
        return f"{sort}: {error.strerror or ''}".rstrip(": ")
    return f"{sort}: {error}" if isinstance(error, _ABOUT_THE_PROGRAM) else sort


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_LONGEST_CHAIN):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _one(error: BaseException) -> str:
    return "".join([*traceback.format_tb(error.__traceback__), words_of(error)])
