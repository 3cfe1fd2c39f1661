"""What a page weighs: itself, its style sheets and its modules with all that they import, compressed by gzip."""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from posixpath import join, normpath

LIMIT = 60_000
"""Bytes that the attempt page may weigh."""
_LEVEL = 6
_SHEET = re.compile(r'<link\s+rel="stylesheet"\s+href="([^"]+)"')
_MODULE = re.compile(r'<script\s[^>]*src="([^"]+)"')
_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
_URL = re.compile(r"""(?:@import\s+|url\()\s*["']?(\.{1,2}/[^"')]+|[\w-]+\.css)["']?""")


@dataclass(frozen=True)
class Weight:
    """Bytes of a page and of what it loads, compressed; and as they are."""

    html: int
    css: int
    js: int
    plain: int
    files: int

    @property
    def total(self) -> int:
        """All of it, compressed."""
        return self.html + self.css + self.js


def weigh(get: Callable[[str], bytes], address: str) -> Weight:
    """Weigh a page; `get` gives what is at an address of the site."""
    page = get(address)
    text = page.decode()
    sheets = _all(get, _SHEET.findall(text), _URL)
    modules = _all(get, _MODULE.findall(text), _IMPORT)
    return Weight(
        html=_compressed(page),
        css=sum(map(_compressed, sheets.values())),
        js=sum(map(_compressed, modules.values())),
        plain=len(page) + sum(map(len, (*sheets.values(), *modules.values()))),
        files=len(sheets) + len(modules),
    )


def _all(get: Callable[[str], bytes], addresses: list[str], refers: re.Pattern[str]) -> dict[str, bytes]:
    """What is at these addresses and at all they refer to."""
    found: dict[str, bytes] = {}
    waiting = list(addresses)
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        found[address] = get(address)
        folder = address.rpartition("/")[0]
        waiting += [normpath(join(folder, name)) for name in refers.findall(found[address].decode())]
    return found


def _compressed(content: bytes) -> int:
    return len(gzip.compress(content, _LEVEL))


def as_line(found: Weight) -> str:
    """The figures, for people."""
    return (
        f"  the attempt page weighs {found.total / 1000:.1f} kB compressed (html {found.html / 1000:.1f}, "
        f"css {found.css / 1000:.1f}, js {found.js / 1000:.1f}; "
        f"{found.files} files, {found.plain / 1000:.0f} kB as they are)"
    )
