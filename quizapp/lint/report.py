"""The linter at work: one question beside its bank, or a whole bank."""

from collections import Counter
from dataclasses import dataclass

from quizapp.formats.document import BankDocument, QuestionDocument
from quizapp.lint.coverage import Cell, blueprint_cells
from quizapp.lint.findings import Finding, Severity, finding
from quizapp.lint.rules import BANK_RULES, QUESTION_RULES, RULES
from quizapp.lint.strategies import Strategy, strategies
from quizapp.lint.subjects import BankSubject, Item
from quizapp.lint.waivers import Waived, apply_waivers

_RULE_IDS = frozenset(RULES)


@dataclass(frozen=True)
class Report:
    """All that the linter says of a bank."""

    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    cells: dict[str, list[Cell]]
    passages: dict[str, int]
    """For each passage, in reading order, how many published questions it decides."""
    strategies: tuple[Strategy, ...]

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return Counter(found.severity for found in self.findings)[severity]

    def fails(self, strict: bool) -> bool:
        """Whether the bank should not be used as it is: errors, or with `strict` warnings too."""
        lowest = Severity.WARNING if strict else Severity.ERROR
        return any(found.severity >= lowest for found in self.findings)


def lint_question(subject: BankSubject, question: QuestionDocument) -> list[Finding]:
    """What the rules find in one question, the bank's others around it; heaviest first, waived ones left out."""
    standing, _waived = apply_waivers(question, _judge(subject, subject.item(question)), _RULE_IDS)
    return sorted(standing, key=lambda found: -found.severity)


def lint_bank(bank: BankDocument) -> Report:
    """What the rules find in a bank, question by question in its order, then in the bank as a whole."""
    subject = BankSubject(bank)
    findings: list[Finding] = []
    waived: list[Waived] = []
    for item in subject.items:
        standing, forgiven = apply_waivers(item.question, _judge(subject, item), _RULE_IDS)
        findings += standing
        waived += forgiven
    findings += [finding(rule, hit) for rule in BANK_RULES for hit in rule.check(subject)]
    return Report(
        findings=tuple(findings),
        waived=tuple(waived),
        cells=blueprint_cells(subject),
        passages={passage.id: subject.questions_on_passage[passage.id] for passage in bank.passages()},
        strategies=tuple(strategies(subject)),
    )


def _judge(subject: BankSubject, item: Item) -> list[Finding]:
    rules = [rule for rule in QUESTION_RULES if item.in_use or rule.on_retired]
    return [finding(rule, hit, item.id) for rule in rules for hit in rule.check(item, subject)]
