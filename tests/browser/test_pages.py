"""Every page: nothing that axe finds wrong, no sideways scrolling on a phone, no request to another host."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, Page

from quizapp.kinds import KINDS
from quizapp.models import db
from tests.browser.conftest import Visit, visit_of
from tests.classes import classroom_of
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
    "/join/H15T0RY10",
]
VISITING = ["/join", "/account/sign-in", "/account/sign-up", "/account/set-up/nonsense", "/nowhere"]
TEACHING = [
    "/teach/",
    "/teach/banks/harbour/questions",
    *(f"/teach/banks/harbour/questions/new/{kind}" for kind in KINDS),
    "/teach/banks/new",
    "/teach/banks/harbour/text",
    "/teach/passages/1",
    "/teach/passages/1/versions",
    "/teach/passages/1/remove",
    "/teach/banks/harbour/coverage",
    "/teach/banks/harbour/coverage?shade=errors",
    "/teach/banks/harbour/quizzes",
    "/teach/banks/harbour/quizzes/new",
    "/teach/quizzes/1",
    "/teach/classes",
    "/teach/classes/1",
    "/teach/classes/1/joining",
    "/teach/classes/1/settings",
    "/teach/classes/1/import",
    "/teach/classes/1/remove?student=1",
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
    with app.app_context():
        classroom_of(db.session())
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
    page.get_by_role("link", name="According to the writer, who founded Saltmouth?", exact=True).click()
    page.get_by_role("heading", name="Edit the question").wait_for()
    yield "editor", page
    page.get_by_text("After the answer", exact=True).click()
    page.get_by_role("heading", name="Why").wait_for()
    yield "preview", page
    page.get_by_label("Choice 1", exact=True).fill("")
    page.get_by_label("Explanation").fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("alert").wait_for()
    yield "refusal", page


SCHEMES = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
"""What a colour scheme can change is looked at in the dark; everything else axe has found in the light already."""
FIND = """(options) => axe.run({ resultTypes: ["violations"], ...options }).then(
  ({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
)"""


def found_in(page: Page, scheme: str, options: dict[str, list[str]]) -> list[str]:
    """What axe finds on a page that is shown in this colour scheme."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    return [f"{scheme}: {found}" for found in page.evaluate(FIND, options)]


def test_axe_finds_nothing_on_any_page(chromium: Browser, site: str) -> None:
    context = chromium.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    found: dict[str, list[str]] = {}
    for address, page in pages(visit_of(context, site)):
        page.evaluate(AXE_SCRIPT)
        found[address] = [said for scheme in SCHEMES for said in found_in(page, scheme, SCHEMES[scheme])]
    context.close()
    assert {address: said for address, said in found.items() if said} == {}


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
