"""The short way of writing in a question what the bank's timeline and list of people say already.

In a file, an item may be `{event: coup}` and a pair `{person: benazir-bhutto}`; reading puts the words in their place,
so that the question itself stays whole and pinned, whatever becomes of the list.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Lore:
    """The timeline and the people of a bank as its file has them, by id."""

    events: Mapping[str, Mapping[str, Any]]
    people: Mapping[str, Mapping[str, Any]]


class UnknownReference(ValueError):
    """A question names an event or a person that the bank does not list. `path` is where in the question."""

    def __init__(self, path: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.path = path


def lore_of(head: Mapping[str, Any]) -> Lore:
    """The lists of a bank's file, entries without an id left out."""
    return Lore(_by_id(head.get("timeline")), _by_id(head.get("people")))


def _by_id(entries: Any) -> dict[str, Mapping[str, Any]]:
    listed = entries if isinstance(entries, list) else []
    return {str(entry["id"]): entry for entry in listed if isinstance(entry, Mapping) and "id" in entry}


def filled_in(fields: Mapping[str, Any], lore: Lore) -> dict[str, Any]:
    """A question's fields with every `event` and `person` in its lists put into words. Raises UnknownReference."""
    return {name: _entries(name, value, lore) if isinstance(value, list) else value for name, value in fields.items()}


def _entries(name: str, entries: list[Any], lore: Lore) -> list[Any]:
    return [
        _entry((name, number), entry, lore) if isinstance(entry, Mapping) else entry
        for number, entry in enumerate(entries)
    ]


def _entry(path: tuple[str | int, ...], entry: Mapping[str, Any], lore: Lore) -> Mapping[str, Any]:
    own = {key: value for key, value in entry.items() if key not in ("event", "person")}
    if "event" in entry:
        event = _listed(path, "event", entry["event"], lore.events)
        if path[0] == "pairs":
            return {"left": event.get("text"), "right": event.get("dated"), **own}
        return {"text": event.get("text"), "date": event.get("date"), **own}
    if "person" in entry:
        person = _listed(path, "person", entry["person"], lore.people)
        offices = person.get("offices")
        first = next(iter(offices), None) if isinstance(offices, list) else offices
        return {"left": person.get("name"), "right": first, **own}
    return entry


def _listed(
    path: tuple[str | int, ...], what: str, name: Any, listed: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Any]:
    if str(name) not in listed:
        where = "the timeline" if what == "event" else "the list of people"
        near = difflib.get_close_matches(str(name), sorted(listed), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UnknownReference((*path, what), f"there is no {what} {name} in {where} of bank.yaml{hint}")
    return listed[str(name)]
