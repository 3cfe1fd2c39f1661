"""Word files: headings by their styles, paragraphs, lists, bold and italic words; the rest is left out and counted."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from quizapp.domain.splitting import Block
from quizapp.formats.own_text.manuscript import LeftOut, Manuscript, UnreadableText, Why, notices
from quizapp.formats.own_text.numbering import Numbering

LARGEST_INSIDE = 30 * 1024 * 1024
"""Bytes that a file may unpack to: a small one that unpacks to gigabytes is an attack."""
_MOST_PARTS = 5_000
_HEADING = re.compile(r"heading\s*(\d)", re.IGNORECASE)
_QUOTATION = frozenset({"Quote", "Intense Quote"})
_MAYBE_HEADING = 80
"""Characters up to which a paragraph all in bold is taken for a heading, where the file has no heading styles."""
_SHOWN = "not(ancestor::*[local-name()='Fallback'])"
"""Not the second form of a thing, for programs that do not know the first."""
_COUNTED = {
    LeftOut.PICTURE: f".//*[(local-name()='blip' or local-name()='imagedata') and {_SHOWN}]",
    LeftOut.FOOTNOTE: ".//w:footnoteReference | .//w:endnoteReference",
    LeftOut.TEXT_BOX: f".//w:txbxContent[{_SHOWN}]",
    LeftOut.FORMULA: ".//*[local-name()='oMath' and not(ancestor::*[local-name()='oMath'])]",
    LeftOut.LINK: ".//w:hyperlink[@r:id]",
    LeftOut.CHANGE: ".//w:ins | .//w:del | .//w:moveFrom | .//w:moveTo",
}
_RUNS = ".//w:r[not(ancestor::w:del) and not(ancestor::w:moveFrom) and not(ancestor::w:txbxContent)]"


def read_docx(data: bytes) -> Manuscript:
    """The text of a Word file. Raises UnreadableText."""
    _look_inside(data)
    try:
        return _Reader(Document(io.BytesIO(data))).manuscript()
    except Exception as error:  # the library meets a damaged file with errors of every sort
        raise UnreadableText(Why.DAMAGED) from error


def _look_inside(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_size(parts)
            words = archive.read("word/document.xml")
    except KeyError as error:
        raise UnreadableText(Why.NOT_WORD) from error
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableText(Why.DAMAGED) from error
    if b"<!DOCTYPE" in words:  # no word processor writes one; it is how entities that grow without end come in
        raise UnreadableText(Why.DAMAGED)


def _check_size(parts: Sequence[zipfile.ZipInfo]) -> None:
    """What a part claims is what is unpacked of it at most, so that claims can be trusted."""
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_INSIDE:
        raise UnreadableText(Why.TOO_LARGE_INSIDE)
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableText(Why.OLD_OR_LOCKED)


class _Reader:
    """One file, read from beginning to end."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._numbering = Numbering(document)
        self._left_out: Counter[LeftOut] = Counter()

    def manuscript(self) -> Manuscript:
        """The whole text."""
        paragraphs = list(self._paragraphs())
        styled = any(self._level(paragraph) for paragraph in paragraphs)
        blocks: list[Block] = []
        for is_list, group in groupby(paragraphs, key=self._is_item):
            if is_list:
                blocks.append(Block("\n".join(self._item(paragraph) for paragraph in group)))
            else:
                blocks += [block for paragraph in group if (block := self._block(paragraph, styled)).text.strip()]
        said = self._document.core_properties
        counted = notices(self._left_out)
        return Manuscript(tuple(blocks), counted, (said.title or "").strip(), (said.author or "").strip())

    def _paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs of the body, those inside content controls too; what is no paragraph is counted."""
        body: Any = self._document.element.body
        for element in body.iterchildren():
            yield from self._within(element)

    def _within(self, element: Any) -> Iterator[Paragraph]:
        if element.tag == qn("w:p"):
            for what, path in _COUNTED.items():
                self._left_out[what] += len(element.xpath(path))
            yield Paragraph(element, self._document._body)
        elif element.tag == qn("w:tbl"):
            self._left_out[LeftOut.TABLE] += 1
        elif element.tag == qn("w:sdt"):
            if element.xpath(".//w:docPartGallery[@w:val='Table of Contents']"):
                self._left_out[LeftOut.CONTENTS] += 1
                return
            for content in element.findall(qn("w:sdtContent")):
                for child in content.iterchildren():
                    yield from self._within(child)

    def _block(self, paragraph: Paragraph, styled: bool) -> Block:
        level = self._level(paragraph)
        words = " ".join("".join(text for text, _, _ in _pieces(paragraph)).split())
        if level:
            return Block(words, level)
        if not styled and _looks_like_heading(paragraph, words):
            return Block(words, 1)
        text = _escaped(_marked(paragraph))
        style = paragraph.style
        return Block(f"> {text}" if text and style is not None and style.name in _QUOTATION else text)

    def _is_item(self, paragraph: Paragraph) -> bool:
        return not self._level(paragraph) and self._numbering.of(paragraph) is not None and bool(_marked(paragraph))

    def _item(self, paragraph: Paragraph) -> str:
        sign, depth = self._numbering.of(paragraph) or ("-", 0)
        return f"{'   ' * depth}{sign} {_marked(paragraph)}"

    def _level(self, paragraph: Paragraph) -> int:
        """The level of a heading, by its style or one it rests on: a title is 1, Heading 1 is 2; 0 for no heading."""
        style = paragraph.style
        while style is not None:
            found = _HEADING.match(style.name or "")
            if found:
                return int(found[1]) + 1
            if style.name == "Title":
                return 1
            style = style.base_style
        return 0


def _pieces(paragraph: Paragraph) -> Iterator[tuple[str, bool, bool]]:
    """The words of the paragraph with whether they are bold and italic, as if all tracked changes were accepted."""
    element: Any = paragraph._p
    for run in (Run(found, paragraph) for found in element.xpath(_RUNS)):
        style = run.style.font if run.style is not None else None
        bold = run.bold if run.bold is not None else bool(style is not None and style.bold)
        italic = run.italic if run.italic is not None else bool(style is not None and style.italic)
        if run.text:
            yield re.sub(r"\s", " ", run.text), bold, italic


def _marked(paragraph: Paragraph) -> str:
    """The paragraph's words in Markdown."""
    pieces = groupby(_pieces(paragraph), key=lambda piece: piece[1:])
    return " ".join("".join(_emphasised(group, *how) for how, group in pieces).split())


def _emphasised(group: Iterable[tuple[str, bool, bool]], bold: bool, italic: bool) -> str:
    """Words with their signs set close to the first and the last letter: next to a blank or a comma they hold not."""
    text = "".join(words for words, _, _ in group).replace("*", r"\*").replace("`", r"\`")
    signs = ("**" if bold else "") + ("*" if italic else "")
    inside = re.search(r"\w(?:.*\w)?", text)
    if not signs or inside is None:
        return text
    return f"{text[: inside.start()]}{signs}{inside[0]}{signs}{text[inside.end() :]}"


def _escaped(text: str) -> str:
    """A paragraph that begins like a heading, a quotation, an item or a number stays a paragraph."""
    return re.sub(r"^(?:(\d{1,9})([.)])(?=\s)|([#>+-])(?=\s|#))", r"\1\\\2\3", text)


def _looks_like_heading(paragraph: Paragraph, words: str) -> bool:
    return (
        0 < len(words) <= _MAYBE_HEADING
        and words[-1] not in ".,;:"
        and all(bold for text, bold, _ in _pieces(paragraph) if text.strip())
    )
