"""Two edits of one question that began from the same version, put together field by field."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quizapp.kinds.content import Content, Path
from quizapp.kinds.fields import EVERY, Whole, fields_in, is_list_of_entries, label_of, number_of, value_at

_COMMON = tuple(Content.model_fields)
"""Fields of the content that every kind has."""


class Side(StrEnum):
    """Whose edit."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Dispute:
    """A field in which two edits differ, with what both began from."""

    place: Path
    started: Any
    mine: Any
    theirs: Any

    @property
    def name(self) -> str:
        """The place as one word, for a form."""
        return ".".join(map(str, self.place))

    @property
    def label(self) -> str:
        """What the field is called, marked for translation; it may speak of its `number`."""
        return label_of(self.place)

    @property
    def number(self) -> int | None:
        """Which entry of its list it belongs to, from 1."""
        return number_of(self.place)

    @property
    def suggested(self) -> Side | None:
        """The side that changed it, where only one did."""
        if self.mine == self.started:
            return Side.THEIRS
        return Side.MINE if self.theirs == self.started else None


def disputes(started: Whole, mine: Whole, theirs: Whole) -> tuple[Dispute, ...]:
    """Every field in which the two edits differ; what both left alone, or changed to the same, is none.

    Lists of entries are told apart cell by cell while all three have equally many, else as a whole. Edits of two
    different kinds of question differ in the kind with all that belongs to it, which can only be taken together.
    """
    found = (
        Dispute(place, _value(started, place), _value(mine, place), _value(theirs, place))
        for place in _places(started, mine, theirs)
    )
    return tuple(dispute for dispute in found if dispute.mine != dispute.theirs)


def put_together(mine: Whole, theirs: Whole, found: Sequence[Dispute], chosen: Mapping[str, Side]) -> dict[str, Any]:
    """My edit, with their fields where those are chosen; `chosen` is by the name of the dispute.

    Raises KeyError for a dispute that nothing is chosen for.
    """
    whole = copy.deepcopy(dict(mine))
    for dispute in found:
        if chosen[dispute.name] is Side.THEIRS:
            _put(whole, dispute.place, copy.deepcopy(dispute.theirs))
    return whole


def _places(started: Whole, mine: Whole, theirs: Whole) -> Iterator[Path]:
    same_kind = mine["kind"] == theirs["kind"]
    names = [name for name in dict.fromkeys([*mine["content"], *theirs["content"]]) if same_kind or name in _COMMON]
    if not same_kind:
        yield ("kind",)
    for name in names:
        place: Path = ("content", name)
        values = [value_at(whole, place) for whole in (started, mine, theirs)]
        entries = all(is_list_of_entries(place, value) for value in values)
        if entries and len({len(value) for value in values}) == 1:
            yield from dict.fromkeys(field.place for value in values for field in fields_in(place, value))
        else:
            yield place
    yield from ((name,) for name in mine if name not in ("kind", "content"))


def _value(whole: Whole, place: Path) -> Any:
    if place == ("kind",):
        own = {name: value for name, value in whole["content"].items() if name not in _COMMON}
        return {"kind": whole["kind"], **own}
    return value_at(whole, place)


def _put(whole: dict[str, Any], place: Path, value: Any) -> None:
    if place == ("kind",):
        common = {name: kept for name, kept in whole["content"].items() if name in _COMMON}
        whole["kind"] = value.pop("kind")
        whole["content"] = {**common, **value}
        return
    here: Any = whole
    for number, step in enumerate(place[:-1]):
        if step == EVERY:
            for entry, own in zip(here, value, strict=True):
                _put(entry, place[number + 1 :], own)
            return
        here = here[step]
    here[place[-1]] = value
