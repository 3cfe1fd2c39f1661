"""Usernames: which ones there may be, and one made of a name."""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from itertools import count

SHORTEST_USERNAME = 3
LONGEST_USERNAME = 40
_MAY_BE = re.compile(r"[\w.-]{3,40}")
_ROOM_FOR_NUMBER = 5
_NO_LETTERS = "student"
_SPELT = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
"""Letters of the Latin alphabet that do not fall apart into a plain one and a mark."""


def may_be_username(text: str) -> bool:
    """Whether this can be a username: 3 to 40 letters, digits, dots, hyphens and underscores."""
    return _MAY_BE.fullmatch(text) is not None


def username_from(name: str, taken: AbstractSet[str]) -> str:
    """A username nobody has, made of a name: in plain letters that every keyboard has, such as `zoe.ali`.

    Where it is taken, or too short, a number follows; of a name without such letters it is `student` and a number.
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_SPELT)).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’`]", "", plain))
    base = ".".join(words)[: LONGEST_USERNAME - _ROOM_FOR_NUMBER].rstrip(".")
    if len(base) >= SHORTEST_USERNAME and base not in taken:
        return base
    return next(found for number in count(2 if base else 1) if (found := _numbered(base, number)) not in taken)


def _numbered(base: str, number: int) -> str:
    return f"{base or _NO_LETTERS}.{number}"
