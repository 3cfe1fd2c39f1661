"""Plain text and Markdown: what is a heading, what a paragraph, and what Markdown must not mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.splitting import Block
from quizapp.formats.own_text import LeftOut, Notice, UnreadableText, Why, read_file, read_pasted

LONG = "The harbour was full of ships and the ships were full of wool, and nobody thought that it would ever end."


def plain(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text."""
    return read_pasted(text, markdown=False).blocks


def test_paragraphs_stand_between_blank_lines_and_their_lines_are_joined() -> None:
    assert plain("One\r\ntwo.\r\n\r\nThree.") == (Block("One two."), Block("Three."))


def test_a_line_too_long_to_be_broken_by_hand_is_a_paragraph() -> None:
    assert plain(f"{LONG} {LONG}\nShort one.") == (Block(f"{LONG} {LONG}"), Block("Short one."))


@pytest.mark.parametrize(
    "line", ["The rise", "CHAPTER ONE", "Chapter 3: The fall.", "IV.", "2", "1. Wool", "بندرگاہ کا عروج"]
)
def test_a_short_line_before_a_paragraph_is_a_heading(line: str) -> None:
    assert plain(f"{line}\n\n{LONG}") == (Block(line, 2), Block(LONG))


@pytest.mark.parametrize("line", ["It rose.", "and so on", "The rise,", "- Wool"])
def test_a_sentence_or_an_item_is_no_heading(line: str) -> None:
    assert all(not block.level for block in plain(f"{line}\n\n{LONG}"))


def test_short_lines_one_after_the_other_are_no_headings() -> None:
    assert all(not block.level for block in plain("Red wine\n\nWhite bread\n\nGreen grass\n\nBlue sea"))


def test_a_title_above_the_first_heading_is_higher() -> None:
    assert [block.level for block in plain(f"Saltmouth\n\nThe rise\n\n{LONG}\n\nThe fall\n\n{LONG}")] == [1, 2, 0, 2, 0]


def test_lines_that_divide_or_underline_are_no_words() -> None:
    assert plain(f"The rise\n========\n\n{LONG}\n\n* * *\n\n{LONG}") == (Block("The rise", 2), Block(LONG), Block(LONG))


def test_a_year_at_the_beginning_does_not_become_a_numbered_list() -> None:
    assert plain("1947. In that year.") == (Block("1947\\. In that year."),)
    assert plain("1. Wool\n2. Tin") == (Block("1. Wool\n2. Tin"),)


def test_markdown_keeps_its_paragraphs_and_lists_and_gives_its_headings() -> None:
    text = "# The *whole*\n\nOne *two*\nthree.\n\n- a\n- b\n\n> said\n\nPart\n----\n\nEnd.\n\n***\n"
    assert read_pasted(text, markdown=True).blocks == (
        Block("The whole", 1), Block("One *two*\nthree."), Block("- a\n- b"), Block("> said"), Block("Part", 2),
        Block("End."),
    )  # fmt: skip


def test_what_passages_cannot_have_of_markdown_is_left_out_and_said() -> None:
    text = "---\ntitle: Salt\nauthor: 'N. Body'\n---\nOne[^1] ![ship](ship.png) [two][t].\n\n[^1]: A note.\n\n[t]: https://x.org\n"
    found = read_file("salt.md", text.encode())
    assert [block.text for block in found.blocks] == ["One  [two][t]."]
    assert {(notice.what, notice.count) for notice in found.notices} == {
        (LeftOut.PICTURE, 1), (LeftOut.FOOTNOTE, 1), (LeftOut.LINK, 1), (LeftOut.FRONT_MATTER, 1),
    }  # fmt: skip
    assert (found.title, found.author) == ("Salt", "N. Body")


def test_letters_are_read_as_the_file_says_or_as_windows_would() -> None:
    assert read_file("a.txt", "Café".encode("utf-8-sig")).blocks == (Block("Café"),)
    assert read_file("a.txt", "Café".encode("utf-16")).blocks == (Block("Café"),)
    found = read_file("a.txt", "Café".encode("cp1252"))
    assert (found.blocks, found.notices) == ((Block("Café"),), (Notice(LeftOut.LETTERS, 1),))


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"a\x00b", Why.NOT_TEXT), (b"", Why.EMPTY), (b" \n\n--\n", Why.EMPTY), (b"word " * 60_000, Why.TOO_LARGE)],
)
def test_what_is_no_text_is_refused(data: bytes, why: Why) -> None:
    with pytest.raises(UnreadableText) as refused:
        read_file("a.txt", data)
    assert refused.value.why is why


@given(st.text(alphabet="ab .#-1\n*>`[]", max_size=80), st.booleans())
def test_no_letter_is_lost_and_nothing_breaks(text: str, markdown: bool) -> None:
    try:
        blocks = read_pasted(text, markdown).blocks
    except UnreadableText:
        return
    given, found = (
        sum(part.count(letter) for part in parts for letter in "ab") for parts in ([text], [b.text for b in blocks])
    )
    assert markdown or given == found
