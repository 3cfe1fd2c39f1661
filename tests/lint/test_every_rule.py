"""No rule is without its reasons, nor without a breach and a near miss among the tests."""

import re

import pytest

from quizapp.lint import RULES
from quizapp.lint.findings import Rule
from tests.lint import (
    test_balance,
    test_coverage,
    test_cues,
    test_evidence,
    test_fairness,
    test_options,
    test_particular_kinds,
    test_stems,
    test_waivers,
)

FAMILIES = (
    test_balance, test_coverage, test_cues, test_evidence, test_fairness, test_options, test_particular_kinds,
    test_stems, test_waivers,
)  # fmt: skip
CASES = [case for family in FAMILIES for case in family.CASES]
OF_SEVERAL_WEIGHTS = {
    "all-or-none-of-the-above", "absolutes-rate", "duplicate-options", "key-longest", "key-position", "negative-stem",
    "not-parallel", "option-count", "passage-coverage", "weak-explanation",
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_breach_and_a_near_miss(rule: str) -> None:
    assert {case.severity is None for case in CASES if case.rule == rule} == {True, False}


def test_there_is_no_case_for_a_rule_that_is_not_there() -> None:
    assert {case.rule for case in CASES} == set(RULES)


def test_every_case_has_a_sentence_of_its_own() -> None:
    names = [str(case) for case in CASES]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("rule", RULES)
def test_the_weight_of_a_finding_is_its_rule_s_unless_the_rule_has_several(rule: str) -> None:
    weights = {case.severity for case in CASES if case.rule == rule and case.severity is not None}
    assert weights == {RULES[rule].severity} or rule in OF_SEVERAL_WEIGHTS
    assert (len(weights) > 1) == (rule in OF_SEVERAL_WEIGHTS)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_says_why_by_whom_and_what_to_do(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z][^.?!]+\.", rule.why), "one sentence"
    assert re.fullmatch(r"[A-Z].+\.", rule.remedy), "a sentence or two"
    assert rule.source, "somebody says so"
    assert not rule.source.endswith("."), "a name and a place, no sentence"
