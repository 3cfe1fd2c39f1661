"""Options that are numbers, dates or ranges, read so far as to compare them."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from quizapp.domain.text import fold_typography, western_digits
from quizapp.kinds.numeric.reading import SCALES

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_AMOUNT = rf"[$£€]? ?({_NUMBER})"
_UNIT = r"(?: ?%| [a-z]+(?: [a-z]+)?)?"
_ALONE = re.compile(rf"^(?:about |around |in |the year )?{_AMOUNT}{_UNIT}\.?$")
_RANGE = re.compile(rf"^(?:from |between )?{_AMOUNT} ?(?:-|to|and|until) ?{_AMOUNT}{_UNIT}\.?$")
_BELOW = re.compile(
    rf"^(?:under|below|less than|fewer than|before|up to) {_AMOUNT}{_UNIT}\.?$"
    rf"|^{_AMOUNT}{_UNIT} (?:or|and) (?:less|fewer|under|below|earlier|before){_UNIT}\.?$"
)
_ABOVE = re.compile(
    rf"^(?:over|above|more than|after|at least) {_AMOUNT}{_UNIT}\.?$"
    rf"|^{_AMOUNT}{_UNIT} (?:or|and) (?:more|over|above|later|after){_UNIT}\.?$"
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DATE = re.compile(rf"^(?:on |in )?(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) (\d{{4}})\.?$")
_SCALES = {word: factor for word, factor in SCALES.items() if len(word) > 2}
"""The words for large numbers, without the short forms that may be any abbreviation."""
_ANY_DATE = re.compile(rf"\b(?:1[0-9]{{3}}|20[0-9]{{2}})s?\b|\b\d{{1,2}} (?:{'|'.join(_MONTHS)})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both in it; a single number is an interval of no length."""

    low: float
    high: float

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share more than a border; a number alone does where it lies inside the other."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        inside = all(span.low < low < span.high for span in (self, other) if span.is_range)
        return low < high or (low == high and inside)

    @property
    def is_range(self) -> bool:
        """Whether it is more than one number."""
        return self.low < self.high


@lru_cache(maxsize=65_536)
def interval_of(text: str) -> Interval | None:
    """The number, date or range that `text` is; None where it is anything else."""
    folded = western_digits(fold_typography(text)).casefold().strip()
    date = _DATE.match(folded)
    if date:
        value = int(date[3]) + _MONTHS.index(date[2]) / 12 + int(date[1] or 0) / 400
        return Interval(value, value)
    scale = next((factor for word, factor in _SCALES.items() if re.search(rf"\b{word}\b", folded)), 1.0)
    for pattern, bounds in _SHAPES:
        match = pattern.match(folded)
        if match:
            low, high = bounds([float(number.replace(",", "")) * scale for number in match.groups() if number])
            return Interval(low, high) if low <= high else None
    return None


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[Sequence[float]], tuple[float, float]]], ...] = (
    (_BELOW, lambda numbers: (-math.inf, numbers[0])),
    (_ABOVE, lambda numbers: (numbers[0], math.inf)),
    (_ALONE, lambda numbers: (numbers[0], numbers[0])),
    (_RANGE, lambda numbers: (numbers[0], numbers[1])),
)
"""What a number may look like, and its bounds; “10 or more” comes before “10 men”, which it looks like too."""


def has_date(text: str) -> bool:
    """Whether a year or a day of the calendar stands in `text`."""
    return _ANY_DATE.search(western_digits(fold_typography(text))) is not None


def years_in(text: str) -> set[str]:
    """The years named in `text`, four digits each."""
    return set(re.findall(r"\b(?:1[0-9]{3}|20[0-9]{2})\b", western_digits(fold_typography(text))))
