"""What a quiz will ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.blueprint import Shortfall, blueprint, by_cell
from quizapp.domain.quizzes import Candidate, Draw, Fixed

BANK = [
    Candidate(1, "rise", "recall", "numeric", 1),
    Candidate(2, "rise", "cause", "numeric", 1),
    Candidate(3, "fall", "recall", "cloze", 2),
    Candidate(4, "fall", "recall", "cloze", 2),
]


def test_a_certain_question_is_asked_for_sure_and_a_draw_shares_its_count() -> None:
    plan = blueprint([Fixed(1), Draw(1, section="fall")], [2.0, 1.0], BANK)
    assert plan.chances == {1: 1.0, 3: 0.5, 4: 0.5}
    assert (plan.questions, plan.marks) == (2, 3.0)


def test_a_second_draw_takes_what_the_first_has_left() -> None:
    plan = blueprint([Draw(1, section="fall"), Draw(1, section="fall")], [1, 1], BANK)
    assert plan.chances == {3: 1.0, 4: 1.0}
    assert plan.shortfalls == ()


def test_a_draw_that_asks_for_too_many_is_named() -> None:
    plan = blueprint([Fixed(3), Draw(3, kind="cloze")], [1, 1], BANK)
    assert plan.shortfalls == (Shortfall(1, 3, 1),)
    assert plan.marks == 2


def test_a_certain_question_that_is_not_published_is_left_out() -> None:
    assert blueprint([Fixed(9), Fixed(1)], [1, 1], BANK).not_asked == (0,)


def test_the_cells_add_up_the_chances() -> None:
    plan = blueprint([Fixed(1), Draw(1, level="recall")], [1, 1], BANK)
    assert by_cell(plan, BANK, lambda one: one.section) == {("rise", "recall"): 1.0, ("fall", "recall"): 1.0}


DRAWS = st.builds(Draw, st.integers(1, 5), st.sampled_from([None, "rise", "fall"]), st.sampled_from([None, "recall"]))


@given(st.lists(DRAWS, max_size=4))
def test_no_question_is_more_than_certain_and_the_marks_are_those_of_the_questions(draws: list[Draw]) -> None:
    plan = blueprint(draws, [1.0] * len(draws), BANK)
    assert all(0 <= chance <= 1 + 1e-9 for chance in plan.chances.values())
    assert plan.marks == pytest.approx(plan.questions)
