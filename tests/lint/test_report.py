"""The linter at work: one question beside its bank, a whole bank, and what it says."""

import pytest

from quizapp.formats.document import BankDocument, QuestionDocument
from quizapp.lint import RULES, BankSubject, Severity, lint_bank, lint_question
from tests.lint.builders import CONTENTS, GOOD, GOOD_QUESTIONS, SECTION, among, asking, bank, passages, question, quote
from tests.lint.cases import ERROR, INFORMATION, WARNING

NEGATIVE = asking("Who did not lend it?", "the bishop", "the miller", "always the council", id="negative")
MIXED = bank(NEGATIVE, *GOOD_QUESTIONS)


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_good_question_of_every_kind_gives_no_finding(kind: str) -> None:
    assert lint_question(BankSubject(GOOD), question(kind, id=f"good-{kind.replace('_', '-')}")) == []


def test_a_good_bank_gives_no_finding() -> None:
    report = lint_bank(GOOD)
    assert [finding.found for finding in report.findings] == []
    assert report.waived == ()
    assert not report.fails(strict=True)


def test_the_findings_of_a_question_begin_with_the_heaviest() -> None:
    severities = [finding.severity for finding in lint_question(BankSubject(GOOD), NEGATIVE)]
    assert severities == sorted(severities, reverse=True)
    assert {ERROR, WARNING} <= set(severities)


def test_the_findings_of_a_bank_follow_its_questions_and_end_with_the_whole() -> None:
    second = NEGATIVE.model_copy(update={"id": "negative-too"})
    report = lint_bank(bank(NEGATIVE, *GOOD_QUESTIONS, second))
    names = [finding.question for finding in report.findings]
    assert list(dict.fromkeys(names)) == ["negative", "negative-too", ""]


def test_findings_are_counted_by_their_weight() -> None:
    report = lint_bank(MIXED)
    counts = {severity: report.count(severity) for severity in Severity}
    assert sum(counts.values()) == len(report.findings)
    assert counts[ERROR] == 2  # the negative, and the frame


@pytest.mark.parametrize(
    ("document", "fails", "fails_strictly"),
    [
        (GOOD, False, False),
        (bank(among("often a", "b", "c"), *GOOD_QUESTIONS), False, False),
        (bank(among("a", "never b", "c"), *GOOD_QUESTIONS), False, True),
        (MIXED, True, True),
    ],
    ids=["nothing found", "information", "a warning", "an error"],
)
def test_a_bank_fails_on_errors_and_strictly_on_warnings(
    document: BankDocument, fails: bool, fails_strictly: bool
) -> None:
    report = lint_bank(document)
    assert (report.fails(strict=False), report.fails(strict=True)) == (fails, fails_strictly)


def test_the_report_counts_the_questions_on_every_passage() -> None:
    assert lint_bank(GOOD).passages == {"founding": 3, "growth": 2, "decline": 4}


def test_the_report_holds_the_blueprint_and_the_tricks() -> None:
    report = lint_bank(bank(blueprint={"sections": {SECTION: {"recall": 9}}}))
    assert [cell.filled for cell in report.cells["sections"] if cell.level == "recall"] == [9]
    assert len(report.strategies) == 3


def test_a_finding_says_where_it_is_as_a_person_would() -> None:
    (found,) = lint_question(BankSubject(GOOD), among("x", "y", "z", evidence=[quote("gold")]))
    assert (found.where, found.question) == ("evidence 1", "changed")
    assert found.found == "“gold” does not stand in passage founding."


def test_a_message_with_a_percentage_is_put_into_words() -> None:
    short = question("cloze", text="She lent [[1]].", blanks=[{"accept": ["crowns to the bishop"]}])
    assert "Only 33% of its words stay." in [found.found for found in lint_question(BankSubject(GOOD), short)]


def test_a_question_is_judged_beside_a_bank_it_is_not_in() -> None:
    twin = question("single_choice", id="not-in-the-bank")
    found = lint_question(BankSubject(GOOD), twin)
    assert [(finding.rule.id, finding.values["other"]) for finding in found] == [
        ("near-duplicate", "good-single-choice")
    ]
    telling = question("numeric", id="telling", stem="Who, says the writer, closed kilns with Ines Carrow?")
    found = lint_question(BankSubject(bank(telling)), question("short_answer"))
    assert [(finding.rule.id, finding.values["other"]) for finding in found] == [("cross-item-cue", "telling")]


def test_an_edited_question_is_not_compared_with_its_earlier_form() -> None:
    edited = question("single_choice", id="good-single-choice", references=["Ledger of Dunmere"])
    assert lint_question(BankSubject(GOOD), edited) == []


def test_a_retired_question_is_judged_by_its_quotes_alone() -> None:
    retired = NEGATIVE.model_copy(update={"status": "retired"})
    misquoted = among("often", "a", "often not", status="retired", evidence=[quote("gold")], id="misquoted")
    report = lint_bank(bank(retired, misquoted, *GOOD_QUESTIONS))
    assert [(finding.question, finding.rule.id) for finding in report.findings] == [
        ("misquoted", "evidence-not-in-passage")
    ]


def test_a_draft_is_judged_like_any_other() -> None:
    draft = NEGATIVE.model_copy(update={"status": "draft"})
    assert lint_question(BankSubject(GOOD), draft) == lint_question(BankSubject(GOOD), NEGATIVE)


URDU_WHY = "مصنف نے یہ بات ایک ہی جملے میں کہی ہے اور بعد میں اس کی تردید نہیں کی"
URDU = [
    question("single_choice", id="loan", stem="مصنف کے مطابق کارخانے کے لیے رقم کس نے دی تھی؟", explanation=URDU_WHY),
    question("true_false", id="wages", stem="کاریگروں کو پہلے مزدوری میں رقم نہیں دی جاتی تھی", explanation=URDU_WHY),
]
WORDY = [
    asking("They did not ever call her an", "widow of all", "not a nun", "never often", "All of the above", id="wordy"),
    asking("In short, the only widow of", "it was sold", "it was not sold", "A and B only", id="more-words"),
]


@pytest.mark.parametrize("questions", [URDU, WORDY], ids=["Urdu words", "English words"])
def test_in_a_language_without_word_lists_the_rules_on_words_are_silent(questions: list[QuestionDocument]) -> None:
    found = lint_bank(bank(*questions, language="ur")).findings
    assert {finding.rule.id for finding in found} == {"passage-coverage"}


def test_in_another_language_the_rules_that_need_no_word_list_still_speak() -> None:
    broken = among("1702", "1902", "1802", explanation="-", evidence=[quote("سونا")])
    found = {finding.rule.id for finding in lint_bank(bank(broken, language="ur-PK")).findings}
    assert {"evidence-not-in-passage", "weak-explanation", "options-out-of-order"} <= found


def test_a_dialect_has_its_language_s_words() -> None:
    found = lint_bank(bank(NEGATIVE, language="en-GB")).findings
    assert "negative-stem" in {finding.rule.id for finding in found}


def test_a_bank_without_a_question_is_judged() -> None:
    empty = bank().model_copy(update={"sections": ()})
    assert lint_bank(empty).findings == ()
    bare = bank(passages=passages()).sections[0].model_copy(update={"questions": ()})
    found = lint_bank(bank().model_copy(update={"sections": (bare,)})).findings
    assert [(finding.rule.id, finding.severity) for finding in found] == [("passage-coverage", INFORMATION)] * 3


def test_the_linter_says_the_same_each_time() -> None:
    assert lint_bank(MIXED) == lint_bank(MIXED)


def test_rules_stand_in_the_registry_by_their_ids() -> None:
    assert all(name == rule.id for name, rule in RULES.items())
