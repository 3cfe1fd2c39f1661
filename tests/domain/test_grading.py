"""From marks to scores and summaries."""

from datetime import UTC, datetime, timedelta

from quizapp.domain.grading import Earned, Finished, Score, summarise_by_quiz, total

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def test_a_score_is_the_sum_of_fractions_of_marks_and_blanks_earn_nothing() -> None:
    assert total([Earned(1.0, 2), Earned(0.5, 1), Earned(None, 3)]) == Score(2.5, 6)


def test_nothing_to_earn_is_no_division() -> None:
    assert total([]).share == 0.0


def test_the_latest_is_by_time_and_not_by_place_in_the_list() -> None:
    attempts = [
        Finished("A", NOON + timedelta(days=2), 0.4),
        Finished("A", NOON, 0.9),
        Finished("B", NOON + timedelta(days=1), 0.5),
    ]
    first, second = summarise_by_quiz(attempts)
    assert (first.quiz, first.best, first.latest, round(first.average, 2)) == ("A", 0.9, 0.4, 0.65)
    assert (second.quiz, second.attempts) == ("B", 1)
