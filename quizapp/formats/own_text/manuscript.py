"""What every reader of texts gives, and why it may give nothing."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from quizapp.domain.splitting import Block


class LeftOut(StrEnum):
    """What a file has that passages cannot have."""

    PICTURE = "picture"
    TABLE = "table"
    FOOTNOTE = "footnote"
    TEXT_BOX = "text box"
    FORMULA = "formula"
    CONTENTS = "contents"
    LINK = "link"
    CHANGE = "change"
    """A tracked change; the text is taken as if all were accepted."""
    LETTERS = "letters"
    """The file does not say how its letters are stored, and was read as Windows would."""
    FRONT_MATTER = "front matter"


@dataclass(frozen=True)
class Notice:
    """Something that was left out of the text, and how often."""

    what: LeftOut
    count: int


@dataclass(frozen=True)
class Manuscript:
    """A text as it was read. `title` and `author` are what the file says of itself; empty where it says nothing."""

    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...] = ()
    title: str = ""
    author: str = ""


def notices(counts: Mapping[LeftOut, int]) -> tuple[Notice, ...]:
    """The notices for what was counted, in the order of the list above."""
    found = Counter(counts)
    return tuple(Notice(what, found[what]) for what in LeftOut if found[what])


class Why(StrEnum):
    """Why a file gives no text."""

    TOO_LARGE = "too large"
    TOO_LARGE_INSIDE = "too large inside"
    """A small file that unpacks to a huge one."""
    NOT_WORD = "not word"
    OLD_OR_LOCKED = "old or locked"
    """The container of old `.doc` files, and of new ones with a password."""
    DAMAGED = "damaged"
    PDF = "pdf"
    NOT_TEXT = "not text"
    EMPTY = "empty"


class UnreadableText(ValueError):
    """A file or a paste that no text can be made of; `why` says what is the matter."""

    def __init__(self, why: Why) -> None:
        super().__init__(str(why))
        self.why = why
