"""What is found, with its remedy."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How it stands with something."""

    OK = "ok"
    LOOK = "look at"
    MEND = "mend"


@dataclass(frozen=True)
class Finding:
    """How it stands with one thing, what was seen, and what to do about it; nothing where all is well."""

    about: str
    state: State
    seen: str
    remedy: str = ""


def well(about: str, seen: str) -> Finding:
    """All is well."""
    return Finding(about, State.OK, seen)


def look_at(about: str, seen: str, remedy: str) -> Finding:
    """It works, and somebody should know."""
    return Finding(about, State.LOOK, seen, remedy)


def mend(about: str, seen: str, remedy: str) -> Finding:
    """It does not work, or not for long, or not safely."""
    return Finding(about, State.MEND, seen, remedy)
