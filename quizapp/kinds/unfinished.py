"""A question as far as it is written, so that it can be looked at before it is whole."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from quizapp.kinds.base import Kind
from quizapp.kinds.content import Content, Path

STAND_IN = "…"
"""What stands where words are missing."""
_QUOTE = ("passage", "quote")
"""Fields of a quote, which is left out as a whole: nothing can stand in for words of a passage."""
_ROUNDS = 40
"""Repairs of one field; each removes one fault, and no field has as many places."""


@dataclass(frozen=True)
class Unfinished:
    """The content as far as it goes. `keyed`: whether what decides the answer is there, so that it can be explained."""

    content: Content
    keyed: bool


def as_far_as_written(kind: Kind[Any, Any], data: Mapping[str, Any]) -> Unfinished:
    """The content with a stand-in wherever something is missing, and without what cannot be read.

    The rules between fields (one key, blanks that are numbered, dates that rise) are not asked; what may be left out is
    left out where with it the question cannot be shown, such as more pairs asked than there are.
    """
    found = _built(kind, data)
    if _can_be_shown(kind, found.content):
        return found
    needed = {name for name, field in kind.content_model.model_fields.items() if field.is_required()}
    return _built(kind, {name: value for name, value in data.items() if name in needed})


def _built(kind: Kind[Any, Any], data: Mapping[str, Any]) -> Unfinished:
    model: type[Content] = kind.content_model
    values: dict[str, Any] = {}
    keyed = True
    for name, field in model.model_fields.items():
        known, values[name] = _read(field, copy.deepcopy(data.get(name)))
        keyed = keyed and (known or not field.is_required() or name == "evidence")
    return Unfinished(model.model_construct(**values), keyed)


def _can_be_shown(kind: Kind[Any, Any], content: Content) -> bool:
    try:
        kind.prompt(content, kind.plain_order(content, Random(0)))  # noqa: S311  any order does
    except (ValueError, IndexError):
        return False
    return True


def _read(field: FieldInfo, value: Any) -> tuple[bool, Any]:
    """The field's value and True; what stands in for it, and whether that is as good, where it cannot be read."""
    adapter: TypeAdapter[Any] = TypeAdapter(field.annotation or str)
    for _ in range(_ROUNDS):
        try:
            read = adapter.validate_python(value)
            return read != (), STAND_IN if read == "" and field.is_required() else read
        except ValidationError as error:
            fault = error.errors()[0]
            if not fault["loc"] or not isinstance(value, list | dict):
                break
            value = _without(value, fault["loc"], [STAND_IN] if fault["type"] == "too_short" else STAND_IN)
    return _instead(field)


def _instead(field: FieldInfo) -> tuple[bool, Any]:
    if not field.is_required():
        return True, field.get_default(call_default_factory=True)
    if field.annotation is str:
        return True, STAND_IN
    if field.annotation is float:
        return False, 0.0
    if field.annotation is bool:
        return False, True
    return False, ()


def _without(value: Any, place: Path, instead: Any) -> Any:
    """The value without the fault at a place: missing words are stood in for, entries that cannot be read left out."""
    parents, here = [], value
    for step in place[:-1]:
        if not _has(here, step):
            break
        parents.append((here, step))
        here = here[step]
    last = place[-1]
    if isinstance(here, dict) and isinstance(last, str) and last not in _QUOTE and here.get(last) != instead:
        here[last] = instead
    elif isinstance(here, list) and isinstance(last, int) and last < len(here):
        del here[last]
    else:
        holder, step = next((pair for pair in reversed(parents) if isinstance(pair[0], list)), (None, 0))
        if holder is None:
            return None
        del holder[step]
    return value


def _has(here: Any, step: str | int) -> bool:
    return (isinstance(here, dict) and step in here) or (
        isinstance(here, list) and isinstance(step, int) and step < len(here)
    )
