"""What single choice and multiple response share: options shown in an order of the attempt's own."""

from collections.abc import Collection, Sequence
from random import Random
from typing import Annotated, Self, TypeVar

from pydantic import Field, model_validator

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.base import Anatomy, BadResponse, Fields, Option, OptionText, shuffled
from quizapp.kinds.content import Choice, Content, Evidence, Path, quotes_in_rows, refuse_twins
from quizapp.kinds.corrections import BadCorrection, Carry, carried, places_in
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


FEWEST = 3
"""Options that a question keeps."""
ChoiceT = TypeVar("ChoiceT", bound=ChoiceContent)


def carry_choices(old: ChoiceContent, new: ChoiceContent, dropped: Collection[int]) -> Carry | None:
    """Where the choices of one version stand in another."""
    places = places_in([choice.text for choice in old.choices], [choice.text for choice in new.choices], dropped)
    return None if places is None else Carry(options=places)


def carry_choice_order(new: ChoiceContent, order: Sequence[int], carry: Carry) -> list[int]:
    """The order in which an attempt showed the choices, without those that the new version lacks."""
    return [place for place in carried(carry.options, order) if place < len(new.choices)]


def with_keys(content: ChoiceT, keys: Collection[int], fields: Fields) -> ChoiceT:
    """The content with these choices right, and the others not; what is said of each as the form has it."""
    rows = [
        {**choice.model_dump(), "correct": index in keys, "feedback": reason_in(fields, index) or choice.feedback}
        for index, choice in enumerate(content.choices)
    ]
    return type(content).model_validate({**content.model_dump(), "choices": rows})


def reason_in(fields: Fields, option: int) -> str:
    """What a form says of an option by its place in the content, from 0; empty where it says nothing."""
    return next(iter(fields.get(f"feedback-{option}", ())), "").replace("\r\n", "\n").strip()


def without_choice(content: ChoiceT, option: int) -> ChoiceT:
    """The content without a choice. Raises BadCorrection where too few would remain."""
    if len(content.choices) <= FEWEST:
        raise BadCorrection(_("With three options none can be left out: edit the question, or retire it."))
    kept = [choice for index, choice in enumerate(content.choices) if index != option]
    return type(content).model_validate({**content.model_dump(), "choices": [choice.model_dump() for choice in kept]})


def sent_indexes(content: ChoiceContent, fields: Fields, name: str) -> frozenset[int]:
    """The choices that a form names by their place in the content, from 0. Raises BadCorrection."""
    values = fields.get(name, ())
    known = {str(index) for index in range(len(content.choices))}
    if not values or any(value not in known for value in values):
        raise BadCorrection(_("Choose from the options of the question."))
    return frozenset(int(value) for value in values)
