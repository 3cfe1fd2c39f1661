"""What of a page is alive that no page of ours has: handlers, foreign addresses, elements made of somebody's words."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import openpyxl

from tests.contracts.forms import tree_of

_ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "xlink:href",
    "{http://www.w3.org/1999/xlink}href",
    "data",
    "poster",
}
_ADDRESSES |= {"srcset", "cite", "background", "manifest", "ping", "codebase", "longdesc", "usemap"}
_NEVER = {
    "iframe",
    "object",
    "embed",
    "applet",
    "base",
    "frame",
    "math",
    "style",
    "video",
    "audio",
    "noscript",
    "portal",
}
"""Elements that stand on no page of ours."""
_LOADED = {"script", "link", "img", "source", "use", "image"}
"""Elements whose address a browser opens by itself."""
_MADE = re.compile(r"xss-\d+")


def alive_in(page: str) -> list[str]:
    """What a browser would do on this page, or would take for a part of it, and should not."""
    return [found for element in tree_of(page).iter() if isinstance(element.tag, str) for found in _alive(element)]


def _alive(element: Element) -> Iterator[str]:
    tag = element.tag.rpartition("}")[2]
    if tag in _NEVER or tag.startswith("xss"):
        yield f"<{tag}>"
    if tag == "script" and (not element.get("src") or element.text):
        yield "a script on the page itself"
    if tag == "meta" and element.get("http-equiv"):
        yield "a header on the page itself"
    for name, value in element.items():
        yield from _alive_attribute(tag, str(name), value)


def _alive_attribute(tag: str, name: str, value: str) -> Iterator[str]:
    short = name.rpartition("}")[2].rpartition(":")[2].lower()
    if short.startswith("on") or short in ("style", "srcdoc"):
        yield f"{tag} {name}={value[:60]!r}"
    if "xss" in short or (short in ("id", "name", "class", "for") and any(map(_MADE.fullmatch, value.split()))):
        yield f"{tag} {name}={value[:60]!r}"
    if short in _ADDRESSES:
        yield from _alive_address(tag, short, value)


def _alive_address(tag: str, name: str, value: str) -> Iterator[str]:
    """An address runs nothing; what is opened without a click, and where forms go, is ours."""
    plain = re.sub(r"[\x00-\x20]+", "", value).casefold()
    scheme = re.match(r"[a-z][a-z0-9+.-]*:", plain)
    if scheme and scheme[0] not in ("http:", "https:") and not (tag == "img" and plain.startswith("data:image/")):
        yield f"{tag} {name}={value[:60]!r}"
    elif (tag in _LOADED or name in ("action", "formaction")) and (scheme or plain.startswith("//")):
        yield f"{tag} {name}={value[:60]!r} is another site's"


def formulas_in(mimetype: str, content: bytes) -> list[str]:
    """What a spreadsheet would reckon of a file, though somebody only wrote it."""
    if mimetype == "application/zip":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return [found for name in parts.namelist() for found in formulas_in(_type_of(name), parts.read(name))]
    if mimetype == "text/csv":
        cells = (cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row)
        return [cell[:60] for cell in cells if re.match(r"[=+@\t\r]|-(?![\d.])", cell)]
    if mimetype.endswith("spreadsheetml.sheet"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        return [str(cell.value)[:60] for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    return []


def _type_of(name: str) -> str:
    return "text/csv" if name.endswith(".csv") else "text/plain"
