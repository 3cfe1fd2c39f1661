"""Time limits: start + limit × factor, within the window extended likewise, and a grace for answers on the way."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain import timing
from tests.conftest import NOW


def after(minutes: float) -> datetime:
    """So many minutes after the start."""
    return NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "closes", "factor", "ends"),
    [
        (None, None, 1.0, None),
        (30, None, 1.0, 30),
        (30, None, 2.0, 60),
        (45, None, 1.25, 57),
        (30, None, 1.1, 33),
        (1, None, 1.5, 2),
        (None, 20, 1.0, 20),
        (None, 20, 2.0, 20),
        (30, 20, 1.0, 20),
        (30, 20, 2.0, 50),
        (30, 500, 2.0, 60),
    ],
)
def test_a_deadline(minutes: int | None, closes: float | None, factor: float, ends: float | None) -> None:
    window = None if closes is None else after(closes)
    assert timing.deadline(NOW, minutes, window, factor) == (None if ends is None else after(ends))


def test_more_time_is_told_as_the_quiz_s_and_one_s_own() -> None:
    given_time = timing.allowance(30, 2.0)
    assert given_time is not None
    assert (given_time.minutes, given_time.extra, given_time.total) == (30, 30, 60)
    assert timing.allowance(None, 2.0) is None


def test_an_accommodation_never_takes_time_away() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        timing.allowance(30, 0.5)


def test_answers_are_taken_until_the_grace_has_passed_and_then_the_attempt_is_overdue() -> None:
    assert timing.takes_answers(NOW, NOW + timing.GRACE)
    assert not timing.takes_answers(NOW, NOW + timing.GRACE + timedelta(milliseconds=1))
    assert timing.is_overdue(NOW, NOW + timing.GRACE + timedelta(milliseconds=1))
    assert not timing.is_overdue(None, after(10**6))


@given(st.floats(-1000, 1000))
def test_the_time_left_is_never_below_nothing(minutes: float) -> None:
    left = timing.remaining(NOW, after(minutes))
    assert left is not None
    assert left >= timedelta(0)
    assert timing.remaining(None, NOW) is None
