"""How the linter's work grows with the bank, loosely, so that it holds on any machine."""

from tests.benchmark.linting import Measured, as_text, measure


def test_ten_times_the_questions_take_no_more_than_twenty_times_the_work() -> None:
    measure(100, rounds=1)  # what is done once only: patterns are compiled, characters are folded
    assert measure(1_000, rounds=1).seconds < 20 * measure(100).seconds


def test_the_growth_is_told_per_question() -> None:
    told = as_text([Measured(100, 0.1), Measured(1_000, 1.5)]).splitlines()
    assert told[-2].split() == ["100", "0.10", "1.00"]
    assert told[-1].split() == ["1,000", "1.50", "1.50", "×", "1.50"]
