"""Every page that somebody can come to: all addresses of routes for them, and all links from there."""

from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag, urljoin

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.conftest import Browser
from tests.contracts.access import Scene, values_for, ways
from tests.contracts.forms import Form, forms_in, tree_of

MOST = 10
"""Addresses of one route that are opened; more of the same would be lists sorted otherwise."""


def walk(app: Flask, browser: Browser, begin: Iterable[str], most: int = MOST) -> Iterator[tuple[str, TestResponse]]:
    """Each page with its address, or whatever else answers there; what is refused comes along too."""
    waiting, seen, opened = list(begin), set[str](), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        endpoint = _endpoint(app, address)
        if address in seen or endpoint is None or opened[endpoint] == most:
            continue
        seen.add(address)
        opened[endpoint] += 1
        response = browser.get(address)
        if response.mimetype == "text/html":
            waiting += links_in(response.text, address)
        waiting += [response.location] if response.location else []
        yield address, response
        response.close()


def links_in(page: str, address: str) -> Iterator[str]:
    """Where the page leads by a link, a style sheet or a script; outside of this site too."""
    for element in tree_of(page).iter():
        found = element.get("href") or element.get("src")
        if found and element.tag != "base":
            yield urldefrag(urljoin(address, found)).url


def addresses(scene: Scene) -> list[str]:
    """The address of every route that can be opened, about the records of the scene."""
    app = scene.template.app
    return [way.address(app, values_for(way, scene.values)) for way in ways(app) if way.method == "GET"]


def forms_of(app: Flask, browser: Browser, begin: Iterable[str]) -> list[Form]:
    """Every form on the way, once for each route and set of fields."""
    found = {}
    for address, response in walk(app, browser, begin):
        for form in forms_in(response.text, address) if response.mimetype == "text/html" else ():
            found[form.method, form.address, tuple(field.name for field in form.fields)] = form
    return [form for form in found.values() if form.method in ("GET", "POST")]


def _endpoint(app: Flask, address: str) -> str | None:
    """The route that answers, None for another site's; static files are one route by their kinds."""
    if not address.startswith("/"):
        return None
    path = address.partition("?")[0]
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path)
    except HTTPException:
        return path
    return f"{endpoint} {path.rpartition('.')[2]}" if endpoint == "assets.file" else str(endpoint)
