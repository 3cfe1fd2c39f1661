"""Waivers: a question that breaks a rule with good reason says so beside itself, and only as long as it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from quizapp.domain.quizzes import Status
from quizapp.domain.wording import mark_for_translation as _
from quizapp.formats.document import QuestionDocument, WaiverDocument
from quizapp.lint.findings import Finding, Hit, Rule, Severity, finding

UNUSED = Rule(
    "unused-waiver", Severity.WARNING,
    _("A waiver that nothing needs any more hides the next finding of its rule."),
    _("the promise of this product"),
    _("Take the waiver out of the file."),
)  # fmt: skip
RULES = (UNUSED,)


@dataclass(frozen=True)
class Waived:
    """A finding that its question waives, and the reason given."""

    finding: Finding
    reason: str


def apply_waivers(
    question: QuestionDocument, findings: Sequence[Finding], known_rules: frozenset[str]
) -> tuple[list[Finding], list[Waived]]:
    """The findings that stand, those on waivers without use among them, and those that are waived."""
    reasons = {waiver.rule: waiver.reason for waiver in question.waivers}
    waived = [Waived(found, reasons[found.rule.id]) for found in findings if found.rule.id in reasons]
    standing = [found for found in findings if found.rule.id not in reasons]
    used = {entry.finding.rule.id for entry in waived}
    for number, waiver in enumerate(question.waivers):
        if waiver.rule not in used and question.status != Status.RETIRED:
            standing.append(finding(UNUSED, _unused(waiver, number, known_rules), question.id))
    return standing, waived


def _unused(waiver: WaiverDocument, number: int, known_rules: frozenset[str]) -> Hit:
    field = ("waivers", number)
    if waiver.rule in known_rules:
        return Hit(_("The waiver of %(rule)s has nothing to waive."), {"rule": waiver.rule}, field)
    near = max(known_rules, key=lambda rule: (SequenceMatcher(None, rule, waiver.rule).ratio(), rule))
    message = _("There is no rule %(rule)s to waive; the nearest name is %(near)s.")
    return Hit(message, {"rule": waiver.rule, "near": near}, field)
