"""What every answer has to be like, whatever was asked."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache

import html5lib
from werkzeug.test import TestResponse

_GIVEN_AWAY = ("Traceback (most recent call last)", "sqlalchemy.", "site-packages", "werkzeug.exceptions", "psycopg")
"""Words that only our own failures say."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_UNPRINTABLE = dict.fromkeys(
    (*range(9), 11, *range(14, 32), 127, *(p * 0x10000 + e for p in range(17) for e in (0xFFFE, 0xFFFF))), " "
)
"""Characters that the standard calls a mistake wherever they stand; what was typed is shown again as it was."""
_TOKEN = re.compile(r'(name="csrf_token" value=")[^"]*')


def faults(method: str, response: TestResponse) -> list[str]:
    """What is wrong with an answer, in a few words each."""
    said = response.get_data()
    found = [f"status {response.status_code}"] if response.status_code >= 500 else []
    found += [f"the body says {words!r}" for words in _GIVEN_AWAY if words.encode() in said]
    found += _missing_headers(response.headers)
    if response.status_code >= 400 and said:
        found += _no_error_page(response, said)
    return found


def _missing_headers(headers: Mapping[str, str]) -> list[str]:
    policy = headers.get("Content-Security-Policy", "")
    found = [] if "default-src 'none'" in policy and "unsafe" not in policy else [f"the policy is {policy!r}"]
    found += [] if headers.get("Referrer-Policy") in ("same-origin", "strict-origin") else ["the referrer is told"]
    found += [f"{name} is not {value}" for name, value in HEADERS.items() if headers.get(name) != value]
    return found + ([] if headers.get("Cache-Control") else ["it may be kept by a cache"])


def _no_error_page(response: TestResponse, said: bytes) -> list[str]:
    """An error is a page, JSON, or a line of plain text; each as it says it is."""
    if response.mimetype == "text/html":
        return _no_html(_TOKEN.sub(r"\1", said.decode()).translate(_UNPRINTABLE))
    if response.mimetype == "application/json":
        return [] if isinstance(json.loads(said), dict) else ["the JSON says nothing by name"]
    return [] if response.mimetype == "text/plain" and b"<" not in said else [f"an error is {response.mimetype}"]


@lru_cache(maxsize=2048)
def _no_html(page: str) -> list[str]:
    try:
        html5lib.HTMLParser(strict=True).parse(page)
    except html5lib.html5parser.ParseError as error:
        return [f"the page is no HTML: {error}"]
    return []
