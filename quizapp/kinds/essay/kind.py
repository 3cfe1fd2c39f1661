"""Essay: a longer text, which a teacher marks by a rubric."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from quizapp.domain.feedback import Aspect
from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.base import Anatomy, BadResponse, Expectation, Fields, Kind, Prompt, only_value
from quizapp.kinds.content import Content, Model, Text, refuse_twins
from quizapp.kinds.explained import Explained, Shown

MOST_CHARACTERS = 20_000
"""Characters of an essay; some 3,000 words."""
MOST_WORDS = 3000

Words = Annotated[int, Field(ge=1, le=MOST_WORDS)]


class Criterion(Model):
    """One thing an essay is marked by. `hint` says what full points need, and is shown with the key alone."""

    text: Text
    points: Annotated[int, Field(ge=1, le=20)]
    hint: Annotated[str, Field(max_length=4000)] = ""


class EssayContent(Content):
    """A task with its rubric.

    `words_least` and `words_most` guide the writer and refuse nothing; `model_answer`, in Markdown, belongs to the key.
    """

    rubric: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=8)]
    words_least: Words | None = None
    words_most: Words | None = None
    model_answer: Annotated[str, Field(max_length=MOST_CHARACTERS)] = ""

    @model_validator(mode="after")
    def _criteria_differ(self) -> Self:
        refuse_twins((criterion.text for criterion in self.rubric), "criteria")
        return self

    @model_validator(mode="after")
    def _words_make_a_range(self) -> Self:
        if self.words_least and self.words_most and self.words_least > self.words_most:
            raise ValueError(f"at least {self.words_least} and at most {self.words_most} words leave no essay possible")
        return self


class Written(Model):
    """The essay, exactly as it was written, but for line ends: they are all \\n."""

    text: Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=MOST_CHARACTERS)]


@dataclass(frozen=True)
class ExplainedEssay(Explained):
    """The essay beside its rubric and a model answer; hints and model answer are empty where the key is not told."""

    rubric: tuple[Criterion, ...] = ()
    model_answer: str = ""

    @property
    def words(self) -> int:
        """How many words were written."""
        return len(self.given.split())

    def limited_to(self, shown: Shown) -> Self:
        """What may be told of it. The criteria always are: they stood beside the question."""
        told = super().limited_to(shown)
        if Aspect.KEY in shown:
            return told
        bare = tuple(criterion.model_copy(update={"hint": ""}) for criterion in self.rubric)
        return replace(told, rubric=bare, model_answer="")


def fraction_of_points(points: Sequence[int], rubric: Sequence[Criterion]) -> float:
    """The fraction 0–1 that an essay earns with these points, one number for each criterion in its order.

    Raises ValueError for another count of numbers, or for points below 0 or above the criterion's own.
    """
    if len(points) != len(rubric):
        raise ValueError(f"the rubric has {len(rubric)} criteria, and points were given for {len(points)}")
    for given, criterion in zip(points, rubric, strict=True):
        if not 0 <= given <= criterion.points:
            raise ValueError(f"“{criterion.text}” takes 0 to {criterion.points} points, not {given}")
    return sum(points) / sum(criterion.points for criterion in rubric)


class Essay(Kind[EssayContent, Written]):
    """Essay: a longer text, which a teacher marks by a rubric."""

    name = "essay"
    title = _("Essay")
    instruction = _("Write a text of your own. A teacher reads it and marks it by what is listed here.")
    content_model = EssayContent
    response_model = Written
    marked_by_teacher = True

    def prompt(self, content: EssayContent, order: Sequence[int]) -> Prompt:
        """The task, what it is marked by, and how long it should be."""
        return Prompt(
            self.name,
            content.stem,
            self.instruction,
            criteria=tuple(Expectation(criterion.text, criterion.points) for criterion in content.rubric),
            words=(content.words_least, content.words_most),
        )

    def read(self, content: EssayContent, order: Sequence[int], fields: Fields) -> Written | None:
        """The essay; None where there is none. Raises BadResponse for one that is far too long."""
        text = only_value(fields, "answer").replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > MOST_CHARACTERS:
            raise BadResponse(_("This essay is too long: shorten it to 20,000 characters, which is some 3,000 words."))
        return Written(text=text) if text.strip() else None

    def given(self, content: EssayContent, order: Sequence[int], response: Written) -> tuple[str, ...]:
        """The essay as written."""
        return (response.text,)

    def mark(self, content: EssayContent, response: Written) -> None:
        """Nothing: a teacher marks it, with `fraction_of_points`."""
        return

    def explain(self, content: EssayContent, order: Sequence[int], response: Written | None) -> ExplainedEssay:
        """The essay, its rubric and the model answer."""
        return ExplainedEssay(
            given=response.text if response else "",
            evidence=content.evidence,
            rubric=content.rubric,
            model_answer=content.model_answer,
        )

    def anatomy(self, content: EssayContent) -> Anatomy:
        """No key in words; the criteria are read with the task."""
        return Anatomy(text=" ".join(criterion.text for criterion in content.rubric))
