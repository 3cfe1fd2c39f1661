"""How somebody likes to read: size and spacing of the text, and which aids are switched on.

The choices travel as one short value, `size:2.spacing:1.passage:0.crossing:1.marker:1`, which the browser keeps.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

SIZES = ("smaller", "standard", "larger", "largest")
"""Sizes of the text, by the number that stands for each."""

SPACINGS = ("standard", "wide", "wider")
"""Distances between lines, words and letters, by the number that stands for each."""

_MOST = {"size": len(SIZES) - 1, "spacing": len(SPACINGS) - 1, "passage": 1, "crossing": 1, "marker": 1}
"""The names of the choices, in the order of the value, and the largest number of each."""


@dataclass(frozen=True)
class ReadingPreferences:
    """What somebody chose; as it stands here, what is shown to who chose nothing.

    `size` and `spacing` are indexes into SIZES and SPACINGS; `passage` is whether the passage beside a question is
    open (1) or folded (0); `crossing` and `marker` are whether crossing out and the highlighter are switched on.
    """

    size: int = 1
    spacing: int = 0
    passage: int = 1
    crossing: int = 0
    marker: int = 0

    @property
    def classes(self) -> str:
        """The classes of the page's root element; none where everything is as standard."""
        chosen = (
            f"text-{SIZES[self.size]}" if SIZES[self.size] != "standard" else "",
            f"spacing-{SPACINGS[self.spacing]}" if SPACINGS[self.spacing] != "standard" else "",
            "crossing-out" if self.crossing else "",
        )
        return " ".join(name for name in chosen if name)


def parse(value: str) -> ReadingPreferences:
    """The preferences that a value stands for; what it does not say, or says in a broken way, is as standard."""
    said = dict(part.partition(":")[::2] for part in value.split("."))
    return changed(ReadingPreferences(), said)


def serialise(preferences: ReadingPreferences) -> str:
    """The value that stands for these preferences."""
    return ".".join(f"{field.name}:{getattr(preferences, field.name)}" for field in fields(preferences))


def changed(preferences: ReadingPreferences, choices: Mapping[str, str]) -> ReadingPreferences:
    """The same preferences with these choices, each a number by its name; what is no possible choice is left out."""
    numbers = {name: _number(choices.get(name, ""), most) for name, most in _MOST.items()}
    return replace(preferences, **{name: number for name, number in numbers.items() if number is not None})


def _number(text: str, most: int) -> int | None:
    """The one digit of `text`, from 0 to `most`; None for anything else."""
    return int(text) if len(text) == 1 and "0" <= text <= str(most) else None
