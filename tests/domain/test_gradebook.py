"""What stands in the cells of a gradebook, and what rows and columns come to."""

import statistics
from datetime import UTC, datetime, timedelta

import pytest

from quizapp.domain.gradebook import (
    Cell,
    Rules,
    Standing,
    Taken,
    cell_of,
    mean_of,
    ordered_by_share,
    pseudonyms,
    spread_of,
    with_nothing_for_missing,
)
from quizapp.domain.grading import Grading
from quizapp.domain.lateness import LatePolicy

DUE = datetime(2026, 3, 14, 12, tzinfo=UTC)
BEFORE, AFTER = DUE - timedelta(hours=1), DUE + timedelta(hours=1)
BEST = Rules(Grading.BEST)


def cell(*taken: Taken, rules: Rules = BEST, now: datetime = BEFORE, end: datetime | None = None) -> Cell:
    """The cell of who took these."""
    return cell_of(taken, rules, DUE, end, now)


def test_the_attempt_that_counts_is_the_one_to_look_at() -> None:
    first, second = Taken(7, 0.8, BEFORE), Taken(8, 0.6, BEFORE)
    assert cell(first, second) == Cell(Standing.DONE, 0.8, attempts=2, attempt_id=7)
    assert cell(first, second, rules=Rules(Grading.LATEST)).attempt_id == 8
    average = cell(first, second, rules=Rules(Grading.AVERAGE))
    assert (average.share, average.attempt_id) == (pytest.approx(0.7), 8)


def test_late_work_says_so_and_what_it_lost() -> None:
    late = cell(Taken(7, 0.8, AFTER), rules=Rules(Grading.BEST, LatePolicy.DEDUCT, 25))
    assert (late.share, late.taken_off, late.late_by) == (pytest.approx(0.6), pytest.approx(0.2), 1)
    assert cell(Taken(7, 0.8, AFTER)).share == 0.8


def test_what_waits_for_a_mark_is_provisional() -> None:
    assert cell(Taken(7, 0.5, BEFORE, awaiting=1)).provisional
    assert not cell(Taken(7, 0.5, BEFORE)).provisional


def test_an_open_attempt_runs_beside_what_is_handed_in() -> None:
    assert cell(Taken(7, None, None)) == Cell(Standing.RUNNING, running=True)
    both = cell(Taken(7, 0.5, BEFORE), Taken(8, None, None))
    assert (both.standing, both.share, both.running, both.attempt_id) == (Standing.DONE, 0.5, True, 7)


def test_nothing_is_missing_until_the_student_s_own_date_has_passed() -> None:
    assert cell().standing is Standing.NOT_BEGUN
    assert cell(now=AFTER).standing is Standing.MISSING
    assert cell(end=BEFORE - timedelta(days=1)).standing is Standing.MISSING
    assert cell_of((), BEST, None, None, AFTER).standing is Standing.NOT_BEGUN


def test_an_attempt_in_which_nothing_could_be_earned_counts_for_nothing() -> None:
    assert cell(Taken(7, None, BEFORE)) == Cell(Standing.DONE, attempts=1, attempt_id=7)
    assert cell(Taken(7, None, BEFORE), Taken(8, 0.5, BEFORE)).share == 0.5


def test_missing_work_counts_as_nothing_only_where_that_is_asked_for() -> None:
    assert cell(now=AFTER).share is None
    assert with_nothing_for_missing(cell(now=AFTER)).share == 0.0
    assert with_nothing_for_missing(cell()).share is None


def test_a_spread_is_that_of_the_known_shares() -> None:
    shares = [0.2, None, 0.5, 0.9]
    spread = spread_of(shares)
    assert (spread.number, spread.median) == (3, 0.5)
    assert spread.mean == mean_of(shares) == pytest.approx(statistics.fmean([0.2, 0.5, 0.9]))
    assert spread_of([0.2, 0.5, 0.9, None, 0.4, 0.5]).deviation == pytest.approx(0.25495098)
    assert spread_of([0.2, 0.5, 0.9, 0.4]).deviation is None
    assert (spread_of([None]).number, spread_of([None]).mean, mean_of([])) == (0, None, None)


@pytest.mark.parametrize(("highest_first", "order"), [(True, "cabd"), (False, "bcad")])
def test_who_has_no_share_stands_last_either_way(highest_first: bool, order: str) -> None:
    shares = {"a": 0.5, "b": -0.2, "c": 0.5, "d": None}
    lines = sorted(shares, key="cabd".index)
    assert "".join(ordered_by_share(lines, shares.__getitem__, highest_first)) == order


def test_pseudonyms_are_stable_and_tell_nothing_of_the_order() -> None:
    ids = range(100, 140)
    first = pseudonyms(ids, b"a key")
    assert first == pseudonyms(reversed(ids), b"a key")
    assert sorted(first.values()) == list(range(1, 41))
    assert list(first) != sorted(first)
    assert first != pseudonyms(ids, b"another key")
