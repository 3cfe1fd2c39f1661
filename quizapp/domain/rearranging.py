"""A split text as a list that can be changed before it is saved: joined, divided, renamed, left out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizapp.domain.splitting import Part, Piece, SplitText, cuts, title_of


@dataclass(frozen=True)
class Leaf:
    """A passage to be, in a row with the others. A section called `section` begins with it; empty: it goes on."""

    section: str
    title: str
    text: str
    left_out: bool = False


def leaves(text: SplitText, untitled: str) -> tuple[Leaf, ...]:
    """A split text as a list; a section without a heading is called `untitled`."""
    return tuple(
        Leaf((part.title or untitled) if not place else "", piece.title, piece.text)
        for part in text.parts
        for place, piece in enumerate(part.pieces)
    )


def joined(row: Sequence[Leaf], place: int) -> tuple[Leaf, ...]:
    """With the passage at `place` joined to the one before it, whose title stays. The first one stays where it is.

    Where a section began with it, that section begins with the next one.
    """
    if not 0 < place < len(row):
        return tuple(row)
    before, here, after = row[place - 1], row[place], list(row[place + 1 :])
    if here.section and after and not after[0].section:
        after[0] = replace(after[0], section=here.section)
    together = replace(before, text=f"{before.text.rstrip()}\n\n{here.text.lstrip()}")
    return (*row[: place - 1], together, *after)


def divided(row: Sequence[Leaf], place: int, unit: int) -> tuple[Leaf, ...]:
    """With the passage at `place` divided before its `unit`-th paragraph, or sentence where it has only one, from 1.

    Nothing changes where there is no such unit.
    """
    if not 0 <= place < len(row):
        return tuple(row)
    here = row[place]
    offsets = cuts(here.text)
    if not 0 < unit <= len(offsets):
        return tuple(row)
    first, second = here.text[: offsets[unit - 1]].rstrip(), here.text[offsets[unit - 1] :].lstrip()
    return (
        *row[:place],
        replace(here, text=first),
        Leaf("", title_of(second), second, here.left_out),
        *row[place + 1 :],
    )


def parts(row: Sequence[Leaf]) -> tuple[Part, ...]:
    """The sections as they would be saved, without what is left out; the heading of such a passage goes to the next."""
    found: list[tuple[str, list[Piece]]] = []
    begins = ""
    for leaf in row:
        begins = leaf.section.strip() or begins
        if leaf.left_out:
            continue
        if begins or not found:
            found.append((begins, []))
            begins = ""
        found[-1][1].append(Piece(leaf.title.strip(), leaf.text.strip()))
    return tuple(Part(title, tuple(pieces)) for title, pieces in found)
