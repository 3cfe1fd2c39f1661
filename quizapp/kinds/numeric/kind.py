"""Numeric: a year, an amount, a count, typed in any usual way of writing it."""

import math
from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.base import Anatomy, BadResponse, Fields, Kind, Prompt, single_value
from quizapp.kinds.content import Content, Model, Text
from quizapp.kinds.corrections import Accepted, BadCorrection
from quizapp.kinds.explained import Explained
from quizapp.kinds.numeric.reading import SCALES, read_number

Finite = Annotated[float, Field(allow_inf_nan=False)]


class WrongNumber(Model):
    """A number often given and wrong, and why."""

    value: Finite
    feedback: Text


class NumericContent(Content):
    """The key and how near is near enough.

    `tolerance` is absolute, in the key's own scale; `relative_tolerance` a fraction of the key; the wider one holds.
    `scale` lets a bare 7.5 be read as 7.5 billion; `unit` is the text beside the box.
    """

    answer: Finite
    tolerance: Annotated[Finite, Field(ge=0)] = 0.0
    relative_tolerance: Annotated[Finite, Field(ge=0, lt=1)] = 0.0
    scale: Literal["thousand", "lakh", "million", "crore", "billion", "trillion"] | None = None
    unit: Annotated[str, Field(max_length=40)] = ""
    reject: tuple[WrongNumber, ...] = ()

    @model_validator(mode="after")
    def _wrong_numbers_are_wrong(self) -> Self:
        for wrong in self.reject:
            if self.is_near(wrong.value):
                raise ValueError(f"{wrong.value:g} stands under reject, but lies within the tolerance")
        return self

    def is_near(self, value: float) -> bool:
        """Whether `value`, in the key's own scale, is within the tolerance."""
        slack = max(self.tolerance, self.relative_tolerance * abs(self.answer))
        return abs(value - self.answer) <= slack or math.isclose(value, self.answer, rel_tol=1e-12)

    def in_scale(self, text: str) -> tuple[float, ...]:
        """The values that `text` may mean, in the key's own scale; empty where it is no number.

        With a scale of billions a bare 7.5 means itself, "7.5 billion" the same, and so does a bare 7,500,000,000.
        """
        written = read_number(text, self.unit)
        if written is None:
            return ()
        factor = SCALES[self.scale] if self.scale else 1.0
        absolute = written.value / factor
        return (absolute,) if written.scaled or factor == 1.0 else (written.value, absolute)

    def accepts(self, text: str) -> bool:
        """Whether the typed text means a number near enough to the key."""
        return any(self.is_near(value) for value in self.in_scale(text))

    def feedback_on(self, text: str) -> str:
        """Why a known wrong number is wrong; empty for any other."""
        values = self.in_scale(text)
        return next((wrong.feedback for wrong in self.reject if wrong.value in values), "")

    def key_text(self) -> str:
        """The key as a reader would write it, with its unit (a unit that already names the scale is not doubled)."""
        number = f"{self.answer:.15g}"
        return number if self.unit == "year" else f"{number} {self.unit}".strip()


class TypedNumber(Model):
    """The number as typed; kept as text, so that the review shows the student's own writing."""

    text: Text


class Numeric(Kind[NumericContent, TypedNumber]):
    """Numeric: a year, an amount, a count, typed in any usual way of writing it."""

    name = "numeric"
    title = _("Number")
    instruction = _("Type a number.")
    content_model = NumericContent
    response_model = TypedNumber
    corrected_by = frozenset({"key", "accept"})
    names_one_key = True

    def prompt(self, content: NumericContent, order: Sequence[int]) -> Prompt:
        """The stem and the unit."""
        return Prompt(self.name, content.stem, self.instruction, unit=content.unit)

    def read(self, content: NumericContent, order: Sequence[int], fields: Fields) -> TypedNumber | None:
        """The number typed; None where nothing is. Raises BadResponse for what is no number."""
        text = single_value(fields, "answer")
        if text and not content.in_scale(text):
            raise BadResponse(_("This is not a number that can be read: write digits, such as 1965 or 2.5 billion."))
        return TypedNumber(text=text) if text else None

    def given(self, content: NumericContent, order: Sequence[int], response: TypedNumber) -> tuple[str, ...]:
        """The number as typed."""
        return (response.text,)

    def mark(self, content: NumericContent, response: TypedNumber) -> float:
        """1 within the tolerance, else 0."""
        return 1.0 if content.accepts(response.text) else 0.0

    def explain(self, content: NumericContent, order: Sequence[int], response: TypedNumber | None) -> Explained:
        """The number typed beside the key."""
        given = response.text if response else ""
        right = bool(given) and content.accepts(given)
        feedback = "" if right or not given else content.feedback_on(given)
        key = (content.key_text(),)
        return Explained(given=given, key=key, feedback=feedback, evidence=content.evidence, right=right)

    def anatomy(self, content: NumericContent) -> Anatomy:
        """The number is the key."""
        return Anatomy(keys=(content.key_text(),))

    def is_same(self, content: NumericContent, response: TypedNumber, other: TypedNumber) -> bool:
        """The same number, however it is written."""
        values = content.in_scale(other.text)
        return any(math.isclose(value, one) for value in content.in_scale(response.text) for one in values)

    def with_key(self, content: NumericContent, fields: Fields) -> NumericContent:
        """Another number, or one more or less exact, is right."""
        answer, tolerance = _number(fields, "answer"), _number(fields, "tolerance", default=0.0)
        if tolerance < 0:
            raise BadCorrection(_("Write a tolerance of 0 or more."))
        if (answer, tolerance) == (content.answer, content.tolerance):
            raise BadCorrection(_("This is the key already: change the number or how near is near enough."))
        changed = content.model_copy(update={"answer": answer, "tolerance": tolerance})
        reject = tuple(wrong for wrong in content.reject if not changed.is_near(wrong.value))
        return changed.model_copy(update={"reject": reject})

    def accepted(self, content: NumericContent, fields: Fields) -> Accepted:
        """One more number earns the marks; the content goes on naming one key."""
        text = single_value(fields, "accepted")
        if not content.in_scale(text):
            raise BadCorrection(_("This is not a number that can be read: write digits, such as 1965 or 2.5 billion."))
        if content.accepts(text):
            raise BadCorrection(_("This number is accepted already."))
        return Accepted(response=TypedNumber(text=text))


def _number(fields: Fields, name: str, default: float | None = None) -> float:
    text = single_value(fields, name).replace(",", ".")
    if not text and default is not None:
        return default
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadCorrection(_("Write a number, such as 1965 or 2.5."))
    return value
