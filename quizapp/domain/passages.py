"""Passages cut at the edges of the quotes that point into them, ready to be marked on a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.domain.text import Span, find_quote


@dataclass(frozen=True)
class Boundary:
    """At `offset` of the passage's text the mark called `name` begins (or ends)."""

    offset: int
    name: str
    begins: bool


def boundaries(text: str, quotes: Mapping[str, str]) -> list[Boundary]:
    """Where the named quotes begin and end in `text`, in reading order; a quote that does not resolve has none.

    At one offset ends come before beginnings, so that two quotes that touch stay two marks.
    """
    found: list[Boundary] = []
    for name, quote in quotes.items():
        span: Span | None = find_quote(text, quote)
        if span is not None:
            found += [Boundary(span.start, name, True), Boundary(span.end, name, False)]
    return sorted(found, key=lambda boundary: (boundary.offset, boundary.begins))


def with_markers(text: str, quotes: Mapping[str, str], opening: Mapping[str, str], closing: Mapping[str, str]) -> str:
    """`text` with the marker characters of each quote set in at its edges, for the renderer to replace."""
    pieces: list[str] = []
    at = 0
    for boundary in boundaries(text, quotes):
        marker = opening[boundary.name] if boundary.begins else closing[boundary.name]
        pieces += [text[at : boundary.offset], marker]
        at = boundary.offset
    return "".join([*pieces, text[at:]])
