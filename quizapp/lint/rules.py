"""The registry: every family of rules, in the order in which their findings are told."""

from quizapp.lint import balance, coverage, cues, evidence, fairness, options, particular_kinds, stems, waivers
from quizapp.lint.findings import BankRule, QuestionRule, Rule

_FAMILIES: tuple[tuple[Rule, ...], ...] = (
    evidence.RULES,
    stems.RULES,
    options.RULES,
    cues.RULES,
    particular_kinds.RULES,
    fairness.RULES,
    balance.RULES,
    coverage.RULES,
    waivers.RULES,
)

RULES: dict[str, Rule] = {rule.id: rule for family in _FAMILIES for rule in family}
QUESTION_RULES = tuple(rule for rule in RULES.values() if isinstance(rule, QuestionRule))
BANK_RULES = tuple(rule for rule in RULES.values() if isinstance(rule, BankRule))
