"""Two banks of files: one breaks every rule on purpose, as its comments say, the other gives nothing to find."""

from collections import Counter
from pathlib import Path

import pytest

from quizapp.formats.bank_yaml import examine
from quizapp.formats.document import BankDocument
from quizapp.kinds import KINDS
from quizapp.lint import RULES, lint_bank

BANKS = Path(__file__).parent / "banks"
UNREACHABLE = {"key-count"}
"""Rules that no readable file can break: reading refuses it first."""
FLAWS = [
    ("carts-at-harvest", "frame-breach", "error"),
    ("carts-at-harvest", "options-out-of-order", "warning"),
    ("carts-at-harvest", "overlapping-ranges", "error"),
    ("year-of-the-fire", "frame-breach", "error"),
    ("year-of-the-fire", "options-out-of-order", "warning"),
    ("year-of-the-fire", "cross-item-cue", "warning"),
    ("what-was-levied", "negative-stem", "information"),
    ("what-was-levied", "duplicate-options", "error"),
    ("what-was-levied", "length-outlier", "warning"),
    ("odo-before-the-raft", "weak-explanation", "warning"),
    ("odo-before-the-raft", "all-or-none-of-the-above", "error"),
    ("odo-before-the-raft", "grammatical-cue", "warning"),
    ("cargo-of-the-raft", "negative-stem", "error"),
    ("cargo-of-the-raft", "combined-options", "error"),
    ("cargo-of-the-raft", "not-parallel", "warning"),
    ("the-cracked-bell", "option-count", "information"),
    ("the-cracked-bell", "vague-frequency", "information"),
    ("the-cracked-bell", "clang", "warning"),
    *[("the-cracked-bell", "absolutes", "warning")] * 2,
    *[("the-cracked-bell", "unused-waiver", "warning")] * 2,
    ("toll-after-the-flood", "opposite-pair", "information"),
    ("toll-after-the-flood", "convergence", "information"),
    *[("toll-after-the-flood", "absolutes", "warning")] * 3,
    ("night-of-the-fire", "long-option", "warning"),
    ("night-of-the-fire", "verbatim-copying", "information"),
    *[("night-of-the-fire", "absolutes", "warning")] * 3,
    ("what-the-town-knew", "no-question-in-stem", "warning"),
    ("what-the-town-knew", "negative-option", "warning"),
    ("what-the-town-knew", "absolutes", "warning"),
    ("guests", "no-question-in-stem", "warning"),
    ("guests", "all-or-none-of-the-above", "warning"),
    ("guests", "not-parallel", "information"),
    ("guests", "absolutes", "warning"),
    ("fire-on-the-bank", "weak-explanation", "error"),
    ("penny-for-the-raft", "near-duplicate", "warning"),
    ("pennies-for-the-raft", "near-duplicate", "warning"),
    ("traders-at-the-inns", "two-statements", "information"),
    ("traders-at-the-inns", "loaded-words", "warning"),
    ("one-honest-man", "frame-breach", "error"),
    ("one-honest-man", "loaded-words", "warning"),
    ("who-laid-the-rope", "short-answer-key", "error"),
    ("who-laid-the-rope", "weak-explanation", "error"),
    ("year-of-the-bridge", "frame-breach", "error"),
    ("year-of-the-bridge", "long-stem", "warning"),
    ("year-of-the-bridge", "numeric-key", "error"),
    ("people-and-things", "evidence-not-in-passage", "error"),
    *[("people-and-things", "matching-lists", "warning")] * 3,
    ("order-of-events", "evidence-not-in-passage", "error"),
    *[("order-of-events", "ordering-items", "error")] * 4,
    ("riddle-of-the-rope", "claim-missing", "warning"),
    *[("riddle-of-the-rope", "cloze-text", "warning")] * 3,
    *[("water-and-fire", "essay-rubric", "information")] * 2,
    ("", "claim-without-note", "warning"),
    ("", "note-against-claim", "warning"),
    ("", "key-longest", "error"),
    *[("", "key-position", "warning")] * 2,
    ("", "absolutes-rate", "warning"),
    ("", "true-false-balance", "warning"),
    ("", "negative-share", "information"),
    ("", "trick-pays", "warning"),
    ("", "blueprint-cell", "warning"),
    ("", "objective-count", "warning"),
    ("", "claim-overused", "warning"),
    ("", "passage-coverage", "warning"),
    ("", "passage-coverage", "information"),
]
"""What the bad bank gives: question (empty: the bank), rule, severity."""


def files_of(name: str) -> dict[str, str]:
    """The files of a bank beside this test."""
    return {file.name: file.read_text(encoding="utf-8") for file in (BANKS / name).glob("*.yaml")}


def bank_named(name: str) -> BankDocument:
    """A bank beside this test, which must be readable whole."""
    found = examine(files_of(name))
    assert found.bank is not None
    assert [str(problem) for problem in found.problems] == []
    return found.bank


def findings(name: str) -> Counter[tuple[str, str, str]]:
    """What the linter finds in a bank: question, rule and severity, each as often as it is found."""
    found = lint_bank(bank_named(name)).findings
    return Counter((finding.question, finding.rule.id, finding.severity.word) for finding in found)


def test_the_bad_bank_gives_its_flaws_and_nothing_else() -> None:
    found, listed = findings("bad"), Counter(FLAWS)
    assert {"not found": listed - found, "not listed": found - listed} == {
        "not found": Counter(),
        "not listed": Counter(),
    }


def test_the_bad_bank_breaks_every_rule_that_a_readable_file_can_break() -> None:
    assert {rule for _question, rule, _severity in FLAWS} == RULES.keys() - UNREACHABLE


def test_a_choice_without_its_key_is_refused_before_the_linter_sees_it() -> None:
    good = files_of("good")
    keyless = {**good, "islands.yaml": good["islands.yaml"].replace("        correct: true\n", "")}
    says = [problem.message for problem in examine(keyless).problems]
    assert any("exactly one correct choice" in message for message in says)
    assert any("two or more correct choices" in message for message in says)


def test_every_flawed_question_has_a_comment_that_names_its_rules() -> None:
    comments: dict[str, str] = {}
    above: list[str] = []
    for line in files_of("bad")["town.yaml"].partition("questions:\n")[2].splitlines():
        if line.startswith("  - id: "):
            comments[line.removeprefix("  - id: ")] = " ".join(above)
        above = [*above, line.strip()] if line.startswith("  #") else []
    unnamed = [(question, rule) for question, rule, _severity in FLAWS if question and rule not in comments[question]]
    assert unnamed == []


def test_the_good_bank_gives_no_finding() -> None:
    assert findings("good") == Counter()


@pytest.mark.parametrize(("name", "count"), [("good", 11), ("bad", 21)])
def test_both_banks_ask_questions_of_every_kind(name: str, count: int) -> None:
    kinds = [question.kind for _section, question in bank_named(name).questions()]
    assert len(kinds) == count
    assert set(kinds) == set(KINDS)
