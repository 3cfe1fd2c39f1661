"""Which questions rest on the same lines: the same words decide them, or they rest on the same claim of the source."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from quizapp.domain.text import find_quote

KeyT = TypeVar("KeyT", bound=Hashable)


@dataclass(frozen=True)
class Lines:
    """What a question rests on, within one bank.

    `characters` are those of the words that decide it, each as the passage's slug and the offset in its text; `claims`
    are the codes of the source's claims.
    """

    characters: frozenset[tuple[str, int]]
    claims: frozenset[str] = frozenset()


def lines_of(quotes: Iterable[tuple[str, str]], claims: Iterable[str], texts: Mapping[str, str]) -> Lines:
    """The lines of a question with these deciding `quotes`, each a passage's slug and its words.

    `texts` holds the passages as they stand now, by slug; a quote that no longer stands there decides nothing.
    """
    characters = {
        (passage, offset)
        for passage, quote in quotes
        if (span := find_quote(texts.get(passage, ""), quote)) is not None
        for offset in range(span.start, span.end)
    }
    return Lines(frozenset(characters), frozenset(claims))


def closeness(one: Lines, other: Lines) -> tuple[int, int]:
    """How many characters decide both, and how many claims both rest on; (0, 0) where nothing is shared."""
    return len(one.characters & other.characters), len(one.claims & other.claims)


def nearest_first(lines: Lines, others: Mapping[KeyT, Lines]) -> list[KeyT]:
    """Those of `others` on the same lines, the most deciding words shared first, then the most claims.

    What shares neither is left out; between equals the order given is kept.
    """
    near = {key: shared for key, other in others.items() if any(shared := closeness(lines, other))}
    return sorted(near, key=lambda key: near[key], reverse=True)
