"""A split text changed before it is saved: joined, divided, renamed, left out; no word goes unless it is meant to."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.rearranging import Leaf, divided, joined, leaves, parts
from quizapp.domain.splitting import Part, Piece, SplitText

ROW = (Leaf("One", "a", "Ab cd. Ef gh."), Leaf("", "e", "E.\n\nF."), Leaf("Two", "g", "G."), Leaf("", "h", "H."))


def test_a_split_text_is_a_list_in_which_sections_begin() -> None:
    text = SplitText("", (Part("", (Piece("a", "A"), Piece("b", "B"))), Part("Two", (Piece("c", "C"),))))
    assert leaves(text, "Text") == (Leaf("Text", "a", "A"), Leaf("", "b", "B"), Leaf("Two", "c", "C"))


def test_a_passage_is_joined_to_the_one_before() -> None:
    assert joined(ROW, 1) == (Leaf("One", "a", "Ab cd. Ef gh.\n\nE.\n\nF."), *ROW[2:])


def test_where_a_section_began_with_a_joined_passage_it_begins_with_the_next() -> None:
    row = joined(ROW, 2)
    assert row[1:] == (Leaf("", "e", "E.\n\nF.\n\nG."), Leaf("Two", "h", "H."))


def test_a_passage_is_divided_at_a_paragraph_or_at_a_sentence_where_it_has_one() -> None:
    assert divided(ROW, 1, 1)[1:3] == (Leaf("", "e", "E."), Leaf("", "F", "F."))
    assert divided(ROW, 0, 1)[:2] == (Leaf("One", "a", "Ab cd."), Leaf("", "Ef gh", "Ef gh."))


def test_what_is_not_there_changes_nothing() -> None:
    assert joined(ROW, 0) == joined(ROW, 9) == divided(ROW, 9, 1) == divided(ROW, 3, 1) == ROW


def test_what_is_left_out_is_in_no_section_and_its_heading_goes_to_the_next() -> None:
    row = (ROW[0], ROW[1], Leaf("Two", "g", "G.", left_out=True), ROW[3])
    assert parts(row) == (
        Part("One", (Piece("a", "Ab cd. Ef gh."), Piece("e", "E.\n\nF."))),
        Part("Two", (Piece("h", "H."),)),
    )


TEXTS = st.lists(st.text("aB. \n-", min_size=1, max_size=20), min_size=1, max_size=5)


@given(TEXTS, st.integers(0, 5), st.integers(0, 5))
def test_joining_and_dividing_keep_every_letter(texts: list[str], place: int, unit: int) -> None:
    row = tuple(Leaf("", "t", text) for text in texts)
    letters = "".join("".join(texts).split())
    for changed in (joined(row, place), divided(row, place, unit)):
        assert "".join("".join(leaf.text for leaf in changed).split()) == letters
