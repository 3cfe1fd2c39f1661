"""What single choice and multiple response share: options shown in an order of the attempt's own."""

from collections.abc import Collection, Sequence
from random import Random
from typing import Annotated, Self

from pydantic import Field, model_validator

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.base import Anatomy, BadResponse, Fields, Option, OptionText, shuffled
from quizapp.kinds.content import Choice, Content, Evidence, Path, quotes_in_rows, refuse_twins
from quizapp.kinds.explained import ExplainedOption


class ChoiceContent(Content):
    """A question with options. `keep_order` is for numbers and dates, which stay in their natural order."""

    choices: Annotated[tuple[Choice, ...], Field(min_length=3, max_length=8)]
    keep_order: bool = False

    @model_validator(mode="after")
    def _options_differ(self) -> Self:
        refuse_twins((choice.text for choice in self.choices), "choices")
        return self

    def located_evidence(self) -> tuple[tuple[Path, Evidence], ...]:
        """The deciding quotes, then those of the choices."""
        own = quotes_in_rows("choices", (choice.evidence for choice in self.choices))
        return (*super().located_evidence(), *own)

    def keys(self) -> frozenset[int]:
        """The indexes of the right choices."""
        return frozenset(index for index, choice in enumerate(self.choices) if choice.correct)


def order_of_choices(content: ChoiceContent, chance: Random) -> list[int]:
    """A shuffled order of the choices, or the written one where that must stay."""
    return order_as_written(content) if content.keep_order else shuffled(len(content.choices), chance)


def order_as_written(content: ChoiceContent) -> list[int]:
    """The choices in the order of the content."""
    return list(range(len(content.choices)))


def options_in(content: ChoiceContent, order: Sequence[int]) -> tuple[Option, ...]:
    """The choices as shown: the value of each is its place on the page, counted from 1."""
    return tuple(Option(str(place), content.choices[index].text) for place, index in enumerate(order, start=1))


def chosen_indexes(order: Sequence[int], fields: Fields) -> list[int]:
    """The indexes of the choices ticked on the page. Raises BadResponse for a value that is not on the page."""
    values = fields.get("answer", ())
    places = {str(place): index for place, index in enumerate(order, start=1)}
    if any(value not in places for value in values) or len(set(values)) != len(values):
        raise BadResponse(_("Choose from the options shown."))
    return [places[value] for value in values]


def places_of(chosen: Collection[int], order: Sequence[int]) -> tuple[str, ...]:
    """The page values of chosen choices."""
    return tuple(str(place) for place, index in enumerate(order, start=1) if index in chosen)


def explained_options(
    content: ChoiceContent, order: Sequence[int], chosen: Collection[int]
) -> tuple[ExplainedOption, ...]:
    """Every choice in the shown order, with its reason."""
    choices = [(index, content.choices[index]) for index in order]
    return tuple(
        ExplainedOption(choice.text, choice.correct, index in chosen, choice.feedback, choice.evidence)
        for index, choice in choices
    )


def anatomy_of(content: ChoiceContent) -> Anatomy:
    """The choices as rivals, the right ones as keys."""
    options = tuple(
        OptionText(choice.text, ("choices", number, "text"), choice.correct)
        for number, choice in enumerate(content.choices)
    )
    return Anatomy(
        options=options,
        keys=tuple(option.text for option in options if option.correct),
        shuffled=not content.keep_order,
    )
