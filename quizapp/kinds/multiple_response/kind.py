"""Multiple response: several right options, all to be ticked."""

from collections.abc import Collection, Sequence
from random import Random
from typing import Literal, Self

from pydantic import model_validator

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds import choices
from quizapp.kinds.base import Anatomy, Fields, Kind, Prompt
from quizapp.kinds.content import Model
from quizapp.kinds.corrections import BadCorrection, Carry, carried
from quizapp.kinds.explained import Explained


def net_credit(chosen: frozenset[int], keys: frozenset[int]) -> float:
    """Credit for a select-all question, a fraction 0–1 of its marks.

    Every right choice earns 1/len(keys), every wrong one costs the same; never below 0, and a blank earns 0.
    Raises ValueError if `keys` is empty. Source: net scoring; Betts et al. 2022 favour plus/minus for select-all items.
    """
    if not keys:
        raise ValueError("a multiple-response question needs at least one key")
    return max(0.0, (len(chosen & keys) - len(chosen - keys)) / len(keys))


class MultipleResponseContent(choices.ChoiceContent):
    """Two choices or more are right, at least one is not."""

    marking: Literal["net", "all_or_nothing"] = "net"

    @model_validator(mode="after")
    def _some_keys(self) -> Self:
        if not 2 <= len(self.keys()) < len(self.choices):
            raise ValueError("a multiple-response question needs two or more correct choices, and a wrong one")
        return self


class ChosenSome(Model):
    """The indexes of the chosen choices, in the content's order."""

    chosen: tuple[int, ...]


class MultipleResponse(Kind[MultipleResponseContent, ChosenSome]):
    """Multiple response: several right options, all to be ticked."""

    name = "multiple_response"
    title = _("Multiple response")
    instruction = _("Choose every right answer; a wrong one cancels a right one.")
    content_model = MultipleResponseContent
    response_model = ChosenSome
    corrected_by = frozenset({"key", "drop"})

    def order(self, content: MultipleResponseContent, chance: Random) -> list[int]:
        """Shuffled, unless the choices have an order of their own."""
        return choices.order_of_choices(content, chance)

    def plain_order(self, content: MultipleResponseContent, chance: Random) -> list[int]:
        """As the choices are written."""
        return choices.order_as_written(content)

    def prompt(self, content: MultipleResponseContent, order: Sequence[int]) -> Prompt:
        """The stem and the options in the attempt's order; how many are right is not told."""
        return Prompt(self.name, content.stem, self.instruction, choices.options_in(content, order))

    def read(self, content: MultipleResponseContent, order: Sequence[int], fields: Fields) -> ChosenSome | None:
        """The options ticked; None where none is."""
        chosen = choices.chosen_indexes(order, fields)
        return ChosenSome(chosen=tuple(sorted(chosen))) if chosen else None

    def given(self, content: MultipleResponseContent, order: Sequence[int], response: ChosenSome) -> tuple[str, ...]:
        """The places of the chosen options."""
        return choices.places_of(response.chosen, order)

    def mark(self, content: MultipleResponseContent, response: ChosenSome) -> float:
        """Net credit, or all-or-nothing where the question says so."""
        chosen = frozenset(response.chosen)
        if content.marking == "all_or_nothing":
            return 1.0 if chosen == content.keys() else 0.0
        return net_credit(chosen, content.keys())

    def explain(self, content: MultipleResponseContent, order: Sequence[int], response: ChosenSome | None) -> Explained:
        """Every option with its reason."""
        chosen = () if response is None else response.chosen
        return Explained(options=choices.explained_options(content, order, chosen), evidence=content.evidence)

    def anatomy(self, content: MultipleResponseContent) -> Anatomy:
        """The choices as rivals of the key."""
        return choices.anatomy_of(content)

    def carry(
        self, old: MultipleResponseContent, new: MultipleResponseContent, dropped: Collection[int] = ()
    ) -> Carry | None:
        """By the words of the choices."""
        return choices.carry_choices(old, new, dropped)

    def carry_order(self, new: MultipleResponseContent, order: Sequence[int], carry: Carry) -> list[int]:
        """The choices where they were shown."""
        return choices.carry_choice_order(new, order, carry)

    def carry_response(self, response: ChosenSome, carry: Carry) -> ChosenSome:
        """The same choices."""
        return ChosenSome(chosen=tuple(sorted(carried(carry.options, response.chosen))))

    def mark_without(self, content: MultipleResponseContent, response: ChosenSome, dropped: Collection[int]) -> float:
        """By the other choices alone. Raises ValueError where no key is among them."""
        chosen, keys = frozenset(response.chosen) - set(dropped), content.keys() - set(dropped)
        if content.marking == "all_or_nothing":
            return 1.0 if chosen == keys else 0.0
        return net_credit(chosen, keys)

    def droppable(self, content: MultipleResponseContent, dropped: Collection[int] = ()) -> tuple[int, ...]:
        """Those without which a key remains."""
        left = content.keys() - set(dropped)
        shown = (index for index in range(len(content.choices)) if index not in dropped)
        return tuple(index for index in shown if left - {index})

    def without(self, content: MultipleResponseContent, option: int) -> MultipleResponseContent:
        """The other choices."""
        keys = content.keys() - {option}
        if not 2 <= len(keys) < len(content.choices) - 1:
            raise BadCorrection(
                _("Two right options and a wrong one must remain to be asked: edit the question, or retire it.")
            )
        return choices.without_choice(content, option)

    def with_key(self, content: MultipleResponseContent, fields: Fields) -> MultipleResponseContent:
        """Other choices are right."""
        keys = choices.sent_indexes(content, fields, "key")
        if not 2 <= len(keys) < len(content.choices):
            raise BadCorrection(_("Tick two options or more, and leave one that is wrong."))
        if keys == content.keys():
            raise BadCorrection(_("These options are the key already: change the ticks."))
        return choices.with_keys(content, keys, fields)
