"""An answer set beside its key, and what of that may be told when only some of it is shown."""

from dataclasses import dataclass, replace
from typing import Self

from quizapp.domain.feedback import Aspect
from quizapp.kinds.content import Evidence

Shown = frozenset[Aspect]
"""What is shown of an answered question."""


@dataclass(frozen=True)
class ExplainedOption:
    """An option after the answer: whether it is right (None where that is not told), whether it was chosen, and why."""

    text: str
    correct: bool | None
    chosen: bool
    feedback: str
    evidence: tuple[Evidence, ...] = ()

    def limited_to(self, shown: Shown) -> Self:
        """The option with what may be told: without the key, only an option that was chosen can be judged.

        An option's reason and the words against it tell whether it is right, so they go where that goes.
        """
        chosen = self.chosen and Aspect.RESPONSE in shown
        told = Aspect.KEY in shown or (chosen and Aspect.CORRECTNESS in shown)
        return replace(
            self,
            correct=self.correct if told else None,
            chosen=chosen,
            feedback=self.feedback if told and Aspect.EXPLANATION in shown else "",
            evidence=self.evidence if told and Aspect.EVIDENCE in shown else (),
        )


@dataclass(frozen=True)
class ExplainedPart:
    """One part of an answer that has several: a pair, an item, a blank.

    `right` is None where that is not told, `key` empty.
    """

    label: str
    given: str
    key: str
    right: bool | None
    feedback: str = ""
    evidence: tuple[Evidence, ...] = ()
    date: str = ""
    """When it happened, such as 1999-07-04; empty where that is no part of it."""

    def limited_to(self, shown: Shown) -> Self:
        """The part with what may be told. Its reason says what belongs there, so it is never told without the key."""
        judged = is_judged(shown)
        return replace(
            self,
            given=self.given if Aspect.RESPONSE in shown else "",
            key=self.key if Aspect.KEY in shown else "",
            right=self.right if judged else None,
            feedback=self.feedback if judged and {Aspect.KEY, Aspect.EXPLANATION} <= shown else "",
            evidence=self.evidence if judged and Aspect.EVIDENCE in shown else (),
            date=self.date if Aspect.KEY in shown else "",
        )


@dataclass(frozen=True)
class Explained:
    """The answer set beside the key.

    Kinds with options fill `options`, kinds with several parts `parts`, the others `given`, `key` and `right`.
    """

    options: tuple[ExplainedOption, ...] = ()
    parts: tuple[ExplainedPart, ...] = ()
    given: str = ""
    key: tuple[str, ...] = ()
    feedback: str = ""
    evidence: tuple[Evidence, ...] = ()
    right: bool | None = None
    """Whether `given` is right, where that is all or nothing; None where it is not, or is not told."""

    def limited_to(self, shown: Shown) -> Self:
        """What may be told of it when only this is shown: nothing of the rest remains."""
        judged = is_judged(shown)
        return replace(
            self,
            options=tuple(option.limited_to(shown) for option in self.options),
            parts=tuple(part.limited_to(shown) for part in self.parts),
            given=self.given if Aspect.RESPONSE in shown else "",
            key=self.key if Aspect.KEY in shown else (),
            feedback=self.feedback if judged and Aspect.EXPLANATION in shown else "",
            evidence=self.evidence if Aspect.EVIDENCE in shown else (),
            right=self.right if judged else None,
        )


def is_judged(shown: Shown) -> bool:
    """Whether one may see which of the answers given are right; the key tells that as well."""
    return Aspect.RESPONSE in shown and (Aspect.CORRECTNESS in shown or Aspect.KEY in shown)
