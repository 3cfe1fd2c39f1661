"""Ordering: items to be put into their right order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import comb
from random import Random
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from quizapp.domain.dates import sort_key
from quizapp.domain.feedback import Aspect
from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.base import Anatomy, BadResponse, Fields, Kind, Option, Prompt, several_values, shuffled
from quizapp.kinds.content import Content, HistoricalDate, Model, Text, refuse_to_ask_more, refuse_twins
from quizapp.kinds.corrections import Carry, carried, places_in
from quizapp.kinds.explained import Explained, ExplainedPart, Shown, is_judged


def order_credit(sequence: Sequence[int]) -> float:
    """Credit for an order, a fraction 0–1: max(0, τ) with τ = 1 − 2 · inversions / pairs.

    `sequence` holds distinct numbers in the order given; the right order is ascending. Source: Kendall’s rank
    correlation. Raises ValueError for fewer than two items.
    """
    if len(sequence) < 2:
        raise ValueError("an order needs at least two items")
    return max(0.0, 1 - 2 * inversions(sequence) / comb(len(sequence), 2))


def inversions(sequence: Sequence[int]) -> int:
    """How many pairs of distinct numbers stand the wrong way round, the larger one first."""
    return sum(first > second for first, second in combinations(sequence, 2))


class Item(Model):
    """Something to be put in its place; `date` (such as 1965 or 1999-07-04) is shown after the answer."""

    text: Text
    date: HistoricalDate | None = None
    feedback: Annotated[str, Field(max_length=4000)] = ""


class OrderingContent(Content):
    """The items as they belong, first to last. `ask` is how many an attempt shows, drawn anew for each.

    Ordered by `time`, dates must rise; ordered by `telling`, the items stand as a text tells them.
    """

    items: Annotated[tuple[Item, ...], Field(min_length=3, max_length=24)]
    ask: Annotated[int, Field(ge=3)] | None = None
    ordered_by: Literal["time", "telling"] = "time"

    @model_validator(mode="after")
    def _items_make_an_order(self) -> Self:
        refuse_twins((item.text for item in self.items), "items")
        refuse_to_ask_more(self.ask, len(self.items), "items")
        dates = [item.date for item in self.items if item.date]
        if self.ordered_by == "time" and any(sort_key(earlier) > sort_key(later) for earlier, later in pairwise(dates)):
            raise ValueError("the items should stand from the earliest to the latest, and their dates do not")
        return self

    def asked(self) -> int:
        """How many items an attempt shows."""
        return len(self.items) if self.ask is None else self.ask


class Arranged(Model):
    """The items in the order given, as indexes into the content."""

    sequence: tuple[int, ...]


@dataclass(frozen=True)
class ExplainedOrder(Explained):
    """The order given beside the right one, its parts standing in the right order.

    Of `pairs` of items `pairs_right` stood right; None for a blank, or where that is not told. `as_shown` is the order
    in which the page asked, as places in `parts`.
    """

    pairs: int = 0
    pairs_right: int | None = None
    as_shown: tuple[int, ...] = ()

    def limited_to(self, shown: Shown) -> Self:
        """What may be told of it; without the key its parts stand as they were given, or else as they were shown."""
        told = super().limited_to(shown)
        told = replace(told, pairs_right=self.pairs_right if is_judged(shown) else None)
        return told if Aspect.KEY in shown else told._out_of_order()

    def _out_of_order(self) -> Self:
        """The parts in an order that tells nothing; only whole orders are taken as an answer."""
        parts = [self.parts[place] for place in self.as_shown]
        if all(part.given for part in parts):
            parts.sort(key=lambda part: int(part.given))
        return replace(self, parts=tuple(parts), as_shown=tuple(range(len(parts))))


class Ordering(Kind[OrderingContent, Arranged]):
    """Ordering: items to be put into their right order."""

    name = "ordering"
    title = _("Ordering")
    instruction = _("Give each item its place, 1 for the first. Every two items in the right order count.")
    content_model = OrderingContent
    response_model = Arranged

    def order(self, content: OrderingContent, chance: Random) -> list[int]:
        """The items an attempt shows, never already in their right order."""
        shown = shuffled(len(content.items), chance)[: content.asked()]
        while len(shown) > 1 and shown == sorted(shown):
            chance.shuffle(shown)
        return shown

    def prompt(self, content: OrderingContent, order: Sequence[int]) -> Prompt:
        """The items as shuffled, and the places to give them."""
        return Prompt(
            self.name,
            content.stem,
            self.instruction,
            options=tuple(Option(str(place), str(place)) for place in range(1, len(order) + 1)),
            rows=tuple(content.items[index].text for index in order),
        )

    def read(self, content: OrderingContent, order: Sequence[int], fields: Fields) -> Arranged | None:
        """The order given; None where no item has a place. Raises BadResponse for places missing or given twice."""
        values = several_values(fields, "answer", len(order))
        if not any(values):
            return None
        if sorted(values) != sorted(str(place) for place in range(1, len(order) + 1)):
            raise BadResponse(_("Give every item a place of its own: each number once, from 1 on."))
        placed = sorted(zip(values, order, strict=True), key=lambda pair: int(pair[0]))
        return Arranged(sequence=tuple(index for _place, index in placed))

    def given(self, content: OrderingContent, order: Sequence[int], response: Arranged) -> tuple[str, ...]:
        """The place given to each item shown."""
        return tuple(str(response.sequence.index(index) + 1) for index in order)

    def mark(self, content: OrderingContent, response: Arranged) -> float:
        """Kendall's τ of the order given, never below nothing."""
        return order_credit(response.sequence)

    def explain(self, content: OrderingContent, order: Sequence[int], response: Arranged | None) -> ExplainedOrder:
        """The items in their right order, each with the place it was given."""
        given = {index: place for place, index in enumerate(response.sequence, start=1)} if response else {}
        right, pairs = sorted(order), comb(len(order), 2)
        return ExplainedOrder(
            parts=tuple(_part(content.items[index], place, given.get(index)) for place, index in enumerate(right, 1)),
            key=tuple(content.items[index].text for index in right),
            evidence=content.evidence,
            pairs=pairs,
            pairs_right=pairs - inversions(response.sequence) if response else None,
            as_shown=tuple(right.index(index) for index in order),
        )

    def anatomy(self, content: OrderingContent) -> Anatomy:
        """Items are no rivals of one key; the order itself cannot be given away by a word."""
        return Anatomy()

    def carry(self, old: OrderingContent, new: OrderingContent, dropped: Collection[int] = ()) -> Carry | None:
        """By the words of the items: their right order may be another."""
        places = places_in([item.text for item in old.items], [item.text for item in new.items])
        return None if places is None or old.asked() != new.asked() else Carry(options=places)

    def carry_order(self, new: OrderingContent, order: Sequence[int], carry: Carry) -> list[int]:
        """The items where they were shown."""
        return list(carried(carry.options, order))

    def carry_response(self, response: Arranged, carry: Carry) -> Arranged:
        """The same items in the same order."""
        return Arranged(sequence=carried(carry.options, response.sequence))


def _part(item: Item, place: int, given: int | None) -> ExplainedPart:
    return ExplainedPart(
        label=item.text,
        given="" if given is None else str(given),
        key=str(place),
        right=given == place,
        feedback=item.feedback,
        date=item.date or "",
    )
