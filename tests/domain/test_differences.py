"""What changed between two texts, word by word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.differences import Change, Fate, word_difference

WORDS = st.text(alphabet=st.sampled_from("ab .,\n’-۔اé"), max_size=40)


def told(before: str, after: str) -> str:
    """The difference in one line: [-removed-], {+added+}."""
    signs = {Fate.KEPT: ("", ""), Fate.REMOVED: ("[-", "-]"), Fate.ADDED: ("{+", "+}")}
    return "".join(signs[c.fate][0] + c.text + signs[c.fate][1] for c in word_difference(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("one two three", "one two three", "one two three"),
        ("one two three", "one 2 three", "one [-two-]{+2+} three"),
        ("one two", "one two three", "one two{+ three+}"),
        ("one, two.", "one; two.", "one[-,-]{+;+} two."),
        ("the old cat sat", "a new dog sat", "[-the old cat-]{+a new dog+} sat"),
        ("One. Two.", "One.\n\nTwo.", "One.[- -]{+\n\n+}Two."),
        ("wool and tin", "wool, salt and tin", "wool{+, salt+} and tin"),
        ("black, white", "red, green", "[-black, white-]{+red, green+}"),
        ("", "new", "{+new+}"),
        ("  old", "", "[-  old-]"),
        ("", "", ""),
    ],
)
def test_what_changed_is_told_in_whole_words(before: str, after: str, expected: str) -> None:
    assert told(before, after) == expected


def test_a_difference_knows_what_it_is() -> None:
    kept, removed, added = word_difference("a b", "a c")
    assert (kept, removed, added) == (Change(Fate.KEPT, "a "), Change(Fate.REMOVED, "b"), Change(Fate.ADDED, "c"))
    assert [(change.kept, change.removed, change.added) for change in (kept, removed, added)] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_it(before: str, after: str) -> None:
    changes = word_difference(before, after)
    assert "".join(change.text for change in changes if not change.added) == before
    assert "".join(change.text for change in changes if not change.removed) == after
    assert all(one.fate != other.fate for one, other in pairwise(changes))


def test_a_text_of_one_word_over_and_over_takes_no_more_than_a_moment() -> None:
    before, after = "so " * 6000, "so it " * 3000
    assert "".join(change.text for change in word_difference(before, after) if not change.added) == before
