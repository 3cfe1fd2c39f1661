"""Options that are numbers, dates or ranges, read so far as to compare them."""

import math
import re
from dataclasses import dataclass

from quizapp.domain.text import fold_typography, western_digits

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ALONE = re.compile(rf"^(?:about |around |in |the year )?[$£€]? ?({_NUMBER})(?: ?%| [a-z]+(?: [a-z]+)?)?\.?$")
_RANGE = re.compile(
    rf"^(?:from |between )?[$£€]? ?({_NUMBER}) ?(?:-|to|and|until) ?[$£€]? ?({_NUMBER})(?: ?%| [a-z]+)?\.?$"
)
_BELOW = re.compile(rf"^(?:under|below|less than|fewer than|before|up to) [$£€]? ?({_NUMBER})(?: ?%| [a-z]+)?\.?$")
_ABOVE = re.compile(rf"^(?:over|above|more than|after|at least) [$£€]? ?({_NUMBER})(?: ?%| [a-z]+)?\.?$")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DATE = re.compile(rf"^(?:on |in )?(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) (\d{{4}})\.?$")
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_ANY_DATE = re.compile(rf"\b(?:1[0-9]{{3}}|20[0-9]{{2}})s?\b|\b\d{{1,2}} (?:{'|'.join(_MONTHS)})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both in it; a single number is an interval of no length."""

    low: float
    high: float

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share more than a border."""
        return max(self.low, other.low) < min(self.high, other.high)

    @property
    def is_range(self) -> bool:
        """Whether it is more than one number."""
        return self.low < self.high


def interval_of(text: str) -> Interval | None:
    """The number, date or range that `text` is; None where it is anything else."""
    folded = western_digits(fold_typography(text)).casefold().strip()
    date = _DATE.match(folded)
    if date:
        value = int(date[3]) + _MONTHS.index(date[2]) / 12 + int(date[1] or 0) / 400
        return Interval(value, value)
    scale = next((factor for word, factor in _SCALES.items() if re.search(rf"\b{word}\b", folded)), 1.0)
    for pattern, bounds in ((_ALONE, (0, 0)), (_RANGE, (0, 1))):
        match = pattern.match(folded)
        if match:
            numbers = [_value(number) * scale for number in match.groups()]
            low, high = numbers[bounds[0]], numbers[bounds[1]]
            return Interval(low, high) if low <= high else None
    below, above = _BELOW.match(folded), _ABOVE.match(folded)
    if below:
        return Interval(-math.inf, _value(below[1]) * scale)
    return Interval(_value(above[1]) * scale, math.inf) if above else None


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def has_date(text: str) -> bool:
    """Whether a year or a day of the calendar stands in `text`."""
    return _ANY_DATE.search(western_digits(fold_typography(text))) is not None


def years_in(text: str) -> set[str]:
    """The years named in `text`, four digits each."""
    return set(re.findall(r"\b(?:1[0-9]{3}|20[0-9]{2})\b", western_digits(fold_typography(text))))
