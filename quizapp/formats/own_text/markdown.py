"""Markdown: its headings, and everything between them as it is written."""

import re
from collections import Counter
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quizapp.domain.splitting import Block
from quizapp.formats.own_text.manuscript import LeftOut, Manuscript, notices

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_PICTURE = re.compile(r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]]+\](?!:)")
_FOOTNOTE = re.compile(r"(?m)^\[\^[^\]]+\]:.*(?:\n(?: {2,}|\t).*)*")
_PARSER = MarkdownIt("commonmark", {"html": False})


def read_markdown(text: str) -> Manuscript:
    """The text as paragraphs in Markdown and headings in plain words; pictures and footnotes are left out."""
    left_out: Counter[LeftOut] = Counter()
    front = _FRONT_MATTER.match(text)
    if front:
        text = text[front.end() :]
        left_out[LeftOut.FRONT_MATTER] += 1
    text, notes = _FOOTNOTE.subn("", text)
    text, marks = _FOOTNOTE_MARK.subn("", text)
    text, pictures = _PICTURE.subn("", text)
    left_out[LeftOut.FOOTNOTE] += notes or marks
    left_out[LeftOut.PICTURE] += pictures
    environment: dict[str, object] = {}
    tokens = _PARSER.parse(text, environment)
    references = environment.get("references")
    left_out[LeftOut.LINK] += len(references) if isinstance(references, dict) else 0
    lines = text.split("\n")
    blocks = [block for token in _outer(tokens) if (block := _block(tokens, token, lines)) is not None]
    said = _said(front[1] if front else "")
    return Manuscript(tuple(blocks), notices(left_out), said.get("title", ""), said.get("author", ""))


def _said(front: str) -> dict[str, str]:
    """The plain fields of the front matter."""
    found = re.findall(r"(?m)^(\w+):[ \t]*(.+?)[ \t]*$", front)
    return {name.casefold(): value.strip("\"'") for name, value in found}


def _outer(tokens: Sequence[Token]) -> list[int]:
    """The places of the tokens that open or are a block of the whole text."""
    return [
        place
        for place, token in enumerate(tokens)
        if token.level == 0 and token.nesting >= 0 and token.map and token.type != "hr"
    ]


def _block(tokens: Sequence[Token], place: int, lines: Sequence[str]) -> Block | None:
    token = tokens[place]
    assert token.map is not None  # noqa: S101  those without are not asked for
    if token.type == "heading_open":
        words = " ".join(child.content for child in tokens[place + 1].children or () if child.content).strip()
        return Block(" ".join(words.split()), int(token.tag[1])) if words else None
    source = "\n".join(lines[token.map[0] : token.map[1]]).strip("\n")
    text = source.strip() if token.type == "paragraph_open" else source.rstrip()
    return Block(text) if text.strip() else None
