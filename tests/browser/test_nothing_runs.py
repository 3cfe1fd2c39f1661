"""In a real browser: no string becomes a script, and nothing that people wrote anywhere runs or asks another site."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error

from tests.browser.conftest import Visit, visit_of
from tests.conftest import Template
from tests.contracts.access import Scene
from tests.contracts.test_html import PUBLIC, TEACHING
from tests.security.walking import addresses, walk
from tests.security.writing import browser_again, everybody_wrote

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "deed",
    [
        "document.body.innerHTML = '<b>x</b>'",
        "document.createElement('script').text = 'window.xss = 1'",
        "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
        "trustedTypes.createPolicy('mine', { createHTML: (words) => words })",
    ],
)
def test_no_string_becomes_a_page_or_a_script(visit: Visit, deed: str) -> None:
    page = visit.open("/")
    with pytest.raises(Error, match=r"Trusted|Policy"):
        page.evaluate(f"() => {{ {deed} }}")


@pytest.mark.long
@pytest.mark.parametrize("kind", [0, 12])
def test_nothing_written_runs(template: Template, app: Flask, chromium: Browser, site: str, kind: int) -> None:
    played, _ = everybody_wrote(template, kind)
    context = chromium.new_context()
    visit = visit_of(context, site)
    ran: list[str] = []
    visit.page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    for address in _shown(app, visit, played):
        visit.open(address)
        ran += [address] if visit.page.evaluate("() => 'xss' in window") else []
    context.close()
    assert ran == []
    assert [said for said in visit.complaints if "Failed to load resource" not in said] == []


def _shown(app: Flask, visit: Visit, played: Scene) -> Iterator[str]:
    """The main pages, as a visitor, a student and their teacher see them."""
    yield from PUBLIC
    visit.sign_in("ayesha")
    begin = ["/", *addresses(played)]
    for address, answer in walk(app, browser_again(played, "student"), begin, most=4):
        if answer.status_code == 200 and answer.mimetype == "text/html" and not address.startswith("/teach"):
            yield address
    visit.sign_in("tahir")
    yield from TEACHING
