"""Means, variances and correlations of counted values, within groups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

Pair = tuple[float, float, float]
"""Two values that go together, and how often they do."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Sums of squares and products about the means of the groups, and how many pairs in how many groups."""

    n: float = 0.0
    groups: int = 0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    def __add__(self, other: "Spread") -> "Spread":
        return Spread(
            self.n + other.n,
            self.groups + other.groups,
            self.xx + other.xx,
            self.yy + other.yy,
            self.xy + other.xy,
        )

    @property
    def correlation(self) -> float | None:
        """None where one of the two does not vary."""
        tiny = 1e-12 * max(self.n, 1.0)
        if self.xx <= tiny or self.yy <= tiny:
            return None
        return max(-1.0, min(1.0, self.xy / sqrt(self.xx * self.yy)))


def spread(pairs: Iterable[Pair]) -> Spread:
    """Of one group of pairs."""
    pairs = list(pairs)
    n = fsum(count for _, _, count in pairs)
    if not n:
        return Spread()
    mean_x = fsum(x * count for x, _, count in pairs) / n
    mean_y = fsum(y * count for _, y, count in pairs) / n
    return Spread(
        n,
        1,
        fsum(count * (x - mean_x) ** 2 for x, _, count in pairs),
        fsum(count * (y - mean_y) ** 2 for _, y, count in pairs),
        fsum(count * (x - mean_x) * (y - mean_y) for x, y, count in pairs),
    )


def pooled(groups: Iterable[Iterable[Pair]]) -> Spread:
    """Of several groups: what differs between their means is left out, as different quizzes differ in ease."""
    return sum((spread(group) for group in groups), Spread())


def sorted_alike(pairs: Sequence[Pair]) -> list[Pair]:
    """The same values, the largest x now beside the largest y: the most that the two could go together."""
    xs = sorted(((x, count) for x, _, count in pairs), reverse=True)
    ys = sorted(((y, count) for _, y, count in pairs), reverse=True)
    found: list[Pair] = []
    i = j = 0
    left_x, left_y = (xs[0][1], ys[0][1]) if pairs else (0.0, 0.0)
    while i < len(xs) and j < len(ys):
        both = min(left_x, left_y)
        found.append((xs[i][0], ys[j][0], both))
        left_x, left_y = left_x - both, left_y - both
        if left_x <= 0:
            i += 1
            left_x = xs[i][1] if i < len(xs) else 0.0
        if left_y <= 0:
            j += 1
            left_y = ys[j][1] if j < len(ys) else 0.0
    return found


def central_moments(values: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """The mean, and the second to fourth central moment over n, of (value, count) pairs that are not none."""
    n = fsum(count for _, count in values)
    mean = fsum(value * count for value, count in values) / n
    second, third, fourth = (fsum(count * (value - mean) ** r for value, count in values) / n for r in (2, 3, 4))
    return mean, second, third, fourth
