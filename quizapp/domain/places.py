"""Places in a row that two hands arrange."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

KeyT = TypeVar("KeyT", bound=Hashable)


def merged(row: Sequence[KeyT], listed: Sequence[KeyT]) -> list[KeyT]:
    """Everything of both, in the order of `listed`; what only `row` has stays behind what it stood behind there."""
    known = set(listed)
    found = list(listed)
    for place, item in enumerate(row):
        if item not in known:
            known.add(item)
            found.insert(found.index(row[place - 1]) + 1 if place else 0, item)
    return found
