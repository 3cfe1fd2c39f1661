"""Every page: nothing that axe finds wrong, no sideways scrolling on a phone, no request to another host."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from quizapp.kinds import KINDS
from quizapp.models import db
from tests.browser.conftest import Visit, visit_of
from tests.conftest import Browser as Client
from tests.conftest import make_app

pytestmark = pytest.mark.browser

LEARNING = [
    "/",
    "/read/harbour",
    "/quizzes/rise-practice",
    "/quizzes/whole-test",
    "/attempts/1/questions/1",
    "/attempts/1/questions/2",
    "/attempts/1/submit",
    "/attempts/3/questions/6",
    "/attempts/3/questions/7",
    "/attempts/3/questions/8",
    "/attempts/2/review",
    "/history",
    "/review",
    "/review/forecast",
    "/account/password",
    "/account/delete",
]
VISITING = ["/account/sign-in", "/account/sign-up", "/account/set-up/nonsense", "/nowhere"]
TEACHING = [
    "/teach/",
    "/teach/banks/harbour/questions",
    *(f"/teach/banks/harbour/questions/new/{kind}" for kind in KINDS),
    "/teach/banks/harbour/coverage",
    "/teach/banks/harbour/coverage?shade=errors",
    "/teach/banks/harbour/quizzes",
    "/teach/banks/harbour/quizzes/new",
    "/teach/quizzes/1",
    "/teach/students",
    "/teach/students/1",
    "/teach/attempts",
    "/teach/marking",
    "/teach/reports",
    "/teach/attempts/2/reopen",
    "/styleguide",
]


@pytest.fixture
def app(app: Flask, ayesha: Client) -> Iterator[Flask]:
    """The app in development, so that it has its style guide; with an attempt half done, one finished and one begun."""
    attempt = ayesha.start("rise-practice")
    ayesha.answer(attempt, 1, ayesha.option(attempt, 1, "The crown"))
    finished = ayesha.start("whole-test")
    ayesha.answer(finished, 2, ayesha.option(finished, 2, "Wool"))
    ayesha.answer(finished, 4, "Ouse")
    ayesha.answer(finished, 6, ["1", "", "2"])
    ayesha.answer(finished, 7, ["4", "2", "3", "1"])
    ayesha.answer(finished, 8, ["boat", "copper"])
    ayesha.post(f"/attempts/{finished}/submit")
    assert (attempt, finished, ayesha.start("whole-test")) == (1, 2, 3)
    developing = make_app(app.instance_path, DEVELOPMENT=True)
    yield developing
    with developing.app_context():
        db.session.remove()
        db.engine.dispose()


def pages(visit: Visit) -> Iterator[tuple[str, Page]]:
    """Every page, as the student and then as the teacher sees it, with those that only a form leads to."""
    for address in VISITING:
        yield address, visit.open(address)
    for username, addresses in (("ayesha", LEARNING), ("tahir", TEACHING)):
        visit.sign_in(username)
        for address in addresses:
            yield address, visit.open(address)
        if username == "tahir":
            yield from edited(visit)
        visit.page.get_by_role("button", name="Sign out").click()


def edited(visit: Visit) -> Iterator[tuple[str, Page]]:
    """The editor: a question that exists, its preview, and a refusal."""
    page = visit.open("/teach/banks/harbour/questions")
    page.get_by_role("link", name="According to the writer, who founded Saltmouth?").click()
    page.get_by_role("heading", name="Edit the question").wait_for()
    yield "editor", page
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="As a student sees it").wait_for()
    yield "preview", page
    page.get_by_label("Choice 1", exact=True).fill("")
    page.get_by_label("Explanation").fill("")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").wait_for()
    yield "refusal", page


ONLY_COLOURS = {"runOnly": ["color-contrast"]}
"""What the colour scheme can change; everything else axe has found in the light already."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(chromium: Browser, site: str, scheme: str) -> None:
    context = chromium.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": 1280, "height": 900})  # type: ignore[arg-type]
    found: dict[str, str] = {}
    for address, page in pages(visit_of(context, site)):
        results = Axe().run(page, options=ONLY_COLOURS if scheme == "dark" else None)
        if results.violations_count:
            found[address] = results.generate_report()
    context.close()
    assert found == {}


def test_no_page_scrolls_sideways_on_a_phone_or_complains_or_asks_another_host(chromium: Browser, site: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    visit = visit_of(context, site)
    too_wide = {
        address: width
        for address, page in pages(visit)
        if (width := page.evaluate("() => document.documentElement.scrollWidth")) > 360
    }
    context.close()
    assert too_wide == {}
    expected = "Failed to load resource: the server responded with a status of 4"
    assert [said for said in visit.complaints if not said.startswith(expected)] == []
