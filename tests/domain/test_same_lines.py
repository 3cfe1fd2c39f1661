"""Which questions rest on the same lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.same_lines import Lines, closeness, lines_of, nearest_first

TEXTS = {"opening": "The walls stood,\nthe gate fell; “nobody” saw it.", "close": "The gate fell again."}
LINES = st.builds(
    Lines,
    st.frozensets(st.tuples(st.sampled_from(["a", "b"]), st.integers(0, 9))),
    st.frozensets(st.sampled_from(["P1", "P2", "P3"])),
)


def quoting(*quotes: tuple[str, str], claims: tuple[str, ...] = ()) -> Lines:
    return lines_of(quotes, claims, TEXTS)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("the gate fell", "gate fell; “nobody”", len("gate fell")),
        ("walls stood, the gate", "the gate fell", len("the gate")),
        ('"nobody" saw', "“nobody”", len("“nobody”")),
        ("The walls stood", "the gate fell", 0),
        ("The walls stood", "words that are not there", 0),
    ],
)
def test_words_are_shared_where_the_quotes_overlap_in_the_passage(one: str, other: str, shared: int) -> None:
    assert closeness(quoting(("opening", one)), quoting(("opening", other))) == (shared, 0)


def test_the_same_words_in_another_passage_are_other_lines() -> None:
    assert closeness(quoting(("opening", "gate fell")), quoting(("close", "gate fell"))) == (0, 0)


def test_words_quoted_twice_count_once() -> None:
    twice = quoting(("opening", "the gate fell"), ("opening", "the gate"))
    assert closeness(twice, twice) == (len("the gate fell"), 0)


def test_a_passage_that_is_gone_decides_nothing() -> None:
    assert quoting(("removed", "the gate")) == Lines(frozenset())


def test_shared_words_come_before_shared_claims_and_strangers_not_at_all() -> None:
    lines = quoting(("opening", "the gate fell"), claims=("P1", "P2"))
    others = {
        "one claim": quoting(("close", "again"), claims=("P1",)),
        "a word": quoting(("opening", "gate")),
        "stranger": quoting(("opening", "The walls"), claims=("P9",)),
        "two claims": quoting(("close", "again"), claims=("P2", "P1")),
        "all words": quoting(("opening", "the gate fell")),
        "all words and a claim": quoting(("opening", "the gate fell"), claims=("P2",)),
    }
    assert nearest_first(lines, others) == [
        "all words and a claim", "all words", "a word", "two claims", "one claim",
    ]  # fmt: skip


def test_equals_keep_their_order() -> None:
    same = quoting(("opening", "gate"))
    assert nearest_first(same, {"b": same, "a": same}) == ["b", "a"]


@given(LINES, LINES)
def test_being_on_the_same_lines_is_mutual(one: Lines, other: Lines) -> None:
    assert closeness(one, other) == closeness(other, one)
    assert nearest_first(one, {"other": other}) == (["other"] if closeness(one, other) != (0, 0) else [])
