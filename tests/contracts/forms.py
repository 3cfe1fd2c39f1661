"""The forms of a page, read as a browser reads them, to be sent again with something else in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib

_UNSENT = {"submit", "button", "reset", "image"}


@dataclass(frozen=True)
class Field:
    """A field of a form: its `kind` is the type of an `input`, or `textarea` or `select`.

    `values` is what a browser would send of it now, `options` what can be chosen.
    """

    name: str
    kind: str
    values: tuple[str, ...]
    options: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether a person can write anything into it."""
        return self.kind in {"text", "search", "textarea", "password", "email", "url", "tel"}


@dataclass(frozen=True)
class Button:
    """A button that sends a form: what it says by its name, and where it sends the form."""

    name: str
    value: str
    address: str


@dataclass(frozen=True)
class Form:
    """A form: where it is sent, how, its fields and its buttons."""

    address: str
    method: str
    fields: tuple[Field, ...]
    buttons: tuple[Button, ...]

    def data(self, **instead: object) -> dict[str, object]:
        """What a browser would send, but for the button and for what is to be sent instead, by name."""
        sent: dict[str, list[str]] = {}
        for field in self.fields:
            sent.setdefault(field.name, []).extend(field.values)
        return {**{name: values for name, values in sent.items() if values}, **instead}


def forms_in(page: str, address: str) -> list[Form]:
    """The forms of the page that stands at this address; fields elsewhere on the page that belong to one count too."""
    root = tree_of(page)
    outside = [element for element in root.iter() if element.get("form")]
    return [_form(element, outside, address) for element in root.iter("form")]


def tree_of(page: str) -> Element:
    """The page as a browser understands it, whatever is wrong with it."""
    root: Element = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    return root


def _form(form: Element, outside: Sequence[Element], address: str) -> Form:
    elements = [*form.iter(), *(element for element in outside if element.get("form") == form.get("id"))]
    to = urljoin(address, form.get("action") or address)
    return Form(
        to,
        (form.get("method") or "get").upper(),
        tuple(field for element in elements if element.get("name") for field in _fields(element)),
        tuple(
            Button(element.get("name") or "", element.get("value") or "", urljoin(to, element.get("formaction") or to))
            for element in elements
            if (element.tag == "button" and element.get("type") != "button") or element.get("type") == "submit"
        ),
    )


def _fields(element: Element) -> Iterator[Field]:
    name, kind = element.get("name") or "", element.get("type") or "text"
    value = element.get("value") or ""
    if element.tag == "textarea":
        yield Field(name, "textarea", ("".join(element.itertext()).removeprefix("\n"),))
    elif element.tag == "select":
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        shown = chosen or ([] if element.get("multiple") is not None else options[:1])
        yield Field(name, "select", tuple(map(_value, shown)), tuple(map(_value, options)))
    elif element.tag == "input" and kind in ("checkbox", "radio"):
        value = value or "on"
        yield Field(name, kind, (value,) if element.get("checked") is not None else (), (value,))
    elif element.tag == "input" and kind not in _UNSENT:
        yield Field(name, kind, (value,))


def _value(option: Element) -> str:
    value = option.get("value")
    return "".join(option.itertext()).strip() if value is None else value
