"""The linter: rules of item writing that a program can check. Pure; a rule is a function and a line in its family."""

from quizapp.lint.findings import Finding, Rule, Severity
from quizapp.lint.report import Report, lint_bank, lint_question
from quizapp.lint.rules import RULES
from quizapp.lint.subjects import BankSubject

__all__ = ["RULES", "BankSubject", "Finding", "Report", "Rule", "Severity", "lint_bank", "lint_question"]
