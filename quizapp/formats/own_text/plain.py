"""Plain text: paragraphs between blank lines, and short lines that look like headings."""

import re
from collections.abc import Sequence

from quizapp.domain.splitting import Block
from quizapp.formats.own_text.manuscript import Manuscript

_LONGEST_LINE = 120
"""Characters: nobody breaks lines by hand beyond that, so that a longer line is a paragraph of its own."""
_LONGEST_HEADING, _MOST_WORDS = 80, 12
_LEAST_TEXT = 15
"""Words that a paragraph under a heading has at least; without them a short line is a line of verse or of a list."""
_RULE = re.compile(r"^\s*([-=*_~#·•]\s*){3,}$")
_LIST_ITEM = re.compile(r"^\s*([-*+•–]|\d{1,3}[.)])\s+\S")
_BULLET = re.compile(r"^[-*+•–>]\s")
_NUMBERED_HEADING = re.compile(
    r"^(?:(?:chapter|part|section|book|act|باب)\b.*|[IVXLC]+\.?|\d+(?:\.\d+)*\.?)$", re.IGNORECASE
)
_ENDS_A_SENTENCE = re.compile(r"[.,;…۔،؛。]['\"’”»)\]]*$")


def read_plain(text: str) -> Manuscript:
    """The text as paragraphs and headings; what Markdown would take for its own signs at a line's start is escaped."""
    found = [paragraph for lines in _groups(text) for paragraph in _paragraphs(lines)]
    return Manuscript(tuple(_block(found, place) for place in range(len(found))))


def _groups(text: str) -> list[list[str]]:
    """Lines between blank ones; a line of signs only, which divides or underlines, counts as blank."""
    groups: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip() and not _RULE.match(line):
            groups[-1].append(line.strip())
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _paragraphs(lines: Sequence[str]) -> list[str]:
    if len(lines) > 1 and all(_LIST_ITEM.match(line) for line in lines):
        return ["\n".join(re.sub(r"^[•–]", "-", line) for line in lines)]
    if max(map(len, lines)) > _LONGEST_LINE:
        return [_escaped(line) for line in lines]
    return [_escaped(" ".join(lines))]


def _escaped(line: str) -> str:
    """A line that begins like a heading, a quotation, an item or a number stays what it is: “1947. In that year …”."""
    return re.sub(r"^(?:(\d{1,9})([.)])(?=\s)|([#>+-])(?=\s|#))", r"\1\\\2\3", line)


def _block(paragraphs: Sequence[str], place: int) -> Block:
    here = paragraphs[place]
    following = paragraphs[place + 1 : place + 3]
    if not _looks_like_heading(here) or not following:
        return Block(here)
    is_text = [len(paragraph.split()) >= _LEAST_TEXT for paragraph in following]
    if is_text[0]:
        level = 2
    elif len(is_text) > 1 and is_text[1] and _looks_like_heading(following[0]):
        level = 1 if place == 0 else 2
    else:
        return Block(here)
    return Block(here.replace("\\", ""), level)


def _looks_like_heading(line: str) -> bool:
    """One short line that is no sentence; it begins with a number or a capital, where the script has any."""
    plain = line.replace("\\", "")
    if "\n" in line or len(plain) > _LONGEST_HEADING or len(plain.split()) > _MOST_WORDS or _BULLET.match(plain):
        return False
    if _NUMBERED_HEADING.match(plain):
        return True
    first = next((character for character in plain if character.isalpha()), "")
    return bool(first) and not first.islower() and not _ENDS_A_SENTENCE.search(plain)
