"""From marks to scores and summaries."""

import pytest

from quizapp.domain.certainty import CertaintyUse
from quizapp.domain.grading import Earned, Grading, Score, counting, summarise, total


def test_a_score_is_the_sum_of_fractions_of_marks_and_blanks_earn_nothing() -> None:
    assert total([Earned(1.0, 2), Earned(0.5, 1), Earned(None, 3)]) == Score(2.5, 6)


def test_certainty_counts_where_it_is_scored_and_three_for_each_mark_are_possible() -> None:
    slots = [Earned(1.0, 2, certainty=3), Earned(0.0, 1, certainty=2), Earned(0.0, 1, answered=False), Earned(None, 1)]
    assert total(slots, CertaintyUse.SCORED) == Score(6.0 - 2.0, 15)
    assert total(slots, CertaintyUse.ASKED) == Score(2.0, 5)


def test_nothing_to_earn_is_no_division() -> None:
    assert total([]).share == 0.0


@pytest.mark.parametrize(
    ("grading", "counts"),
    [(Grading.FIRST, 0.5), (Grading.BEST, 0.9), (Grading.LATEST, -0.2), (Grading.AVERAGE, 0.4)],
)
def test_the_quiz_says_which_of_several_attempts_counts(grading: Grading, counts: float) -> None:
    summary = summarise([0.5, 0.9, -0.2], grading)
    assert (summary.attempts, summary.best, summary.latest) == (3, 0.9, -0.2)
    assert round(summary.average, 9) == 0.4
    assert round(summary.counting, 9) == counts


def test_nothing_taken_is_nothing_to_summarise() -> None:
    assert counting([], Grading.BEST) is None
    with pytest.raises(ValueError, match="nothing to summarise"):
        summarise([], Grading.BEST)
