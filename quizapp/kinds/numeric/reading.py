"""Reading a number as people write it: 7.5 billion, 7.5bn, 7,500,000,000, $7.5 billion, ۷٫۵."""

import re
from dataclasses import dataclass

from quizapp.domain.text import fold_typography, western_digits

SCALES: dict[str, float] = {
    **dict.fromkeys(("thousand", "k", "ہزار"), 1e3),
    **dict.fromkeys(("lakh", "lakhs", "لاکھ"), 1e5),
    **dict.fromkeys(("million", "millions", "mn", "m"), 1e6),
    **dict.fromkeys(("crore", "crores", "کروڑ"), 1e7),
    **dict.fromkeys(("billion", "billions", "bn", "b", "ارب"), 1e9),
    **dict.fromkeys(("trillion", "trillions", "tn"), 1e12),
}
_WRITTEN = re.compile(
    r"(?:(?:us|usd|us\$|pkr|rs\.?)\s?|[$£€₨]\s?)*(?P<number>[-+]?\d[\d,.]*|[-+]?\.\d+)\s*(?P<words>[^\d]*)"
)
_GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d{1,2}")
_PLAIN = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)")


@dataclass(frozen=True)
class Written:
    """A number as written: its `value`, and whether it named its own scale ("7.5 billion") or came bare ("7.5")."""

    value: float
    scaled: bool


def read_number(text: str, unit: str = "") -> Written | None:
    """The number `text` says, or None where it says none or says more than a number.

    Words after the number may be a scale and words of the `unit`; any other word makes it unreadable, so that a
    misspelt "7.5 milion" is asked again and not taken for 7.5.
    """
    match = _WRITTEN.fullmatch(western_digits(fold_typography(text)).casefold())
    if match is None:
        return None
    value = _value(match["number"].rstrip(".,"))
    words = re.findall(r"[^\W\d_]+", match["words"])
    scales = [SCALES[word] for word in words if word in SCALES]
    spare = {word for word in words if word not in SCALES} - set(re.findall(r"[^\W\d_]+", unit.casefold()))
    if value is None or spare or len(scales) > 1:
        return None
    return Written(value * scales[0], True) if scales else Written(value, False)


def _value(number: str) -> float | None:
    if _GROUPED.fullmatch(number):
        return float(number.replace(",", ""))
    if _DECIMAL_COMMA.fullmatch(number):
        return float(number.replace(",", "."))
    return float(number) if _PLAIN.fullmatch(number) else None
