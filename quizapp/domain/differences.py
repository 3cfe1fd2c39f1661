"""What changed between two texts, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import takewhile

_PUNCTUATION = re.escape(".,;:!?…()[]{}<>\"'“”„‘’«»*_#/–—،؛؟۔")
_WORD = re.compile(rf"([{_PUNCTUATION}]|[^\s{_PUNCTUATION}]+|^(?=\s))(\s*)")
"""A word, or one mark of punctuation, with the white space after it; an empty word before white space at the start."""

_MOST_PAIRS = 4_000_000
"""Pairs of equal words up to which every word may be matched with every other, about a second of work."""


class Fate(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Change:
    """A run of words, white space and all, and what became of it."""

    fate: Fate
    text: str

    @property
    def kept(self) -> bool:
        """Whether both texts have it."""
        return self.fate is Fate.KEPT

    @property
    def added(self) -> bool:
        """Whether only the later text has it."""
        return self.fate is Fate.ADDED

    @property
    def removed(self) -> bool:
        """Whether only the earlier text has it."""
        return self.fate is Fate.REMOVED


@dataclass(frozen=True)
class _Stretch:
    """Words that stand in both texts (`before` equals `after`), or what one of them has in place of the other's."""

    before: str
    after: str

    @property
    def kept(self) -> bool:
        return self.before == self.after


def word_difference(before: str, after: str) -> list[Change]:
    """The two texts as runs of words kept, removed and added, in reading order; the removed before what replaces it.

    Those kept and removed, joined, are `before`; those kept and added are `after`, to the last blank. White space that
    changed is a change like another. Equal texts give one run, two empty ones none.
    """
    stretches = _joined(_stretches(_words(before), _words(after)))
    return [change for stretch in _closed(stretches) for change in _changes(stretch)]


def _words(text: str) -> list[tuple[str, str]]:
    return [(found[1], found[2]) for found in _WORD.finditer(text)]


def _stretches(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> Iterator[_Stretch]:
    """Words are compared without the white space after them, which may have changed where the word has not."""
    old, new = [word for word, _ in before], [word for word, _ in after]
    matcher = SequenceMatcher(None, old, new, autojunk=_pairs(old, new) > _MOST_PAIRS)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            for (word, space), (_, space_now) in zip(before[old_start:old_end], after[new_start:new_end], strict=True):
                yield _Stretch(word, word)
                yield _Stretch(space, space_now)
        else:
            yield _Stretch(
                "".join(word + space for word, space in before[old_start:old_end]),
                "".join(word + space for word, space in after[new_start:new_end]),
            )


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal words there are: what comparing costs. A text of one word a thousand times has many."""
    counts = Counter(new)
    return sum(times * counts[word] for word, times in Counter(old).items())


def _joined(stretches: Iterator[_Stretch]) -> list[_Stretch]:
    """Neighbours of one sort made one; a mark or a blank alone between two changes is part of them."""
    joined: list[_Stretch] = []
    for stretch in stretches:
        if not stretch.before and not stretch.after:
            continue
        if joined and joined[-1].kept is stretch.kept:
            joined[-1] = _together(joined[-1], stretch)
        elif not stretch.kept and len(joined) > 1 and not _has_words(joined[-1].before):
            between = joined.pop()
            joined[-1] = _together(joined[-1], between, stretch)
        else:
            joined.append(stretch)
    return joined


def _closed(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """White space that begins or ends both sides of a change is no part of it, but of what is kept around it."""
    found: list[_Stretch] = []
    for stretch in stretches:
        for part in [stretch] if stretch.kept else _without_common_space(stretch):
            if found and found[-1].kept and part.kept:
                found[-1] = _together(found[-1], part)
            elif part.before or part.after:
                found.append(part)
    return found


def _without_common_space(stretch: _Stretch) -> tuple[_Stretch, _Stretch, _Stretch]:
    before, after = stretch.before, stretch.after
    head = _common_space(before, after)
    before, after = before[len(head) :], after[len(head) :]
    tail = _common_space(before[::-1], after[::-1])[::-1]
    end = -len(tail) or None
    return _Stretch(head, head), _Stretch(before[:end], after[:end]), _Stretch(tail, tail)


def _common_space(one: str, other: str) -> str:
    """The white space that both begin with."""
    pairs = takewhile(lambda pair: pair[0] == pair[1] and pair[0].isspace(), zip(one, other, strict=False))
    return "".join(character for character, _ in pairs)


def _together(*stretches: _Stretch) -> _Stretch:
    return _Stretch("".join(one.before for one in stretches), "".join(one.after for one in stretches))


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _changes(stretch: _Stretch) -> Iterator[Change]:
    if stretch.kept:
        yield Change(Fate.KEPT, stretch.before)
        return
    if stretch.before:
        yield Change(Fate.REMOVED, stretch.before)
    if stretch.after:
        yield Change(Fate.ADDED, stretch.after)
