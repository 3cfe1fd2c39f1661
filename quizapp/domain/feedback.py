"""What a student is shown of an answered question, and when: the feedback policy of a quiz."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from quizapp.domain.quizzes import Mode


class Aspect(StrEnum):
    """One thing there is to be shown of an answered question."""

    RESPONSE = "response"
    CORRECTNESS = "correctness"
    MARK = "mark"
    KEY = "key"
    EXPLANATION = "explanation"
    EVIDENCE = "evidence"
    NOTE = "note"


class Moment(StrEnum):
    """From when on something is shown."""

    AT_ONCE = "at_once"
    AFTER_SUBMISSION = "after_submission"
    AFTER_CLOSING = "after_closing"
    NEVER = "never"


NameT = TypeVar("NameT", Aspect, Moment)
_ORDER = {moment: place for place, moment in enumerate(Moment)}
_TELLS_THE_KEY = (Aspect.EXPLANATION, Aspect.EVIDENCE, Aspect.NOTE)
"""Aspects from which the key can be read; they never come before it."""


class PolicyRefused(ValueError):
    """A policy that would tell too early: `telling` gives `given_away` away. The text says what to change."""

    def __init__(self, telling: Aspect, given_away: Aspect) -> None:
        super().__init__(f"{telling} tells {given_away}, so it cannot be shown before it")
        self.telling = telling
        self.given_away = given_away


@dataclass(frozen=True)
class FeedbackPolicy:
    """From which moment on each aspect is shown. Raises PolicyRefused where an aspect would give another away.

    What a student gave is always shown to them, so `response` is at once whatever is asked; a mark tells the
    correctness, and explanation, evidence and record note tell the key.
    """

    moments: Mapping[Aspect, Moment]

    def __post_init__(self) -> None:
        """Complete the table, and check that nothing comes before what it gives away."""
        complete = {aspect: self.moments.get(aspect, Moment.NEVER) for aspect in Aspect}
        complete[Aspect.RESPONSE] = Moment.AT_ONCE
        object.__setattr__(self, "moments", complete)
        self._refuse_before(Aspect.CORRECTNESS, (Aspect.MARK, Aspect.KEY))
        self._refuse_before(Aspect.KEY, _TELLS_THE_KEY)

    def _refuse_before(self, given_away: Aspect, telling: tuple[Aspect, ...]) -> None:
        for aspect in telling:
            if _ORDER[self.moments[aspect]] < _ORDER[self.moments[given_away]]:
                raise PolicyRefused(aspect, given_away)

    def shown(self, mode: Mode, settled: bool, submitted: bool, closed: bool) -> frozenset[Aspect]:
        """What may be shown of one answer.

        `settled` says that the answer can no longer be changed, `submitted` that the attempt is, `closed` that the
        quiz takes no more attempts. In a test nothing but the response is shown before submission, whatever the table
        says: an answer that can still be changed must not be judged.
        """
        reached = {Moment.AT_ONCE: settled and (submitted or mode is Mode.PRACTICE)}
        reached[Moment.AFTER_SUBMISSION] = submitted
        reached[Moment.AFTER_CLOSING] = submitted and closed
        reached[Moment.NEVER] = False
        return frozenset({Aspect.RESPONSE}) | {aspect for aspect in Aspect if reached[self.moments[aspect]]}

    def waits_for_closing(self) -> bool:
        """Whether something is shown only when the quiz has closed."""
        return Moment.AFTER_CLOSING in self.moments.values()

    def plain(self) -> dict[str, str]:
        """As plain data, for storage and files."""
        return {str(aspect): str(moment) for aspect, moment in self.moments.items() if aspect is not Aspect.RESPONSE}

    @classmethod
    def from_plain(cls, data: Any) -> Self:
        """From plain data. Raises PolicyRefused or ValueError."""
        if isinstance(data, cls):
            return data
        if not isinstance(data, Mapping):
            raise ValueError("this should be a table of what is shown and when, such as {key: after_submission}")
        return cls({_named(Aspect, aspect): _named(Moment, moment) for aspect, moment in data.items()})

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let content models hold a policy."""
        return core_schema.no_info_plain_validator_function(
            cls.from_plain, serialization=core_schema.plain_serializer_function_ser_schema(cls.plain)
        )


def _named(names: type[NameT], name: Any) -> NameT:
    """The aspect or moment of this name. Raises ValueError with those there are."""
    try:
        return names(name)
    except ValueError as error:
        raise ValueError(f"there is no {name!r} here; the words are {', '.join(names)}") from error


def _everything(moment: Moment) -> FeedbackPolicy:
    return FeedbackPolicy(dict.fromkeys(Aspect, moment))


PRESETS: dict[Mode, FeedbackPolicy] = {
    Mode.PRACTICE: _everything(Moment.AT_ONCE),
    Mode.TEST: _everything(Moment.AFTER_SUBMISSION),
}
"""What a quiz of each mode shows where nothing else is asked."""
