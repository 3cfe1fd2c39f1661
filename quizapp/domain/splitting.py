"""A text cut into sections and into passages of the size that questions rest on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from math import ceil

from quizapp.domain.sentences import sentences

SHORTEST, LONGEST = 80, 200
"""Words between which a passage should lie: enough for several questions, and read again in a minute."""
LONGEST_TITLE = 60
"""Characters up to which the first words of a passage are taken for its title."""
_LONGEST_HEADING = 300
_CHARACTERS_PER_WORD = 12
"""Of the longest words a language has on the average; a script without blanks is measured by it."""
_LIST_ITEM = re.compile(r"(?m)^(?=\s*(?:[-*+>]|\d{1,9}[.)])\s)")


@dataclass(frozen=True)
class Block:
    """A paragraph (or list) in Markdown, or a heading: then `level` is 1 for the highest, and `text` is plain."""

    text: str
    level: int = 0


@dataclass(frozen=True)
class Piece:
    """A passage to be."""

    title: str
    text: str


@dataclass(frozen=True)
class Part:
    """A section to be; without a heading of its own its title is empty."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class SplitText:
    """A text in its parts; `title` is the text's own, where it begins with one."""

    title: str
    parts: tuple[Part, ...]


@dataclass
class _Stretch:
    """The paragraphs under one heading: `part` is a section's that begins here, `heading` the passage's own."""

    part: str = ""
    heading: str = ""
    paragraphs: list[str] = field(default_factory=list)


def split(blocks: Sequence[Block], shortest: int = SHORTEST, longest: int = LONGEST) -> SplitText:
    """Sections by the highest headings, passages by the lower ones and by size, in words.

    Paragraphs of fewer than `shortest` words are joined with their neighbours under the same heading, those of more
    than `longest` cut at the ends of sentences. Nothing is lost: every word is in a passage, or in a title that was a
    heading. A heading without text joins the next one.
    """
    title, rest = _own_title(blocks)
    parts: list[Part] = []
    for stretch in _stretches(rest):
        pieces = _pieces(stretch, shortest, longest)
        if stretch.part or not parts:
            parts.append(Part(stretch.part, pieces))
        else:
            parts[-1] = Part(parts[-1].title, parts[-1].pieces + pieces)
    return SplitText(title, tuple(parts))


def _own_title(blocks: Sequence[Block]) -> tuple[str, Sequence[Block]]:
    """A heading at the very beginning that is the only one of its level, with lower ones below it."""
    levels = [block.level for block in blocks if block.level]
    if len(levels) < 2 or not blocks[0].level or min(levels[1:]) <= levels[0]:
        return "", blocks
    return blocks[0].text, blocks[1:]


def _stretches(blocks: Sequence[Block]) -> list[_Stretch]:
    highest = min((block.level for block in blocks if block.level), default=1)
    found = [_Stretch()]
    for block in blocks:
        if not block.level or len(block.text) > _LONGEST_HEADING:
            found[-1].paragraphs.append(block.text)
        elif block.level <= highest:
            _begin_part(found, block.text)
        else:
            _begin_piece(found, block.text)
    return [stretch for stretch in map(_with_words, found) if stretch.paragraphs]


def _with_words(stretch: _Stretch) -> _Stretch:
    """A heading that nothing follows heads nothing: it is a paragraph of what came before."""
    words = [f"**{text}**" for text in (stretch.part, stretch.heading) if text]
    return stretch if stretch.paragraphs else _Stretch(paragraphs=words)


def _begin_part(found: list[_Stretch], text: str) -> None:
    """A section's heading right below another one is a part of the same title."""
    here = found[-1]
    joined = f"{here.part} · {text}"
    if here.part and not here.heading and not here.paragraphs and len(joined) <= _LONGEST_HEADING:
        here.part = joined
    else:
        found.append(_Stretch(part=text))


def _begin_piece(found: list[_Stretch], text: str) -> None:
    here = found[-1]
    joined = f"{here.heading} · {text}" if here.heading else text
    if not here.paragraphs and len(joined) <= _LONGEST_HEADING:
        here.heading = joined
    else:
        found.append(_Stretch(heading=text))


def _pieces(stretch: _Stretch, shortest: int, longest: int) -> tuple[Piece, ...]:
    small = [part for paragraph in stretch.paragraphs for part in shortened(paragraph, longest)]
    texts = ["\n\n".join(group) for group in _grouped(small, shortest, longest)]
    return tuple(
        Piece(stretch.heading if stretch.heading and not place else title_of(text), text)
        for place, text in enumerate(texts)
    )


def _grouped(paragraphs: Iterable[str], shortest: int, longest: int) -> list[list[str]]:
    """Neighbours together until they are long enough, and what is left over at the end with the group before it."""
    groups: list[list[str]] = []
    for paragraph in paragraphs:
        if groups and _joins(_size(groups[-1]), size(paragraph), shortest, longest):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    if len(groups) > 1 and _joins(_size(groups[-1]), _size(groups[-2]), shortest, longest):
        last = groups.pop()
        groups[-1] += last
    return groups


def _joins(before: int, after: int, shortest: int, longest: int) -> bool:
    """Whether a paragraph goes with the one before: where that is short, unless both together are too long by much."""
    if before >= shortest:
        return False
    return before + after <= (longest if 2 * before >= shortest else longest + shortest // 2)


def _size(paragraphs: Iterable[str]) -> int:
    return sum(size(paragraph) for paragraph in paragraphs)


def size(text: str) -> int:
    """How many words a text has; one in a script without blanks is measured by its characters."""
    return max(len(text.split()), len(text) // _CHARACTERS_PER_WORD)


def shortened(paragraph: str, longest: int = LONGEST) -> list[str]:
    """A paragraph in as few and as equal parts as make each about `longest` words at most, cut where sentences end.

    A list is cut between its items. Only a sentence of twice that length is cut between words.
    """
    whole = size(paragraph)
    if whole <= longest:
        return [paragraph]
    target = whole / ceil(whole / longest)
    parts: list[str] = [""]
    done = 0
    for sentence in _units(paragraph, longest):
        length = size(sentence)
        if parts[-1] and done + length / 2 > target * len(parts):
            parts.append("")
        parts[-1] += sentence
        done += length
    return [part.strip() for part in parts if part.strip()]


def cuts(text: str) -> list[int]:
    """Where a passage can be divided, as offsets: before its paragraphs; of one, its items or sentences."""
    offsets = [gap.end() for gap in re.finditer(r"(?<=\S)[^\S\n]*\n\s*\n(?=\s*\S)", text)]
    if not offsets:
        ends = accumulate(len(part) for part in _parts_of(text))
        offsets = [end for end in ends if text[:end].strip() and text[end:].strip()]
    return offsets


def units(text: str) -> list[str]:
    """The parts between those offsets."""
    return [text[start:end].strip() for start, end in pairwise([0, *cuts(text), len(text)])]


def _parts_of(paragraph: str) -> list[str]:
    items = [part for part in _LIST_ITEM.split(paragraph) if part]
    return items if len(items) > 1 else sentences(paragraph)


def _units(paragraph: str, longest: int) -> Iterator[str]:
    for unit in _parts_of(paragraph):
        if size(unit) <= 2 * longest:
            yield unit
        else:
            words = re.findall(r"\S+\s*", unit)
            yield from ("".join(words[at : at + longest]) for at in range(0, len(words), longest))


def title_of(text: str) -> str:
    """The first words of a passage, without the signs of Markdown, for a title."""
    plain = " ".join(re.sub(r"[*_`>#\\]+|\[|\]\([^)]*\)|(?m:^\s*(?:[-+]|\d+[.)])\s)", "", text).split())
    if len(plain) <= LONGEST_TITLE:
        return plain.rstrip(".,;:") or "…"
    cut = plain[: LONGEST_TITLE + 1]
    short = cut.rsplit(" ", 1)[0] if " " in cut else cut[:LONGEST_TITLE]
    return f"{short.rstrip(' .,;:–—-')}…"
