"""How sure a student is of an answer, and what that earns where a quiz counts it."""

from enum import StrEnum

CERTAINTIES = (1, 2, 3)
"""Unsure, fairly sure, sure."""
_RIGHT = {1: 1.0, 2: 2.0, 3: 3.0}
_WRONG = {1: 0.0, 2: -2.0, 3: -6.0}


class CertaintyUse(StrEnum):
    """What a quiz does with certainty: not ask, ask without counting, or mark by it."""

    OFF = "off"
    ASKED = "asked"
    SCORED = "scored"


def certainty_mark(fraction: float, certainty: int | None) -> float:
    """What an answer earns for each of its marks, from −6 to 3, by how right and how sure it was.

    Right earns 1, 2 or 3, wrong 0, −2 or −6; partly right stands in proportion between the two. An answer without a
    stated certainty counts as unsure. A blank, never passed here, earns 0. Raises ValueError for another certainty.
    Source: Gardner-Medwin’s certainty-based marking; the proportion for partial credit is our own.
    """
    sure = certainty or 1
    if sure not in CERTAINTIES:
        raise ValueError(f"certainty is 1, 2 or 3, not {certainty}")
    return fraction * _RIGHT[sure] + (1 - fraction) * _WRONG[sure]


def most_by_certainty(use: CertaintyUse) -> float:
    """What one mark can earn at most."""
    return max(_RIGHT.values()) if use is CertaintyUse.SCORED else 1.0
