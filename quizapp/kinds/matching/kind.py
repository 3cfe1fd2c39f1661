"""Matching: each entry on the left belongs to one of the options."""

from collections.abc import Collection, Sequence
from random import Random
from typing import Annotated, Self

from pydantic import Field, model_validator

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.base import Anatomy, BadResponse, Fields, Kind, Option, Prompt, several_values, shuffled
from quizapp.kinds.content import Content, Evidence, Model, Path, Text, quotes_in_rows, refuse_to_ask_more, refuse_twins
from quizapp.kinds.corrections import Carry, carried, places_in
from quizapp.kinds.explained import Explained, ExplainedPart


class Pair(Model):
    """An entry and the option that belongs to it; `feedback` says why, to who matched it wrongly."""

    left: Text
    right: Text
    feedback: Text
    evidence: tuple[Evidence, ...] = ()


class Extra(Model):
    """An option that belongs to no entry, and what a reader who picks it has misread."""

    text: Text
    feedback: Text


class MatchingContent(Content):
    """The pairs, and options more than pairs, so that the last pair is not found by elimination.

    `ask` is how many of the pairs an attempt shows, drawn anew for each; all of them if left out.
    """

    pairs: Annotated[tuple[Pair, ...], Field(min_length=3, max_length=12)]
    extras: Annotated[tuple[Extra, ...], Field(max_length=4)] = ()
    ask: Annotated[int, Field(ge=3)] | None = None

    @model_validator(mode="after")
    def _sides_differ(self) -> Self:
        for side in ([pair.left for pair in self.pairs], self.options()):
            refuse_twins(side, "entries on one side")
        refuse_to_ask_more(self.ask, len(self.pairs), "pairs")
        return self

    def options(self) -> list[str]:
        """Every option's text: those of the pairs in their order, then the extra ones."""
        return [pair.right for pair in self.pairs] + [extra.text for extra in self.extras]

    def asked(self) -> int:
        """How many pairs an attempt shows."""
        return len(self.pairs) if self.ask is None else self.ask

    def located_evidence(self) -> tuple[tuple[Path, Evidence], ...]:
        """The deciding quotes, then those of the pairs."""
        own = quotes_in_rows("pairs", (pair.evidence for pair in self.pairs))
        return (*super().located_evidence(), *own)


class Matched(Model):
    """The option given to each entry answered, both as indexes into the content: (pair, option)."""

    matches: tuple[tuple[int, int], ...]


class Matching(Kind[MatchingContent, Matched]):
    """Matching: each entry on the left belongs to one of the options."""

    name = "matching"
    title = _("Matching")
    instruction = _("Choose what belongs to each entry. Every right pair earns its share; some options fit nowhere.")
    content_model = MatchingContent
    response_model = Matched

    def order(self, content: MatchingContent, chance: Random) -> list[int]:
        """First the pairs shown, then the options as they stand in every list: those pairs' own and the extra ones."""
        rows = shuffled(len(content.pairs), chance)[: content.asked()]
        options = [*rows, *range(len(content.pairs), len(content.pairs) + len(content.extras))]
        return [*rows, *chance.sample(options, len(options))]

    def prompt(self, content: MatchingContent, order: Sequence[int]) -> Prompt:
        """The entries and the options, each in the attempt's order."""
        rows, options = _split(content, order)
        texts = content.options()
        return Prompt(
            self.name,
            content.stem,
            self.instruction,
            options=tuple(Option(str(place), texts[index]) for place, index in enumerate(options, start=1)),
            rows=tuple(content.pairs[index].left for index in rows),
        )

    def read(self, content: MatchingContent, order: Sequence[int], fields: Fields) -> Matched | None:
        """The option chosen for each entry, entries left open aside; None where all are open."""
        rows, options = _split(content, order)
        values = several_values(fields, "answer", len(rows))
        places = {str(place): index for place, index in enumerate(options, start=1)}
        if any(value and value not in places for value in values):
            raise BadResponse(_("Choose from the options shown."))
        matches = tuple((row, places[value]) for row, value in zip(rows, values, strict=True) if value)
        return Matched(matches=matches) if matches else None

    def given(self, content: MatchingContent, order: Sequence[int], response: Matched) -> tuple[str, ...]:
        """The place of the option chosen for each entry shown, empty where it was left open."""
        rows, options = _split(content, order)
        chosen = dict(response.matches)
        return tuple(str(options.index(chosen[row]) + 1) if row in chosen else "" for row in rows)

    def mark(self, content: MatchingContent, response: Matched) -> float:
        """Right pairs out of the pairs shown."""
        return sum(row == option for row, option in response.matches) / content.asked()

    def guess_score(self, content: MatchingContent) -> float:
        """One option in so many, for every entry: an attempt shows the options of its pairs and the extra ones."""
        return 1 / (content.asked() + len(content.extras))

    def explain(self, content: MatchingContent, order: Sequence[int], response: Matched | None) -> Explained:
        """Each entry with the option chosen and the right one; a wrong extra option brings its own reason."""
        chosen = dict(response.matches) if response else {}
        rows, _options = _split(content, order)
        return Explained(
            parts=tuple(_part(content, row, chosen.get(row)) for row in rows),
            key=tuple(f"{content.pairs[row].left}: {content.pairs[row].right}" for row in rows),
            evidence=content.evidence,
        )

    def anatomy(self, content: MatchingContent) -> Anatomy:
        """The right options are the keys; a list for several entries holds no rivals of one key, so no options."""
        return Anatomy(
            keys=tuple(pair.right for pair in content.pairs), asked=tuple(pair.left for pair in content.pairs)
        )

    def carry(self, old: MatchingContent, new: MatchingContent, dropped: Collection[int] = ()) -> Carry | None:
        """By the words of the entries and of the options: what belongs together may be another pair."""
        rows = places_in([pair.left for pair in old.pairs], [pair.left for pair in new.pairs])
        options = places_in(old.options(), new.options())
        if rows is None or options is None or old.asked() != new.asked():
            return None
        return Carry(options=options, rows=rows)

    def carry_order(self, new: MatchingContent, order: Sequence[int], carry: Carry) -> list[int]:
        """The entries and the options where they were shown."""
        rows, options = _split(new, order)
        return [*carried(carry.rows, rows), *carried(carry.options, options)]

    def carry_response(self, response: Matched, carry: Carry) -> Matched:
        """The same entries with the same options."""
        return Matched(matches=tuple((carry.rows[row], carry.options[option]) for row, option in response.matches))


def _split(content: MatchingContent, order: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    """The pairs an attempt shows, and the options of its lists."""
    return order[: content.asked()], order[content.asked() :]


def _part(content: MatchingContent, row: int, option: int | None) -> ExplainedPart:
    pair = content.pairs[row]
    if option is None:
        return ExplainedPart(pair.left, given="", key=pair.right, right=False, feedback=pair.feedback)
    extra = content.extras[option - len(content.pairs)] if option >= len(content.pairs) else None
    reasons = (pair.feedback,) if extra is None else (extra.feedback, pair.feedback)
    right = option == row
    return ExplainedPart(pair.left, content.options()[option], pair.right, right, " ".join(reasons), pair.evidence)
