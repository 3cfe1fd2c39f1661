"""Places in a row that two hands arrange."""

import pytest

from quizapp.domain.places import merged


@pytest.mark.parametrize(
    ("row", "listed", "expected"),
    [
        ("abc", "abc", "abc"),
        ("abc", "cba", "cba"),
        ("axb", "ab", "axb"),
        ("xab", "ba", "xba"),
        ("axyb", "cab", "caxyb"),
        ("", "ab", "ab"),
        ("xy", "", "xy"),
    ],
)
def test_what_is_not_listed_stays_behind_what_it_stood_behind(row: str, listed: str, expected: str) -> None:
    assert "".join(merged(row, listed)) == expected
