"""When a question comes back, against the published values of FSRS-6 and whatever answers there may be."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import accumulate, pairwise

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.schedule import (
    Memory,
    Prediction,
    Recall,
    calibration,
    due_by_day,
    expected_share_known,
    interleaved,
    is_due,
    memory_of,
    predictions,
    rating_of,
    retrievability,
    urgency,
)

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)

RECALLS = st.builds(
    Recall,
    at=st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    right=st.booleans(),
    certainty=st.sampled_from([None, 1, 2, 3]),
)
HISTORIES = st.lists(RECALLS, max_size=12)
SECTIONS = st.lists(st.sampled_from("ABCD"), max_size=14)


def answers(*right: bool, gaps: Sequence[int]) -> list[Recall]:
    """Answers so many days after one another; the first gap is from START."""
    return [Recall(START + days * DAY, one) for one, days in zip(right, accumulate(gaps), strict=True)]


def memory(*, stability: float = 10.0, last: datetime = START, due_in: timedelta = 10 * DAY) -> Memory:
    return Memory(stability, difficulty=5.0, last=last, due=last + due_in, reviews=3)


def known(recalls: Sequence[Recall]) -> Memory:
    found = memory_of(recalls)
    assert found is not None
    return found


def test_one_wrong_and_five_right_answers_give_the_published_memory() -> None:
    found = known(answers(False, True, True, True, True, True, gaps=(0, 0, 1, 3, 8, 21)))
    assert found.stability == pytest.approx(53.62691, abs=1e-4)
    assert found.difficulty == pytest.approx(6.3574867, abs=1e-4)
    assert found.reviews == 6
    assert found.last == START + 33 * DAY


@pytest.mark.parametrize(("days", "chance"), [(0, 1.0), (1, 0.985682), (5, 0.940344), (10, 0.9), (30, 0.809388)])
def test_a_memory_fades_along_the_published_curve(days: int, chance: float) -> None:
    assert retrievability(memory(), START + days * DAY) == pytest.approx(chance, abs=1e-6)


@pytest.mark.parametrize(
    ("right", "certainty", "rating"),
    [
        (False, None, Rating.Again),
        (False, 1, Rating.Again),
        (False, 3, Rating.Again),
        (True, 1, Rating.Hard),
        (True, 2, Rating.Good),
        (True, 3, Rating.Good),
        (True, None, Rating.Good),
    ],
)
def test_a_wrong_answer_is_again_and_an_unsure_one_hard(right: bool, certainty: int | None, rating: Rating) -> None:
    assert rating_of(Recall(START, right, certainty)) is rating


def test_what_was_always_known_does_not_come_into_the_review() -> None:
    assert memory_of([]) is None
    assert memory_of(answers(True, True, gaps=(0, 5))) is None


def test_a_right_but_unsure_answer_brings_a_question_into_the_review() -> None:
    assert known([Recall(START, right=True, certainty=1)]).due == START + DAY


def test_right_answers_before_the_first_wrong_one_do_not_count() -> None:
    with_earlier = answers(True, True, False, True, gaps=(0, 30, 60, 2))
    assert memory_of(with_earlier) == memory_of(with_earlier[2:])


def test_a_wrong_answer_brings_its_question_back_a_day_later_and_never_sooner() -> None:
    assert known(answers(False, gaps=(0,))).due == START + DAY
    assert known(answers(False, True, True, False, gaps=(0, 1, 3, 8))).due >= START + 13 * DAY
    within_the_minute = [Recall(START + timedelta(seconds=n), right=False) for n in range(5)]
    assert known(within_the_minute).due == START + DAY + timedelta(seconds=4)


def test_the_spacing_grows_while_the_answers_are_right() -> None:
    recalls = [Recall(START, right=False)]
    intervals = []
    for _ in range(5):
        recalls.append(Recall(known(recalls).due, right=True))
        intervals.append(known(recalls).due - recalls[-1].at)
    assert all(longer > shorter for shorter, longer in pairwise(intervals))


def test_a_question_is_due_from_its_moment_on() -> None:
    due = memory().due
    assert not is_due(memory(), due - timedelta(seconds=1))
    assert is_due(memory(), due)
    assert is_due(memory(), due + 30 * DAY)


def test_the_same_moment_in_another_zone_is_the_same_answer() -> None:
    in_karachi = Recall(START.astimezone(timezone(timedelta(hours=5))), right=False)
    assert memory_of([in_karachi]) == memory_of([Recall(START, right=False)])


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        memory_of([Recall(START.replace(tzinfo=None), right=False)])


@given(HISTORIES.flatmap(lambda recalls: st.tuples(st.just(recalls), st.permutations(recalls))))
def test_the_order_in_which_answers_are_given_does_not_matter(orders: tuple[list[Recall], list[Recall]]) -> None:
    recalls, shuffled = orders
    assert memory_of(recalls) == memory_of(shuffled)
    assert predictions(recalls) == predictions(shuffled)


@given(HISTORIES)
def test_a_memory_lies_within_its_bounds(recalls: list[Recall]) -> None:
    found = memory_of(recalls)
    if found is None:
        assert all(recall.right and recall.certainty != 1 for recall in recalls)
        return
    assert found.stability > 0
    assert 1 <= found.difficulty <= 10
    assert 1 <= found.reviews <= len(recalls)
    assert found.last == max(recall.at for recall in recalls)
    assert found.due >= found.last + DAY


@given(HISTORIES, st.integers(0, 4000), st.integers(1, 4000))
def test_a_memory_fades_with_time(recalls: list[Recall], days: int, more: int) -> None:
    if (found := memory_of(recalls)) is None:
        return
    sooner = retrievability(found, found.last + days * DAY)
    later = retrievability(found, found.last + (days + more) * DAY)
    assert 0 < later < sooner <= 1


def test_a_replay_neither_sleeps_nor_looks_at_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library does both for a card that is given no number and no date."""
    monkeypatch.setattr("fsrs.card.datetime", None)
    monkeypatch.setattr("fsrs.card.time", None)
    found = known(answers(False, True, gaps=(0, 1)))
    assert retrievability(found, found.due) == pytest.approx(0.9, abs=0.05)


def test_the_least_likely_to_be_recalled_is_the_most_pressing_then_the_longest_overdue() -> None:
    now = START + 20 * DAY
    faint, overdue, strong = memory(stability=2.0), memory(due_in=3 * DAY), memory()
    assert sorted([strong, overdue, faint], key=lambda one: urgency(one, now)) == [faint, overdue, strong]


@pytest.mark.parametrize(
    ("given_order", "order"),
    [
        ("", ""),
        ("AABBCC", "ABCABC"),
        ("AAABBC", "ABCABA"),
        ("BAAA", "ABAA"),
        ("AAABC", "ABACA"),
        ("AAAA", "AAAA"),
        ("CBA", "CBA"),
    ],
)
def test_sections_take_turns(given_order: str, order: str) -> None:
    assert "".join(interleaved(given_order, section_of=str)) == order


@given(SECTIONS)
def test_interleaving_loses_nothing_and_keeps_the_order_within_a_section(sections: list[str]) -> None:
    items = list(enumerate(sections))
    mixed = interleaved(items, section_of=lambda item: item[1])
    assert sorted(mixed) == items
    assert sorted(mixed, key=lambda item: item[1]) == sorted(items, key=lambda item: item[1])


@given(SECTIONS)
def test_as_few_neighbours_as_can_be_come_from_one_section(sections: list[str]) -> None:
    mixed = interleaved(sections, section_of=str)
    largest = max((sections.count(section) for section in sections), default=0)
    unavoidable = max(0, largest - (len(sections) - largest) - 1)
    assert sum(one == other for one, other in pairwise(mixed)) == unavoidable


def test_the_forecast_counts_by_day_and_what_is_overdue_today() -> None:
    now = START + 12 * DAY
    in_days = (-10, 0, 1, 1, 13, 14)
    memories = [memory(last=now - 20 * DAY, due_in=(20 + days) * DAY) for days in in_days]
    forecast = due_by_day(memories, now)
    assert [day for day, _ in forecast] == [date(2026, 3, 14) + n * DAY for n in range(14)]
    assert [count for _, count in forecast] == [2, 2, *[0] * 11, 1]


def test_the_days_of_the_forecast_are_those_of_the_reader() -> None:
    in_karachi = timezone(timedelta(hours=5))
    late = memory(last=START.replace(hour=22), due_in=DAY)
    assert due_by_day([late], START, days=2) == [(date(2026, 3, 2), 0), (date(2026, 3, 3), 1)]
    assert due_by_day([late], START.astimezone(in_karachi), days=3)[-1] == (date(2026, 3, 4), 1)


def test_the_share_known_is_the_mean_of_what_the_model_expects() -> None:
    now = START + 10 * DAY
    assert expected_share_known([memory(), memory(last=now)], now) == pytest.approx(0.95)
    assert expected_share_known([], now) is None


def test_every_answer_but_the_first_is_held_against_what_was_expected() -> None:
    recalls = answers(False, True, False, gaps=(0, 1, 4))
    before_second = retrievability(known(recalls[:1]), recalls[1].at)
    before_third = retrievability(known(recalls[:2]), recalls[2].at)
    assert predictions(recalls) == [Prediction(before_second, right=True), Prediction(before_third, right=False)]


def test_of_an_answer_within_a_day_nothing_was_expected() -> None:
    recalls = answers(False, True, True, True, True, True, gaps=(0, 0, 1, 3, 8, 21))
    assert len(predictions(recalls)) == 4
    almost_a_day = [Recall(START, right=False), Recall(START + DAY - timedelta(seconds=1), right=True)]
    assert predictions(almost_a_day) == []


@given(HISTORIES)
def test_what_is_expected_is_a_probability(recalls: list[Recall]) -> None:
    assert all(0 < prediction.expected < 1 for prediction in predictions(recalls))


def test_calibration_sets_what_was_expected_beside_what_happened() -> None:
    found = calibration([Prediction(0.9, right=True), Prediction(0.8, right=True), Prediction(0.7, right=False)])
    assert found is not None
    assert (found.n, found.expected, found.observed) == (3, pytest.approx(0.8), pytest.approx(2 / 3))
    assert found.interval == pytest.approx((0.2077, 0.9385), abs=5e-5)


def test_without_predictions_there_is_no_calibration() -> None:
    assert calibration([]) is None
