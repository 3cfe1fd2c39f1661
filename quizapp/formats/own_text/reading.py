"""From a paste or a file to a manuscript, whichever of the formats it is in."""

from pathlib import PurePath

from quizapp.domain.splitting import Block
from quizapp.formats.own_text.docx import read_docx
from quizapp.formats.own_text.manuscript import LeftOut, Manuscript, Notice, UnreadableText, Why
from quizapp.formats.own_text.markdown import read_markdown
from quizapp.formats.own_text.plain import read_plain

LARGEST_FILE = 5 * 1024 * 1024
"""Bytes of a file; a book without pictures is under one million."""
LONGEST_TEXT = 250_000
"""Characters, about 40,000 words: what one page can still show and send back."""
_OLD_WORD, _PDF, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"PK\x03\x04"


def read_pasted(text: str, markdown: bool) -> Manuscript:
    """A text as it was pasted, plain or in Markdown. Raises UnreadableText."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return _fit(read_markdown(plain) if markdown else read_plain(plain))


def read_file(name: str, data: bytes) -> Manuscript:
    """The text of a file: by what is in it, and between plain text and Markdown by its name. Raises UnreadableText."""
    if len(data) > LARGEST_FILE:
        raise UnreadableText(Why.TOO_LARGE)
    if data.startswith(_OLD_WORD):
        raise UnreadableText(Why.OLD_OR_LOCKED)
    if data.startswith(_PDF):
        raise UnreadableText(Why.PDF)
    if data.startswith(_ZIP):
        return _fit(read_docx(data))
    if PurePath(name).suffix.casefold() == ".docx":
        raise UnreadableText(Why.NOT_WORD)
    text, certain = _decoded(data)
    found = read_pasted(text, PurePath(name).suffix.casefold() in (".md", ".markdown"))
    if certain:
        return found
    return Manuscript(found.blocks, (*found.notices, Notice(LeftOut.LETTERS, 1)), found.title, found.author)


def _decoded(data: bytes) -> tuple[str, bool]:
    """The text, and whether the file's bytes say how to read them."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), True
        except UnicodeDecodeError as error:
            raise UnreadableText(Why.NOT_TEXT) from error
    if b"\x00" in data:
        raise UnreadableText(Why.NOT_TEXT)
    try:
        return data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), False


def _fit(found: Manuscript) -> Manuscript:
    if not any(_has_words(block) for block in found.blocks):
        raise UnreadableText(Why.EMPTY)
    if sum(len(block.text) for block in found.blocks) > LONGEST_TEXT:
        raise UnreadableText(Why.TOO_LARGE)
    return found


def _has_words(block: Block) -> bool:
    return any(character.isalnum() for character in block.text)
