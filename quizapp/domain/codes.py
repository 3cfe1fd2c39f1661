"""Short texts that people read from a wall or from paper and type: join codes, and the ends of one-time links."""

import unicodedata
from collections.abc import Callable, Sequence

ALPHABET = "0123456789ACDEFGHJKMNPQRTVWXY"
"""No two of these are mistaken for one another; what is mistaken for one of them is in `_TAKEN_FOR`."""

_TAKEN_FOR = str.maketrans("OILSZBU", "011528V")

Choose = Callable[[Sequence[str]], str]
"""Chooses one of several, as `secrets.choice` does."""


def normal_text(typed: str) -> str:
    """What was meant by what was typed: in any case, with spaces or dashes, with O for 0 and I or L for 1."""
    upper = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in upper if sign.isalnum()).translate(_TAKEN_FOR)


def in_groups(code: str) -> str:
    """A code as it is shown, four signs at a time: `7KQF-M2XA`."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def new_text(length: int, choose: Choose) -> str:
    """So many signs of the alphabet by chance."""
    return "".join(choose(ALPHABET) for _ in range(length))
