"""Counted answers, and which of them belong to the strongest and the weakest attempts."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import fsum

_TIED = 1e-5
"""Shares nearer than this are the same: the rest is what was rounded on the way."""


@dataclass(frozen=True, slots=True)
class Answers:
    """So many (`count`) equal answers to one question, in attempts that earned the same. All shares are 0–1.

    `mark` is the share of the question's marks, `total` that of the whole attempt's, `weight` what share of the
    attempt's marks the question is worth. Totals can be compared within a `group`: the same version in the same quiz.
    `timed` of the answers have a time, `seconds` in all.
    """

    mark: float
    total: float
    weight: float
    count: int
    answer: str = ""
    group: Hashable = 0
    seconds: int = 0
    timed: int = 0

    @property
    def rest(self) -> float | None:
        """The share earned of the rest of the attempt; None where the question is all there is."""
        if self.weight > 1 - _TIED:
            return None
        return min(1.0, max(0.0, (self.total - self.weight * self.mark) / (1 - self.weight)))


def number(answers: Iterable[Answers]) -> int:
    """How many answers there are."""
    return sum(one.count for one in answers)


def merged(answers: Iterable[Answers]) -> list[Answers]:
    """The same counts whatever was answered: far fewer where answers are typed, and enough for all but their words."""
    found: dict[tuple[float, float, float, Hashable], list[int]] = {}
    for one in answers:
        sums = found.setdefault((one.mark, one.total, one.weight, one.group), [0, 0, 0])
        sums[0] += one.count
        sums[1] += one.seconds
        sums[2] += one.timed
    return [
        Answers(mark, total, weight, count, "", group, seconds, timed)
        for (mark, total, weight, group), (count, seconds, timed) in found.items()
    ]


def with_rest(answers: Iterable[Answers]) -> list[Answers]:
    """Those given in attempts that asked more than this."""
    return [one for one in answers if one.rest is not None]


def by_group(answers: Iterable[Answers]) -> list[list[Answers]]:
    """The answers apart by what can be compared."""
    found: defaultdict[Hashable, list[Answers]] = defaultdict(list)
    for one in answers:
        found[one.group].append(one)
    return list(found.values())


def rest_of(answers: Answers) -> float:
    """To rank by what was earned elsewhere, so that the question itself decides nothing."""
    return answers.rest or 0.0


def total_of(answers: Answers) -> float:
    """To rank by what was earned in all."""
    return answers.total


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the answers, each with how many of them belong here; of a tie at a cut that can be a fraction."""

    counts: tuple[tuple[Answers, float], ...]

    @property
    def size(self) -> float:
        """How many answers these are."""
        return fsum(count for _, count in self.counts)

    def share(self, of: Callable[[Answers], float]) -> float:
        """The mean of `of`, 0–1; 0 for nobody."""
        size = self.size
        return fsum(count * of(one) for one, count in self.counts) / size if size else 0.0


def highest(
    answers: Sequence[Answers], by: Callable[[Answers], float], size: Callable[[int], float], lowest: bool = False
) -> Part:
    """Of each group the highest (or lowest) by `by`, as many as `size` says of its number; ties in proportion."""
    found: list[tuple[Answers, float]] = []
    for group in by_group(answers):
        wanted = size(number(group))
        for tie in _ties(group, by, lowest):
            here = number(tie)
            share = min(1.0, wanted / here) if here else 0.0
            found += [(one, one.count * share) for one in tie if share > 0]
            wanted = max(0.0, wanted - here)
    return Part(tuple(found))


def _ties(answers: Sequence[Answers], by: Callable[[Answers], float], lowest: bool) -> Iterable[list[Answers]]:
    tie: list[Answers] = []
    for one in sorted(answers, key=by, reverse=not lowest):
        if tie and abs(by(one) - by(tie[-1])) > _TIED:
            yield tie
            tie = []
        tie.append(one)
    if tie:
        yield tie


def thirds(answers: Sequence[Answers]) -> tuple[Part, Part, Part]:
    """The top, middle and bottom third by the rest of the attempt, ties at the cuts in proportion."""
    ranked = with_rest(answers)
    top = highest(ranked, rest_of, lambda n: n / 3)
    bottom = highest(ranked, rest_of, lambda n: n / 3, lowest=True)
    taken: defaultdict[int, float] = defaultdict(float)
    for part in (top, bottom):
        for one, count in part.counts:
            taken[id(one)] += count
    middle = Part(tuple((one, max(0.0, one.count - taken[id(one)])) for one in ranked))
    return top, middle, bottom
