"""What the item analysis costs, counted and not timed, so that it holds on any machine."""

from tests.benchmark.analysis import Measured, as_text, measure


def test_many_answers_are_kept_as_few_sums_and_shown_in_few_statements() -> None:
    found = measure(60)
    assert (found.answers, found.sums < found.answers) == (1_200, True)
    assert found.statements <= 20


def test_the_report_names_what_was_measured() -> None:
    told = as_text(Measured(1_000_000, 12_000, 10.0, 0.1, 5.0, 0.05, 0.1, 0.1, 0.2, 15, 150))
    assert "1,000,000 answers, kept as 12,000 sums; processor time" in told
    assert "150 MB" in told
