"""Dates as history gives them: a year, a month or a day, such as 1965, 1947-08 or 1999-07-04."""

from datetime import date

_PARTS = (4, 2, 2)
"""Digits of the year, the month and the day."""


def sort_key(written: str) -> tuple[int, ...]:
    """What orders dates of any exactness: a year comes before its months, a month before its days.

    Raises ValueError for what is not whole numbers between hyphens; whether the calendar has it, `real_date` tells.
    """
    return tuple(int(part) for part in written.split("-"))


def real_date(written: str) -> str:
    """The date itself, where the calendar has it. Raises ValueError for any other text, such as 1965-13."""
    parts = written.split("-")
    digits = [len(part) for part in parts if part.isascii() and part.isdigit()]
    if tuple(digits) not in (_PARTS[:1], _PARTS[:2], _PARTS) or len(digits) != len(parts):
        raise ValueError(f"{written!r} is no date; write a year, a month or a day, such as 1965, 1947-08 or 1999-07-04")
    try:
        first_day(written)
    except ValueError as error:
        raise ValueError(f"the calendar has no {written}") from error
    return written


def first_day(written: str) -> date:
    """The day with which a year or a month begins, or the day itself. Raises ValueError for what is no date."""
    year, month, day = (*sort_key(written), 1, 1)[:3]
    return date(year, month, day)
