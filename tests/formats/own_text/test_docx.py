"""A Word file: headings, words in bold and italic, lists; what passages cannot have is counted."""

from collections.abc import Callable

import pytest
from docx.document import Document as WordDocument

from quizapp.domain.splitting import Block
from quizapp.formats.own_text import LeftOut, Notice, UnreadableText, Why, read_file
from tests.formats.own_text.word_files import changed, essay, word_file, zipped


def blocks_of(fill: Callable[[WordDocument], None]) -> tuple[Block, ...]:
    """The blocks read from a file."""
    return read_file("text.docx", word_file(fill)).blocks


def test_headings_marked_words_and_lists_become_markdown() -> None:
    found = read_file("essay.docx", word_file(essay))
    assert found.blocks == (
        Block("The long way", 1),
        Block("Setting out", 2),
        Block("They left *at dawn*, **and** never came back."),
        Block("What they took", 2),
        Block("- bread\n- salt\n1. first\n2. second"),
    )
    assert (found.title, found.author, found.notices) == ("The long way", "N. Body", ())


def test_without_heading_styles_a_short_line_in_bold_is_a_heading() -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph().add_run("Chapter one").bold = True
        document.add_paragraph("It began.")

    assert blocks_of(fill) == (Block("Chapter one", 1), Block("It began."))


def test_signs_of_markdown_in_the_words_stay_words() -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph("1947. In that year*")
        document.add_paragraph("- not a list")
        document.add_paragraph("Said so.", style="Quote")

    assert blocks_of(fill) == (Block("1947\\. In that year\\*"), Block("\\- not a list"), Block("> Said so."))


def test_tables_and_footnotes_and_changes_are_said_to_be_left_out() -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph("Words.")
        document.add_table(2, 2)

    def with_marks(xml: bytes) -> bytes:
        ours = (
            b'<w:r><w:footnoteReference w:id="1"/></w:r><w:ins w:id="1" w:author="A"><w:r><w:t> new</w:t></w:r></w:ins>'
        )
        ours += b'<w:del w:id="2" w:author="A"><w:r><w:delText> old</w:delText></w:r></w:del>'
        return xml.replace(b"Words.</w:t></w:r>", b"Words.</w:t></w:r>" + ours)

    found = read_file("t.docx", changed(word_file(fill), with_marks))
    assert found.blocks == (Block("Words. new"),)
    assert found.notices == (Notice(LeftOut.TABLE, 1), Notice(LeftOut.FOOTNOTE, 1), Notice(LeftOut.CHANGE, 2))


WORDS = b"<w:document/>"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped({"word/document.xml": b"0" * 32_000_000}), Why.TOO_LARGE_INSIDE),
        (zipped({"xl/workbook.xml": WORDS}), Why.NOT_WORD),
        (zipped({"word/document.xml": WORDS}), Why.DAMAGED),
        (word_file(essay)[:3000], Why.DAMAGED),
        (changed(word_file(essay), lambda xml: xml[:200]), Why.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, Why.OLD_OR_LOCKED),
        (b"%PDF-1.7", Why.PDF),
        (b"just words", Why.NOT_WORD),
        (b"x" * (5 * 1024 * 1024 + 1), Why.TOO_LARGE),
        (word_file(lambda document: None), Why.EMPTY),
    ],
)
def test_a_file_that_gives_no_text_says_why(data: bytes, why: Why) -> None:
    with pytest.raises(UnreadableText) as refused:
        read_file("text.docx", data)
    assert refused.value.why is why


def test_an_entity_that_grows_without_end_is_not_read() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    data = changed(word_file(essay), lambda xml: xml.replace(b"<w:document", bomb + b"<w:document", 1))
    with pytest.raises(UnreadableText):
        read_file("t.docx", data)
