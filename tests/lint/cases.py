"""Cases for the rules: what breaks a rule, and what nearly does."""

from dataclasses import dataclass

from quizapp.formats.document import BankDocument, QuestionDocument
from quizapp.lint import BankSubject, Finding, Severity, lint_bank, lint_question
from tests.lint.builders import GOOD

ERROR, WARNING, INFORMATION = Severity.ERROR, Severity.WARNING, Severity.INFORMATION


@dataclass(frozen=True)
class Case:
    """A question `beside` the others of a bank, or a whole bank, and what one rule should say of it.

    `severity` is None where the rule should say nothing; `field` and `passage` are where the finding should point.
    """

    rule: str
    sentence: str
    subject: QuestionDocument | BankDocument
    severity: Severity | None
    field: tuple[str | int, ...]
    passage: str
    beside: BankDocument

    def __str__(self) -> str:
        return f"{self.rule}: {self.sentence}"

    def findings(self) -> list[Finding]:
        """What the rule finds."""
        found = (
            lint_bank(self.subject).findings
            if isinstance(self.subject, BankDocument)
            else lint_question(BankSubject(self.beside), self.subject)
        )
        return [finding for finding in found if finding.rule.id == self.rule]

    def check(self) -> None:
        """The rule finds one thing, of this weight and in this place; or nothing at all."""
        found = [(finding.severity, finding.field, finding.passage) for finding in self.findings()]
        wanted = [] if self.severity is None else [(self.severity, self.field, self.passage)]
        assert found == wanted, [finding.found for finding in self.findings()]


def breaks(
    rule: str,
    sentence: str,
    subject: QuestionDocument | BankDocument,
    severity: Severity,
    *field: str | int,
    passage: str = "",
    beside: BankDocument = GOOD,
) -> Case:
    """A breach of the rule, found once, at `field`."""
    return Case(rule, sentence, subject, severity, field, passage, beside)


def keeps(rule: str, sentence: str, subject: QuestionDocument | BankDocument, *, beside: BankDocument = GOOD) -> Case:
    """What comes near to a breach and is none."""
    return Case(rule, sentence, subject, None, (), "", beside)
