"""Texts as the rules compare them: words, word stems, names, runs of words, and how alike two texts are."""

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from quizapp.domain.text import fold_typography

_MARKS = "".join(chr(code) for code in range(0x300, 0x1B00) if unicodedata.category(chr(code))[0] == "M")
"""Vowel signs and accents, which stand inside words of Arabic and Indian scripts and are no letters to `re`."""
_WORD = re.compile(rf"[^\W_](?:['-]?[^\W_]|[{_MARKS}])*")
_QUOTED = re.compile(r'"[^"]*"')
_EMPHASIS = re.compile(r"[*_]{1,3}")
_ARTICLE = re.compile(r"^(?:the|an?) (?=\S)", re.IGNORECASE)
_ENDINGS = ("ing", "ed", "es", "s")


def folded(text: str) -> str:
    """`text` with typography folded; a dash between sentences keeps the words beside it apart, as a hyphen does not."""
    return fold_typography(text.replace("—", " — "))


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """`text` with typography folded, in lower case, without the marks of emphasis."""
    return _EMPHASIS.sub("", folded(text)).casefold()


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[str, ...]:
    """The words of `text`, folded, in lower case, in order; a possessive ending is left off."""
    return tuple(word.removesuffix("'s") for word in _WORD.findall(plain(text)))


def stem_of(word: str) -> str:
    """A rough stem, so that “recognised” meets “recognises”: common English endings off, four letters kept."""
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)].removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word


def capitalised(text: str) -> set[str]:
    """The words written with a capital that do not open a sentence, in lower case: names, for the most part."""
    shown = _EMPHASIS.sub("", folded(text))
    found: set[str] = set()
    for match in _WORD.finditer(shown):
        before = shown[: match.start()].rstrip(" \"'([")
        opens = not before or before[-1] in ".?!:"
        if match.group()[0].isupper() and not opens:
            found.add(match.group().casefold().removesuffix("'s"))
    return found


def without_quotations(text: str) -> str:
    """`text` with what stands between double quotation marks left out; a bar keeps the two sides apart."""
    return _QUOTED.sub(" | ", folded(text))


def runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    """Every run of `length` words outside quotation marks."""
    for piece in without_quotations(text).split("|"):
        found = words(piece)
        yield from (found[start : start + length] for start in range(len(found) - length + 1))


def without_article(text: str) -> str:
    """`text` as options are compared: folded, lower case, no leading article, no closing stop."""
    return _ARTICLE.sub("", plain(text).strip()).rstrip(". ")


def are_alike(first: str, second: str, least: float) -> bool:
    """Whether two texts are at least so alike, 0–1, by their longest common blocks (Ratcliff & Obershelp 1988).

    The cheap upper bounds are tried first, because hardly any two texts are alike.
    """
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least


def trigrams(text: str) -> frozenset[str]:
    """Every three letters in a row of the folded text, blanks counting as letters."""
    spaced = f"  {' '.join(words(text))} "
    return frozenset(spaced[start : start + 3] for start in range(len(spaced) - 2))
