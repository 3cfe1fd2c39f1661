"""Comparing texts as a reader would: typographic variants of one sentence are the same sentence."""

import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_QUOTES = dict.fromkeys("‘’‚‛′ʼ´`", "'") | dict.fromkeys("“”„‟″«»", '"')
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
_FOLDED = _QUOTES | _DASHES
_INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


@dataclass(frozen=True)
class Span:
    """A stretch of a text, as character offsets: `start` is in it, `end` is not."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each base character with the combining marks that follow it, and where it stands."""
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or not unicodedata.combining(text[position]):
            yield start, text[start:position]
            start = position


def _fold_cluster(cluster: str) -> str:
    """A character with its marks as it is compared; white space is one blank, what cannot be seen is nothing."""
    normal = unicodedata.normalize("NFKC", cluster)
    return "".join(" " if c.isspace() else _FOLDED.get(c, c) for c in normal if c not in _INVISIBLE)


@lru_cache(maxsize=128)
def _fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the offset in `text` it came from.

    Kept for the texts last asked for: passages are searched for one quote after the other.
    """
    folded: list[str] = []
    offsets = array("L")
    for start, cluster in _clusters(text) if text else ():
        for kept in _fold_cluster(cluster):
            if kept == " " and (not folded or folded[-1] == " "):
                continue
            folded.append(kept)
            offsets.append(start)
    return "".join(folded), offsets


class _MarkFound(Exception):
    """A combining mark: the characters of this text cannot be folded one by one."""


class _FoldedCharacters(dict[int, str]):
    """What single characters fold to, worked out at first sight."""

    def __missing__(self, code: int) -> str:
        if unicodedata.combining(chr(code)):
            raise _MarkFound
        self[code] = _fold_cluster(chr(code))
        return self[code]


_CHARACTERS = _FoldedCharacters()


def fold_typography(text: str) -> str:
    """`text` with compatibility forms, quotation marks, dashes and runs of white space made one; case is kept."""
    try:
        return " ".join(text.translate(_CHARACTERS).split())
    except _MarkFound:
        return _fold_with_offsets(text)[0].strip()


def find_quote(text: str, quote: str) -> Span | None:
    """Where `quote` stands in `text`, typographic variants and line breaks aside; None when it does not.

    The span covers whole characters of the original text, so that marking it never splits an accent from its letter.
    """
    wanted = fold_typography(quote)
    if not wanted:
        return None
    folded, offsets = _fold_with_offsets(text)
    at = folded.find(wanted)
    if at < 0:
        return None
    last = offsets[at + len(wanted) - 1]
    end = next((offset for offset in offsets[at + len(wanted) :] if offset > last), len(text.rstrip()))
    return Span(offsets[at], _without_trailing_space(text, last, end))


def _without_trailing_space(text: str, last: int, end: int) -> int:
    while end > last + 1 and text[end - 1].isspace():
        end -= 1
    return end


def western_digits(text: str) -> str:
    """Arabic-Indic and Urdu digits as 0–9, the Arabic decimal separator as a point; grouping separators are dropped."""
    return "".join(_western(character) for character in text)


def _western(character: str) -> str:
    if character == "\u066b":
        return "."
    if character == "\u066c":
        return ""
    if character.isdigit() and not character.isascii():
        value = unicodedata.digit(character, None)
        return character if value is None else str(value)
    return character
