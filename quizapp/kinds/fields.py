"""A question of any kind laid out as fields with names, as its versions are compared and put together.

A question is taken whole here, as plain data: `kind`, `frame`, `level`, `objective`, `claims`, `content`, and where it
is told also what stands beside the versions: `section`, `status`, `tags`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quizapp.domain.wording import mark_for_translation as _
from quizapp.kinds.content import Path

Whole = Mapping[str, Any]
EVERY = "*"
"""Stands in a place for every entry of a list at once."""
_FIRST, _LAST = ("stem",), ("explanation", "evidence", "references")
_TOGETHER = "correct"
"""Told for all entries of a list at once: which one is the key is one decision."""


class Part(StrEnum):
    """What of a question a field belongs to, for saying in a word what changed."""

    KIND = "kind"
    PLAN = "plan"
    STEM = "stem"
    KEY = "key"
    ANSWERS = "answers"
    REASONS = "reasons"
    EXPLANATION = "explanation"
    EVIDENCE = "evidence"
    REFERENCES = "references"
    BESIDE = "beside"


_PARTS = {
    "kind": Part.KIND,
    **dict.fromkeys(("frame", "level", "objective", "claims"), Part.PLAN),
    **dict.fromkeys(("section", "status", "tags"), Part.BESIDE),
    "stem": Part.STEM,
    **dict.fromkeys(("correct", "answer", "accept", "tolerance", "relative_tolerance", "scale"), Part.KEY),
    **dict.fromkeys(("feedback", "if_true", "if_false", "reject", "hint", "model_answer"), Part.REASONS),
    "explanation": Part.EXPLANATION,
    "evidence": Part.EVIDENCE,
    "references": Part.REFERENCES,
}
_LABELS: dict[tuple[str, ...], str] = {
    ("kind",): _("Kind of question, with all that belongs to it"),
    ("frame",): _("Frame"),
    ("level",): _("Level"),
    ("objective",): _("Objective"),
    ("claims",): _("Claims it rests on"),
    ("section",): _("Section"),
    ("status",): _("Status"),
    ("tags",): _("Tags"),
    ("stem",): _("Question"),
    ("explanation",): _("Explanation"),
    ("evidence",): _("Words that decide it"),
    ("references",): _("References"),
    ("choices",): _("Choices"),
    ("choices", "text"): _("Choice %(number)s"),
    ("choices", "feedback"): _("Reason for choice %(number)s"),
    ("choices", "evidence"): _("Words against choice %(number)s"),
    ("choices", "correct"): _("Right choice"),
    ("keep_order",): _("Choices stay in this order"),
    ("marking",): _("Credit"),
    ("answer",): _("Right answer"),
    ("if_true",): _("To who says true"),
    ("if_false",): _("To who says false"),
    ("accept",): _("Accepted answers"),
    ("reject",): _("Wrong answers worth a word"),
    ("reject", "text"): _("Wrong answer %(number)s"),
    ("reject", "value"): _("Wrong answer %(number)s"),
    ("reject", "feedback"): _("Why wrong answer %(number)s is wrong"),
    ("tolerance",): _("Accept within"),
    ("relative_tolerance",): _("Accept within this share of it"),
    ("scale",): _("A bare number is read in"),
    ("unit",): _("Unit"),
    ("pairs",): _("Pairs"),
    ("pairs", "left"): _("Entry %(number)s"),
    ("pairs", "right"): _("What belongs to entry %(number)s"),
    ("pairs", "feedback"): _("Why pair %(number)s belongs together"),
    ("pairs", "evidence"): _("Words against another match for entry %(number)s"),
    ("extras",): _("Options that fit nowhere"),
    ("extras", "text"): _("Extra option %(number)s"),
    ("extras", "feedback"): _("What was misread by who picks extra option %(number)s"),
    ("ask",): _("How many are asked at a time"),
    ("items",): _("Items"),
    ("items", "text"): _("Item %(number)s"),
    ("items", "date"): _("Date of item %(number)s"),
    ("items", "feedback"): _("Why item %(number)s stands here"),
    ("ordered_by",): _("They are ordered by"),
    ("text",): _("Text with blanks"),
    ("blanks",): _("Blanks"),
    ("blanks", "accept"): _("Accepted in blank %(number)s"),
    ("blanks", "choices"): _("Words to choose from in blank %(number)s"),
    ("blanks", "reject"): _("Wrong answers worth a word, blank %(number)s"),
    ("rubric",): _("What it is marked by"),
    ("rubric", "text"): _("Criterion %(number)s"),
    ("rubric", "points"): _("Points of criterion %(number)s"),
    ("rubric", "hint"): _("What full points need for criterion %(number)s"),
    ("words_least",): _("Words, at least"),
    ("words_most",): _("Words, at most"),
    ("model_answer",): _("A model answer"),
}
"""What the fields are called; a field of a kind that is not named here is called by its own name."""


@dataclass(frozen=True)
class Field:
    """One field of a question. `number` counts the entry of its list from 1; None where it is no entry's."""

    place: Path
    value: Any

    @property
    def label(self) -> str:
        """What the field is called, marked for translation; it may speak of its `number`."""
        return label_of(self.place)

    @property
    def number(self) -> int | None:
        """Which entry of its list it belongs to."""
        return number_of(self.place)

    @property
    def part(self) -> Part:
        """What of the question it belongs to."""
        return part_of(self.place)


def label_of(place: Path) -> str:
    """What the field at a place is called, marked for translation; it may speak of its number."""
    names = tuple(step for step in place if isinstance(step, str) and step not in ("content", EVERY))
    return _LABELS.get(names) or " – ".join(name.replace("_", " ").capitalize() for name in names)


def number_of(place: Path) -> int | None:
    """The entry, from 1, of the list that a place leads into."""
    return next((step + 1 for step in place if isinstance(step, int)), None)


def part_of(place: Path) -> Part:
    """What of a question the field at a place belongs to."""
    names = [step for step in place if isinstance(step, str)]
    return next((_PARTS[name] for name in reversed(names) if name in _PARTS), Part.ANSWERS)


def fields_of(whole: Whole) -> list[Field]:
    """All fields of a question, in the order of the editor: what is asked, the answers, the reasons, the plan."""
    content = whole.get("content", {})
    own = [name for name in content if name not in (*_FIRST, *_LAST)]
    found = [Field((name,), whole[name]) for name in ("kind",) if name in whole]
    for name in (*_FIRST, *own, *_LAST):
        if name in content:
            found += fields_in(("content", name), content[name])
    return [*found, *(Field((name,), whole[name]) for name in whole if name not in ("kind", "content"))]


def fields_in(place: Path, value: Any) -> Iterator[Field]:
    """The fields at a place of the content: one for each cell of a list of entries, and one for anything else."""
    if not is_list_of_entries(place, value):
        yield Field(place, value)
        return
    names = dict.fromkeys(name for entry in value for name in entry)
    if _TOGETHER in names:
        yield Field((*place, EVERY, _TOGETHER), [bool(entry.get(_TOGETHER)) for entry in value])
    for number, entry in enumerate(value):
        yield from (Field((*place, number, name), entry[name]) for name in names if name in entry and name != _TOGETHER)


def is_list_of_entries(place: Path, value: Any) -> bool:
    """Whether a value is a list whose entries have fields of their own; quotes are read as one field."""
    return (
        place[-1] != "evidence" and isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)
    )


def value_at(whole: Whole, place: Path) -> Any:
    """The value at a place; None where there is no such place."""
    here: Any = whole
    for number, step in enumerate(place):
        if step == EVERY:
            return [value_at(entry, place[number + 1 :]) for entry in here]
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return None
    return here


def text_of(value: Any) -> str:
    """A value in words that can be compared: one line for each entry of a list, quotes with the passage they are from.

    Of a list of what is right and what is not, the numbers of what is right. Whether something is so, as + or −.
    """
    if isinstance(value, bool):
        return "+" if value else "−"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, Mapping):
        return _text_of_entry(value)
    if isinstance(value, list | tuple):
        return _text_of_list(value)
    return "" if value is None else str(value)


def _text_of_entry(value: Mapping[str, Any]) -> str:
    if value.keys() == {"passage", "quote"}:
        return f"“{value['quote']}” ({value['passage']})"
    return " – ".join(text for text in map(text_of, value.values()) if text)


def _text_of_list(value: Sequence[Any]) -> str:
    if value and all(isinstance(entry, bool) for entry in value):
        return ", ".join(str(number) for number, right in enumerate(value, start=1) if right)
    return "\n".join(map(text_of, value))


def parts_changed(before: Whole, after: Whole) -> tuple[Part, ...]:
    """What of a question two versions differ in, in the order of the parts."""
    old, new = ({field.place: field.value for field in fields_of(whole)} for whole in (before, after))
    changed = {part_of(place) for place in old.keys() | new.keys() if old.get(place) != new.get(place)}
    return tuple(part for part in Part if part in changed)
