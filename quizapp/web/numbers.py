"""Whole numbers and words from addresses and forms, kept to what a database column can hold."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter

LARGEST = 2**31 - 1
LARGEST_REVISION = 2**53 - 1
"""A revision is a time in milliseconds; this is the largest number that scripts count exactly."""


class ColumnNumber(IntegerConverter):
    """A number in an address; a larger one than any row can have is no address of ours."""

    def __init__(self, map: Map) -> None:  # noqa: A002  the name that Werkzeug gives it
        super().__init__(map, max=LARGEST)


class ColumnWords(UnicodeConverter):
    """Words in an address; PostgreSQL takes no NUL in a text, so one with it is no address of ours."""

    def __init__(self, map: Map, *bounds: Any, **named_bounds: Any) -> None:  # noqa: A002  as above
        super().__init__(map, *bounds, **named_bounds)
        self.regex = self.regex.replace("[^/]", r"[^/\0]")


def whole_number(values: Mapping[str, str], name: str, default: int, largest: int = LARGEST) -> int:
    """The number from 0 to `largest` sent under this name; `default` for anything else."""
    text = values.get(name, "")
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(largest))
    return int(text) if is_number and int(text) <= largest else default


def init(app: Flask) -> None:
    """Let `<int:…>` in addresses mean a number that fits, and `<…>` words that do."""
    app.url_map.converters |= {"int": ColumnNumber, "default": ColumnWords, "string": ColumnWords}
