"""What a page says and links to beside its content: words, addresses and whole parts, made once for many pages.

An attempt page has some sixty fixed words and forty addresses. Flask-Babel looks for the language and its catalogue
for each word, and Flask builds each address part by part: that was half of the page's time. Here a word is kept by the
page's language, an address as a pattern with room for its numbers, and a part by the values on which it depends.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, request
from flask_babel import get_locale, get_translations
from markupsafe import Markup

_PLACE = re.compile(r"<int:(\w+)>")
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
_MOST_PARTS = 1000
_Pattern = tuple[str, frozenset[str]]


def language() -> str:
    """The code of the page's language."""
    found: str | None = g.get("language")
    if found is None:
        found = g.language = str(get_locale())
    return found


@lru_cache(maxsize=8192)
def _said(_language: str, text: str) -> Markup:
    return Markup(get_translations().ugettext(text))  # noqa: S704  our own words, as Flask-Babel gives them to templates


def say(text: str, /, **values: Any) -> Markup:
    """The text in the page's language, its `values` filled in: `_` of the templates."""
    said = _said(language(), text)
    return said % values if values or "%" in text else said


def address(endpoint: str, /, _anchor: str | None = None, **values: Any) -> str:
    """The same as Flask's `url_for`, which is asked for all that has more than whole numbers in its path."""
    pattern = _pattern_of(endpoint)
    if pattern is None or not _fits(pattern, values) or not (_anchor is None or _PLAIN.fullmatch(_anchor)):
        return current_app.url_for(endpoint, _anchor=_anchor, **values)
    path = request.script_root + pattern[0].format_map(values)
    return path if _anchor is None else f"{path}#{_anchor}"


def _fits(pattern: _Pattern, values: Mapping[str, Any]) -> bool:
    return values.keys() == pattern[1] and all(type(number) is int and number >= 0 for number in values.values())


def _pattern_of(endpoint: str) -> _Pattern | None:
    known: dict[str, _Pattern | None] = current_app.extensions["address_patterns"]
    if endpoint not in known:
        known[endpoint] = _made_pattern(current_app, endpoint)
    return known[endpoint]


def _made_pattern(app: Flask, endpoint: str) -> _Pattern | None:
    rules = [] if endpoint.startswith(".") else list(app.url_map.iter_rules(endpoint))
    path = _PLACE.sub(r"{\1}", rules[0].rule) if len(rules) == 1 and not rules[0].defaults else "<"
    return None if "<" in path else (path, frozenset(rules[0].arguments))


def part(name: str, /, *values: Hashable, caller: Callable[[], str]) -> str:
    """`{% call part("name", a, b) %} … {% endcall %}`: what is the same for everybody for whom `a` and `b` are.

    It is rendered once for each of these values, each language and each place where the site is mounted. Nothing in it
    may depend on anything else: no token, no person, nothing of an attempt.
    """
    if current_app.debug:
        return caller()
    kept: dict[Hashable, str] = current_app.extensions["page_parts"]
    key = (name, values, language(), request.script_root)
    found = kept.get(key)
    if found is None:
        if len(kept) >= _MOST_PARTS:
            kept.clear()
        found = kept[key] = caller()
    return found


def init(app: Flask) -> None:
    """Give them to the templates, in the place of Flask-Babel's and Flask's."""
    app.extensions["address_patterns"] = {}
    app.extensions["page_parts"] = {}
    app.jinja_env.globals.update(_=say, url_for=address, part=part)
