"""How the lists of a Word file are counted."""

from collections import Counter
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_DEEPEST = 4
_BULLETS = frozenset({"bullet", "none"})


class Numbering:
    """The lists of a file. A paragraph belongs to one by itself, or by its style."""

    def __init__(self, document: WordDocument) -> None:
        self._counted: Counter[tuple[str, int]] = Counter()
        self._numbers: dict[int, tuple[str, int]] = {}
        self._formats = _formats(document)

    def of(self, paragraph: Paragraph) -> tuple[str, int] | None:
        """The item's sign in Markdown and how deep it lies (0 outermost); None for what is no item of a list."""
        found = _list_of(paragraph)
        if found is None:
            return None
        number, depth = found
        if self._formats.get((number, depth), "bullet") in _BULLETS:
            return "-", depth
        return f"{self._place(paragraph, number, depth)}.", depth

    def _place(self, paragraph: Paragraph, number: str, depth: int) -> int:
        """The item's number, counted once for each paragraph, however often it is asked for."""
        element = id(paragraph._p)
        if element not in self._numbers:
            self._counted[number, depth] += 1
            for deeper in range(depth + 1, _DEEPEST + 1):
                self._counted[number, deeper] = 0
            self._numbers[element] = (number, self._counted[number, depth])
        return self._numbers[element][1]


def _list_of(paragraph: Paragraph) -> tuple[str, int] | None:
    """The list's id and the depth. The id 0 means that a paragraph leaves the list of its style."""
    candidates: list[Any] = [paragraph._p.pPr]
    style = paragraph.style
    while style is not None:
        candidates.append(style.element.find(qn("w:pPr")))
        style = style.base_style
    for properties in candidates:
        found = None if properties is None else properties.find(qn("w:numPr"))
        if found is None or found.find(qn("w:numId")) is None:
            continue
        number = found.find(qn("w:numId")).get(qn("w:val"))
        level = found.find(qn("w:ilvl"))
        depth = int(level.get(qn("w:val"))) if level is not None else 0
        return None if number == "0" else (number, min(depth, _DEEPEST))
    return None


def _formats(document: WordDocument) -> dict[tuple[str, int], str]:
    """How each level of each list is counted: `bullet`, `decimal`, …"""
    try:
        root: Any = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {
        found.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl"))): level.find(qn("w:numFmt")).get(qn("w:val"))
            for level in found.findall(qn("w:lvl"))
            if level.find(qn("w:numFmt")) is not None
        }
        for found in root.findall(qn("w:abstractNum"))
    }
    return {
        (found.get(qn("w:numId")), depth): counted
        for found in root.findall(qn("w:num"))
        if found.find(qn("w:abstractNumId")) is not None
        for depth, counted in abstract.get(found.find(qn("w:abstractNumId")).get(qn("w:val")), {}).items()
    }
