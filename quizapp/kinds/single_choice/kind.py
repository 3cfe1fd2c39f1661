"""Single choice: one right option among several."""

from collections.abc import Collection, Sequence
from random import Random
from typing import Self

from pydantic import model_validator

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds import choices
from quizapp.kinds.base import Anatomy, BadResponse, Fields, Kind, Prompt
from quizapp.kinds.content import Model
from quizapp.kinds.corrections import Accepted, BadCorrection, Carry, carried
from quizapp.kinds.explained import Explained


class SingleChoiceContent(choices.ChoiceContent):
    """Exactly one choice is right."""

    @model_validator(mode="after")
    def _one_key(self) -> Self:
        if len(self.keys()) != 1:
            raise ValueError(f"a single-choice question needs exactly one correct choice, this has {len(self.keys())}")
        return self


class ChosenOne(Model):
    """The index of the chosen choice, in the content's order."""

    chosen: int


class SingleChoice(Kind[SingleChoiceContent, ChosenOne]):
    """Single choice: one right option among several."""

    name = "single_choice"
    title = _("Single choice")
    instruction = _("Choose one answer.")
    content_model = SingleChoiceContent
    response_model = ChosenOne
    corrected_by = frozenset({"key", "accept", "drop"})
    names_one_key = True

    def order(self, content: SingleChoiceContent, chance: Random) -> list[int]:
        """Shuffled, unless the choices have an order of their own."""
        return choices.order_of_choices(content, chance)

    def plain_order(self, content: SingleChoiceContent, chance: Random) -> list[int]:
        """As the choices are written."""
        return choices.order_as_written(content)

    def prompt(self, content: SingleChoiceContent, order: Sequence[int]) -> Prompt:
        """The stem and the options in the attempt's order."""
        return Prompt(self.name, content.stem, self.instruction, choices.options_in(content, order))

    def read(self, content: SingleChoiceContent, order: Sequence[int], fields: Fields) -> ChosenOne | None:
        """The option ticked; None where none is."""
        chosen = choices.chosen_indexes(order, fields)
        if len(chosen) > 1:
            raise BadResponse(_("Choose one answer only."))
        return ChosenOne(chosen=chosen[0]) if chosen else None

    def given(self, content: SingleChoiceContent, order: Sequence[int], response: ChosenOne) -> tuple[str, ...]:
        """The place of the chosen option."""
        return choices.places_of({response.chosen}, order)

    def mark(self, content: SingleChoiceContent, response: ChosenOne) -> float:
        """1 for the key, else 0."""
        return 1.0 if response.chosen in content.keys() else 0.0  # noqa: SIM118  keys() are the right answers

    def guess_score(self, content: SingleChoiceContent) -> float:
        """One option in so many."""
        return 1 / len(content.choices)

    def explain(self, content: SingleChoiceContent, order: Sequence[int], response: ChosenOne | None) -> Explained:
        """Every option with its reason."""
        chosen = () if response is None else (response.chosen,)
        return Explained(options=choices.explained_options(content, order, chosen), evidence=content.evidence)

    def anatomy(self, content: SingleChoiceContent) -> Anatomy:
        """The choices as rivals of the key."""
        return choices.anatomy_of(content)

    def carry(self, old: SingleChoiceContent, new: SingleChoiceContent, dropped: Collection[int] = ()) -> Carry | None:
        """By the words of the choices."""
        return choices.carry_choices(old, new, dropped)

    def carry_order(self, new: SingleChoiceContent, order: Sequence[int], carry: Carry) -> list[int]:
        """The choices where they were shown."""
        return choices.carry_choice_order(new, order, carry)

    def carry_response(self, response: ChosenOne, carry: Carry) -> ChosenOne:
        """The same choice."""
        return ChosenOne(chosen=carried(carry.options, (response.chosen,))[0])

    def mark_without(self, content: SingleChoiceContent, response: ChosenOne, dropped: Collection[int]) -> float:
        """Who chose what should not have been there gets the marks."""
        return 1.0 if response.chosen in dropped else self.mark(content, response)

    def droppable(self, content: SingleChoiceContent, dropped: Collection[int] = ()) -> tuple[int, ...]:
        """All but the key."""
        gone = {*dropped, *content.keys()}
        return tuple(index for index in range(len(content.choices)) if index not in gone)

    def without(self, content: SingleChoiceContent, option: int) -> SingleChoiceContent:
        """The other choices."""
        return choices.without_choice(content, option)

    def with_key(self, content: SingleChoiceContent, fields: Fields) -> SingleChoiceContent:
        """Another choice is the key."""
        keys = choices.sent_indexes(content, fields, "key")
        if len(keys) != 1:
            raise BadCorrection(_("Choose one option as the key."))
        if keys == content.keys():
            raise BadCorrection(_("This option is the key already: choose another."))
        return choices.with_keys(content, keys, fields)

    def accepted(self, content: SingleChoiceContent, fields: Fields) -> Accepted:
        """One more choice earns the marks; the content goes on naming one key."""
        chosen = choices.sent_indexes(content, fields, "accepted")
        if len(chosen) != 1 or chosen == content.keys():
            raise BadCorrection(_("Choose one option that is not the key already."))
        return Accepted(response=ChosenOne(chosen=min(chosen)))
