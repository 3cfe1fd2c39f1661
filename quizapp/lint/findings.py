"""What the linter says: rules, and what each found where."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from quizapp.kinds.content import Path

if TYPE_CHECKING:
    from quizapp.lint.subjects import BankSubject, Item


class Severity(IntEnum):
    """How much a finding matters: an error makes a question unfair or unusable; information is for a second look."""

    INFORMATION = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The severity as one lower-case word."""
        return self.name.lower()


@dataclass(frozen=True)
class Hit:
    """One thing a rule found: a message with `%(name)s` for its `values`, and where in the question or passage.

    `severity` is set where it is not the rule's own; `question` and `passage` where a rule on the whole bank speaks of
    one.
    """

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)
    field: Path = ()
    severity: Severity | None = None
    question: str = ""
    passage: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule: the `severity` of its findings, why it matters with the `source` that says so, and what to do."""

    id: str
    severity: Severity
    why: str
    source: str
    remedy: str


@dataclass(frozen=True)
class QuestionRule(Rule):
    """A rule that judges one question, with its bank around it.

    A retired question is no longer asked, only shown in past attempts; few rules still hold `on_retired` ones.
    """

    check: Callable[["Item", "BankSubject"], Iterable[Hit]]
    on_retired: bool = False


@dataclass(frozen=True)
class BankRule(Rule):
    """A rule that judges a bank as a whole."""

    check: Callable[["BankSubject"], Iterable[Hit]]


@dataclass(frozen=True)
class Finding:
    """What a rule found. `question` and `passage` are ids, empty where the finding is on the whole bank."""

    rule: Rule
    severity: Severity
    message: str
    values: Mapping[str, Any]
    question: str = ""
    passage: str = ""
    field: Path = ()

    @property
    def found(self) -> str:
        """The finding as a sentence."""
        return self.message % self.values if self.values else self.message

    @property
    def where(self) -> str:
        """The field as a person would name it, lists counted from 1; empty for the whole question."""
        return " ".join(str(step + 1) if isinstance(step, int) else step for step in self.field)


def finding(rule: Rule, hit: Hit, question: str = "") -> Finding:
    """A hit as a finding of its rule."""
    return Finding(
        rule=rule,
        severity=hit.severity or rule.severity,
        message=hit.message,
        values=hit.values,
        question=hit.question or question,
        passage=hit.passage,
        field=hit.field,
    )
