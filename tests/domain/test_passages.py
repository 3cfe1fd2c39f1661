"""Passages with markers at the edges of quotes."""

from quizapp.domain.passages import with_markers


def marked(text: str, **quotes: str) -> str:
    """The text with [name and name] around each quote."""
    return with_markers(text, quotes, {n: f"[{n} " for n in quotes}, {n: f" {n}]" for n in quotes})


def test_quotes_may_overlap_and_touch() -> None:
    assert marked("abcdef", x="abcd", y="cdef") == "[x ab[y cd x]ef y]"
    assert marked("abcd", x="ab", y="cd") == "[x ab x][y cd y]"


def test_a_quote_that_is_not_there_leaves_the_text_alone() -> None:
    assert marked("abcd", x="xyz") == "abcd"
