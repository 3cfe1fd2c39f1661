"""A question that breaks a rule with good reason says so, and only as long as it does."""

from typing import Any

import pytest

from quizapp.formats.document import QuestionDocument
from quizapp.lint import lint_bank
from tests.lint.builders import GOOD_QUESTIONS, asking, bank
from tests.lint.cases import ERROR, WARNING, Case, breaks, keeps

RULE = "unused-waiver"
REASON = "The author asks it in these very words."


def waiving(*rules: str, stem: str = "Who, says the writer, did not lend it?", **changed: Any) -> QuestionDocument:
    """A negative question with these rules waived."""
    waivers = [{"rule": rule, "reason": REASON} for rule in rules]
    return asking(stem, "the bishop", "the miller", "the council", waivers=waivers, **changed)


CASES = (
    breaks(RULE, "nothing to waive", waiving("clang"), WARNING, "waivers", 0),
    breaks(RULE, "nothing to waive any more", waiving("negative-stem", stem="Who, says the writer, did lend it?"),
           WARNING, "waivers", 0),
    breaks(RULE, "no such rule", waiving("negative-stem", "negative-stems"), WARNING, "waivers", 1),
    breaks(RULE, "a rule on the bank, which no question can waive", waiving("key-longest"), WARNING, "waivers", 0),
    breaks(RULE, "a waiver of this rule", waiving("negative-stem", RULE), WARNING, "waivers", 1),
    keeps(RULE, "something to waive", waiving("negative-stem")),
    keeps(RULE, "a retired question, which is not judged", waiving("negative-stem", "clang", status="retired")),
    keeps("negative-stem", "a breach that is waived", waiving("negative-stem")),
    breaks("negative-stem", "a waiver of another rule", waiving("clang"), ERROR, "stem"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_a_waiver_is_worth(case: Case) -> None:
    case.check()


def test_what_is_waived_is_reported_apart_with_its_reason() -> None:
    report = lint_bank(bank(*GOOD_QUESTIONS, waiving("negative-stem", id="waiving")))
    assert report.findings == ()
    assert [(entry.finding.rule.id, entry.finding.question, entry.reason) for entry in report.waived] == [
        ("negative-stem", "waiving", REASON)
    ]
    assert not report.fails(strict=True)


def test_a_waiver_holds_for_all_that_its_rule_finds_in_the_question() -> None:
    options = ("the bishop", "it was always sold", "it was never sold")
    question = asking("Which does the writer name?", *options, waivers=[{"rule": "absolutes", "reason": REASON}])
    waived = [entry.finding.rule.id for entry in lint_bank(bank(question)).waived]
    assert waived == ["absolutes", "absolutes"]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("clang", "The waiver of clang has nothing to waive."),
        ("clong", "There is no rule clong to waive; the nearest name is clang."),
    ],
)
def test_a_waiver_without_use_says_why(rule: str, says: str) -> None:
    found = breaks(RULE, "", waiving(rule), WARNING).findings()
    assert [finding.found for finding in found] == [says]
