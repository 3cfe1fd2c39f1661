"""What a quiz asks, and how the questions of one attempt are drawn."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Literal

Level = Literal["recall", "understanding", "cause", "chronology", "source"]
Frame = Literal["essay", "record", "both"]
LEVELS: tuple[Level, ...] = ("recall", "understanding", "cause", "chronology", "source")
FRAMES: tuple[Frame, ...] = ("essay", "record", "both")


class Mode(StrEnum):
    """When feedback is given: after each answer, or after submission."""

    PRACTICE = "practice"
    TEST = "test"


class Status(StrEnum):
    """A question's life: only published ones are asked."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(frozen=True)
class Candidate:
    """A published question, as a draw sees it."""

    question_id: int
    section: str
    level: str
    kind: str
    objective: int


@dataclass(frozen=True)
class Draw:
    """A request for `count` questions at random; None asks for any."""

    count: int
    section: str | None = None
    level: str | None = None
    kind: str | None = None
    objective: int | None = None

    def admits(self, candidate: Candidate) -> bool:
        """Whether the candidate has every property the draw names."""
        asked = (self.section, self.level, self.kind, self.objective)
        has = (candidate.section, candidate.level, candidate.kind, candidate.objective)
        return all(wanted is None or wanted == found for wanted, found in zip(asked, has, strict=True))


@dataclass(frozen=True)
class Fixed:
    """A request for one certain question."""

    question_id: int


def choose_questions(
    requests: Sequence[Fixed | Draw], candidates: Iterable[Candidate], chance: Random, seen: Collection[int] = ()
) -> list[tuple[int, int]]:
    """Pairs of (index of the request, question id), in the order of the requests; no question comes twice.

    Fixed questions are set aside first, so that a draw never takes one of them. A draw prefers questions the student
    has not `seen`; where it finds too few candidates it gives what there is. A fixed question that is no candidate
    any more (unpublished) is left out.
    """
    pool = {candidate.question_id: candidate for candidate in candidates}
    fixed = {request.question_id for request in requests if isinstance(request, Fixed)}
    free = [candidate for candidate in pool.values() if candidate.question_id not in fixed]
    chosen: list[tuple[int, int]] = []
    for index, request in enumerate(requests):
        if isinstance(request, Fixed):
            if request.question_id in fixed & pool.keys():
                chosen.append((index, request.question_id))
                fixed.remove(request.question_id)
            continue
        fitting = [candidate for candidate in free if request.admits(candidate)]
        drawn = _drawn(fitting, request.count, seen, chance)
        chosen.extend((index, candidate.question_id) for candidate in drawn)
        free = [candidate for candidate in free if candidate not in drawn]
    return chosen


def _drawn(fitting: Sequence[Candidate], count: int, seen: Collection[int], chance: Random) -> list[Candidate]:
    """So many at random, those not seen before the others."""
    fresh = [candidate for candidate in fitting if candidate.question_id not in seen]
    known = [candidate for candidate in fitting if candidate.question_id in seen]
    drawn = chance.sample(fresh, min(count, len(fresh)))
    return drawn + chance.sample(known, min(count - len(drawn), len(known)))
