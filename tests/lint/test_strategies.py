"""What a reader who knows the tricks and not the subject would score."""

import pytest

from quizapp.formats.document import QuestionDocument
from quizapp.lint import BankSubject
from quizapp.lint.strategies import Strategy, strategies
from tests.lint.builders import GOOD, among, asking, bank, question, with_ids

LONGEST, FIRST, LIKE_THE_STEM = "always the longest option", "always the first option as written", (
    "always the option most like the stem"
)  # fmt: skip


def scores(*questions: QuestionDocument) -> dict[str, float]:
    """What each trick scores on these questions."""
    return {tried.title: tried.score for tried in strategies(BankSubject(bank(*with_ids(*questions))))}


def test_the_longest_option_scores_where_it_is_the_key() -> None:
    assert scores(among("abc", "a", "ab"), among("abc", "a", "ab", keys=(1,)))[LONGEST] == 0.5


def test_the_first_option_scores_where_it_is_the_key() -> None:
    assert scores(*[among("abc", "a", "ab")] * 3, among("abc", "a", "ab", keys=(2,)))[FIRST] == 0.75


def test_the_option_most_like_the_stem_scores_where_it_is_the_key() -> None:
    stem = "Which kiln burned coal?"
    assert scores(asking(stem, "the mill", "the kiln for coal", "the kiln", keys=(1,)))[LIKE_THE_STEM] == 1.0


def test_among_options_that_look_the_same_to_a_trick_it_draws_lots() -> None:
    assert scores(among("ab", "cd", "e"))[LONGEST] == 0.5
    assert scores(among("ab", "cd", "e"))[LIKE_THE_STEM] == pytest.approx(1 / 3)


def test_chance_is_told_by_the_number_of_options() -> None:
    tried = strategies(BankSubject(bank(*with_ids(among(*"abc"), among(*"abcd"), among(*"abcde")))))
    assert [one.chance for one in tried] == pytest.approx([(1 / 3 + 1 / 4 + 1 / 5) / 3] * 3)
    assert [one.questions for one in tried] == [3, 3, 3]


def test_only_questions_with_one_right_option_are_tried() -> None:
    assert [tried.questions for tried in strategies(BankSubject(GOOD))] == [1, 1, 1]
    retired = among(*"abc", status="retired")
    assert [tried.questions for tried in strategies(BankSubject(bank(retired)))] == [0, 0, 0]


def test_without_questions_no_trick_pays() -> None:
    tried = strategies(BankSubject(bank(question("true_false"))))
    assert [(one.score, one.chance, one.low, one.high, one.beats_chance) for one in tried] == [(0, 0, 0, 1, False)] * 3


@pytest.mark.parametrize(
    ("questions", "low", "pays"),
    [(5, 0.26, True), (5, 0.25, False), (5, 0.2, False), (4, 0.9, False), (1000, 0.26, True)],
)
def test_a_trick_pays_where_even_the_low_end_of_its_interval_beats_chance(
    questions: int, low: float, pays: bool
) -> None:
    assert Strategy("any", questions, 0.5, 0.25, low, 0.9).beats_chance is pays
