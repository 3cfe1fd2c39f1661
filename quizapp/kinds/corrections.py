"""An answer to one version of a question, marked under a ruling: by another version, or not as it was meant to be."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quizapp.domain.rulings import Ruling
from quizapp.domain.text import fold_typography
from quizapp.kinds.content import Content, Model

if TYPE_CHECKING:
    from quizapp.kinds.base import Kind


class BadCorrection(ValueError):
    """What should be corrected cannot be so; the text says what to change, marked for translation."""


@dataclass(frozen=True)
class Carry:
    """Where the parts of one version stand in another, by their indexes: the options, and the rows to be matched.

    An option that the other version lacks is given an index that it does not have.
    """

    options: Mapping[int, int] = field(default_factory=dict)
    rows: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Accepted:
    """One more right answer: as new `content`, or where a content has room for one key only, as a `response`."""

    content: Content | None = None
    response: Model | None = None


@dataclass(frozen=True)
class Ruled:
    """What an answer earns: the `fraction` 0–1, None where nothing is marked (yet).

    `counts` is false where it is neither earned nor possible; `granted` says that it earns everything there is,
    whatever was answered.
    """

    fraction: float | None
    counts: bool = True
    granted: bool = False


def places_in(old: Sequence[str], new: Sequence[str], dropped: Collection[int] = ()) -> dict[int, int] | None:
    """Where each of the `old` texts stands among the `new` ones; None where nobody could say.

    A text found again has gone where it is; one that is not found was reworded in its place. Those `dropped` may be
    missing altogether.
    """
    there = {_folded(text): index for index, text in enumerate(new)}
    places = {index: there[_folded(text)] for index, text in enumerate(old) if _folded(text) in there}
    free = set(range(len(new))) - set(places.values())
    beyond = len(new)
    for index in range(len(old)):
        if index in places:
            continue
        if index in free and len(old) == len(new):
            places[index] = index
            free.discard(index)
        elif index in dropped:
            places[index], beyond = beyond, beyond + 1
        else:
            return None
    return None if free else places


def _folded(text: str) -> str:
    return fold_typography(text).casefold().strip()


def carried(places: Mapping[int, int], indexes: Iterable[int]) -> tuple[int, ...]:
    """Indexes of one version as those of another."""
    return tuple(places[index] for index in indexes)


def ruled_mark(
    kind: "Kind[Any, Any]", content: Content, by: Content | None, response: Model | None, ruling: Ruling | None
) -> Ruled:
    """What an answer to `content` earns where a correction rules so on it, `by` being the content to mark by, if any.

    A blank (None) earns nothing, unless everyone earns everything. What only a teacher can mark has no fraction here.
    """
    if ruling is not None and ruling.void:
        return Ruled(None, counts=False)
    if ruling is not None and ruling.everyone:
        return Ruled(1.0, granted=True)
    if response is None:
        return Ruled(0.0)
    if ruling is None:
        return Ruled(kind.mark(content, response))
    if is_accepted(kind, content, response, ruling):
        return Ruled(1.0)
    return Ruled(_marked_by(kind, content, by, response, ruling.dropped))


def is_accepted(kind: "Kind[Any, Any]", content: Content, response: Model, ruling: Ruling) -> bool:
    """Whether the response is one of those that the ruling accepts beside the key."""
    return any(kind.is_same(content, response, kind.response_model.model_validate(data)) for data in ruling.accepts)


def _marked_by(
    kind: "Kind[Any, Any]", content: Content, by: Content | None, response: Model, dropped: tuple[int, ...]
) -> float | None:
    carry = None if by is None else kind.carry(content, by, dropped)
    if by is None or carry is None:
        return kind.mark_without(content, response, dropped)
    gone = carried(carry.options, dropped)
    return kind.mark_without(by, kind.carry_response(response, carry), gone)
