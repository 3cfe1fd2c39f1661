"""Where the points of a chart fall, so that templates only draw."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 20, 16, 34


@dataclass(frozen=True)
class Point:
    """A point of a line: where it falls in the drawing, its share, and what it stands for.

    A share below 0, as misplaced certainty earns it, is drawn at 0.
    """

    x: float
    y: float
    share: float
    label: str


@dataclass(frozen=True)
class Tick:
    """A line across the drawing at a share 0–1."""

    y: float
    share: float


@dataclass(frozen=True)
class LineChart:
    """A line of shares over time, evenly spaced in the order given."""

    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def path(self) -> str:
        """The points as an SVG polyline takes them."""
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)


def _drawn(share: float) -> float:
    """A share as far as a drawing from 0 to 1 can show it."""
    return min(max(share, 0.0), 1.0)


def _y(share: float) -> float:
    return _TOP + (1 - _drawn(share)) * (HEIGHT - _TOP - _BOTTOM)


def line_chart(values: Sequence[tuple[str, float]]) -> LineChart:
    """A chart of (label, share) pairs, oldest first."""
    span = WIDTH - _LEFT - _RIGHT
    step = span / max(len(values) - 1, 1)
    start = _LEFT + (span / 2 if len(values) == 1 else 0)
    points = tuple(Point(start + step * n, _y(share), share, label) for n, (label, share) in enumerate(values))
    return LineChart(points, tuple(Tick(_y(share), share) for share in (0.0, 0.5, 1.0)))


@dataclass(frozen=True)
class Column:
    """One column: where it stands in the drawing, and what it counts."""

    x: float
    y: float
    width: float
    height: float
    count: int


@dataclass(frozen=True)
class ColumnChart:
    """Counts side by side, the largest as high as the drawing."""

    columns: tuple[Column, ...]
    bounds: tuple[tuple[float, str], ...]
    """Where the columns meet, and what stands there; one more than there are columns."""
    base: int = HEIGHT - _BOTTOM
    left: int = _RIGHT
    right: int = WIDTH - _RIGHT
    width: int = WIDTH
    height: int = HEIGHT


def column_chart(counts: Sequence[int], bounds: Sequence[str]) -> ColumnChart:
    """A chart of counts in the order given, with what stands at the bounds of the columns."""
    room, gap, top = WIDTH - 2 * _RIGHT, 6, _TOP + 14
    step, base, most = room / max(len(counts), 1), HEIGHT - _BOTTOM, max(counts, default=0) or 1

    def column(place: int, count: int) -> Column:
        height = count / most * (base - top)
        return Column(_RIGHT + place * step + gap / 2, base - height, step - gap, height, count)

    return ColumnChart(
        tuple(column(place, count) for place, count in enumerate(counts)),
        tuple((_RIGHT + place * step, label) for place, label in enumerate(bounds)),
    )
