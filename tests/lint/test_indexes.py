"""Texts that have parts in common are found as if each were compared with each."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp.lint.indexes import Index, places

LETTERS = st.frozensets(st.sampled_from("abcdefgh"))


@given(st.lists(LETTERS, max_size=70), LETTERS, st.integers(1, 9))
def test_the_texts_that_hold_enough_of_the_parts_are_found_in_order(
    texts: list[frozenset[str]], parts: frozenset[str], least: int
) -> None:
    found = list(places(Index(texts).holding(parts, least)))
    assert found == [place for place, text in enumerate(texts) if len(text & parts) >= least]
