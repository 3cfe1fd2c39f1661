"""How somebody likes to read, as one short value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.reading_preferences import ReadingPreferences, changed, parse, serialise

STANDARD = ReadingPreferences()
CHOSEN = st.builds(
    ReadingPreferences,
    size=st.integers(0, 3),
    spacing=st.integers(0, 2),
    passage=st.integers(0, 1),
    crossing=st.integers(0, 1),
    marker=st.integers(0, 1),
)
PIECES = st.lists(st.sampled_from(["size:", "marker:", ".", ":", "0", "2", "4", "-1", "٢", "²", "x"])).map("".join)
"""Values that look much like a right one."""


def test_a_value_says_every_choice() -> None:
    preferences = parse("size:2.spacing:1.passage:0.crossing:1.marker:1")
    assert preferences == ReadingPreferences(size=2, spacing=1, passage=0, crossing=1, marker=1)


@given(CHOSEN)
def test_what_is_kept_is_what_was_chosen(preferences: ReadingPreferences) -> None:
    assert parse(serialise(preferences)) == preferences


@given(st.text() | PIECES)
def test_any_value_is_read_and_gives_a_page_its_classes(value: str) -> None:
    preferences = parse(value)
    assert parse(serialise(preferences)) == preferences
    assert isinstance(preferences.classes, str)


@pytest.mark.parametrize(
    "value", ["", "size", "size:4", "size:-1", "size:٢", "size:²", "size:02", "colour:1", "size=2"]
)
def test_a_broken_value_is_standard(value: str) -> None:
    assert parse(value) == STANDARD


def test_a_broken_part_leaves_the_others() -> None:
    assert parse("size:9.spacing:2") == ReadingPreferences(spacing=2)


def test_what_is_not_chosen_stays() -> None:
    assert changed(ReadingPreferences(size=3, marker=1), {"spacing": "1", "size": "nonsense"}) == ReadingPreferences(
        size=3, spacing=1, marker=1
    )


@pytest.mark.parametrize(
    ("preferences", "classes"),
    [
        (STANDARD, ""),
        (ReadingPreferences(size=0), "text-smaller"),
        (ReadingPreferences(size=2, spacing=1), "text-larger spacing-wide"),
        (
            ReadingPreferences(size=3, spacing=2, crossing=1, marker=1, passage=0),
            "text-largest spacing-wider crossing-out",
        ),
    ],
)
def test_the_page_bears_the_classes_of_what_was_chosen(preferences: ReadingPreferences, classes: str) -> None:
    assert preferences.classes == classes
