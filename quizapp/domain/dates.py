"""Dates as history gives them: a year, a month or a day, such as 1965, 1947-08 or 1999-07-04."""


def sort_key(date: str) -> tuple[int, ...]:
    """What orders dates of any exactness: a year comes before its months, a month before its days.

    Raises ValueError for what is no such date.
    """
    return tuple(int(part) for part in date.split("-"))


def year_of(date: str) -> int:
    """The year of a date. Raises ValueError for what is no date."""
    return sort_key(date)[0]
