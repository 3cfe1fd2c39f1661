"""Two teachers change one thing: who saves second is asked first, with what they typed still there.

A page sends along what its form was filled in with, as a stamp in a hidden field called `seen`.
"""

from typing import Any

from flask import flash, request
from flask_babel import gettext

from quizapp.formats.document import digest_of

LENGTH = 16
"""Characters of a stamp: enough that no two states have the same by chance."""


def stamp(*values: Any) -> str:
    """A short fingerprint of what is stored; dictionaries may be in any order."""
    plain = [value if isinstance(value, dict | list) else str(value) for value in values]
    return digest_of(plain)[:LENGTH]


def overtaken(stored: str, wanted: str) -> bool:
    """Whether somebody has saved something else since the form was opened; then that is said.

    `stored` and `wanted` are the stamps of what is there and of what the form asks for: the same form sent twice is no
    surprise to anybody. A form that does not tell what it was opened with is taken as it is.
    """
    if request.form.get("seen", stored) == stored or stored == wanted:
        return False
    flash(
        gettext(
            "Somebody has changed this since you opened the page. What you typed stands below and is not saved yet; "
            "save again to put it in the place of the other change."
        )
    )
    return True
