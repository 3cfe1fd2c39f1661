"""Every page, walked once: nothing axe finds wrong, no sideways scrolling on a phone, no request to another host."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, Page

from quizapp.kinds import KINDS
from quizapp.models import Deed, db
from tests.browser.conftest import Visit, visit_of
from tests.classes import assigned, classroom_of
from tests.conftest import Browser as Client
from tests.conftest import make_app
from tests.corrections import correct
from tests.essays import essay_of, with_essay

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
    "/assignments/1",
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
    "/teach/banks/harbour/text/new",
    "/teach/banks/harbour/orphans",
    "/teach/sections/1",
    "/teach/questions/1/versions",
    "/teach/questions/1/duplicate",
    "/teach/questions/1/analysis",
    "/teach/questions/1/correct?deed=key",
    "/teach/banks/harbour/corrections",
    "/teach/corrections/1",
    "/teach/corrections/1/undo",
    "/teach/banks/harbour/sharing",
    "/teach/banks/harbour/coverage",
    "/teach/banks/harbour/coverage?shade=errors",
    "/teach/banks/harbour/quizzes",
    "/teach/banks/harbour/quizzes/new",
    "/teach/quizzes/1",
    "/teach/quizzes/1/analysis",
    "/teach/quizzes/1/sharing",
    "/teach/classes",
    "/teach/classes/1",
    "/teach/classes/1/joining",
    "/teach/classes/1/settings",
    "/teach/classes/1/import",
    "/teach/classes/1/remove?student=1",
    "/teach/classes/1/assignments",
    "/teach/classes/1/assignments/new",
    "/teach/classes/1/assignments/new?quiz=1",
    "/teach/classes/1/gradebook",
    "/teach/classes/1/help",
    "/teach/assignments/1",
    "/teach/assignments/1/edit",
    "/teach/students",
    "/teach/students/1",
    "/teach/attempts",
    "/teach/marking",
    "/teach/marking/4/1",
    "/teach/reports",
    "/teach/attempts/2/reopen",
    "/attempts/2/review",
    "/styleguide",
]


@pytest.fixture
def app(app: Flask, ayesha: Client) -> Iterator[Flask]:
    """The app in development, so that it has its style guide; with attempts half done, finished and begun.

    Ayesha is in a class that is set a test, has an essay waiting for its mark, and a score that a correction changed.
    """
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
        assigned(db.session(), classroom_of(db.session()))
        correct(db.session(), "founder", Deed.EVERYONE)
        with_essay(db.session())
        assert essay_of(db.session(), "ayesha").id == 4
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
            yield from imported(visit)
            yield from dry_run(visit)
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


def imported(visit: Visit) -> Iterator[tuple[str, Page]]:
    """A list of names: what would happen, and the slips."""
    page = visit.open("/teach/classes/1/import")
    page.get_by_label("Or the list as text").fill("name, username\nZara Ali, zara\nNo One, one!")
    page.get_by_role("button", name="See what would happen").click()
    page.get_by_role("heading", name="What would happen").wait_for()
    yield "roster preview", page
    page.get_by_role("button", name="Take 1 student into the class").click()
    page.get_by_role("heading", name="Slips for the new accounts").wait_for()
    yield "slips", page


def dry_run(visit: Visit) -> Iterator[tuple[str, Page]]:
    """A correction before it is applied."""
    page = visit.open("/teach/questions/1/correct?deed=void")
    page.get_by_label("Why, in words for the students").fill("Nobody could know.")
    page.get_by_role("button", name="Show what it would do").click()
    page.get_by_role("heading", name="What the correction would do").wait_for()
    yield "dry run", page


SCHEMES = "light", "dark"
FIND = """([where, options]) => axe.run(where ?? document, { resultTypes: ["violations"], ...options }).then(
  ({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
)"""
ALL_BUT_CONTRAST = {"rules": {"color-contrast": {"enabled": False}}}
CONTRAST = {"runOnly": ["color-contrast"]}
NEW_LOOKS = """() => {
  const seen = new Set(JSON.parse(sessionStorage.getItem("looks") ?? "[]"));
  const known = new Map([[null, ""]]);
  const behind = (element) => {
    if (!known.has(element)) known.set(element, before(element));
    return known.get(element);
  };
  const before = (element) => {
    const { backgroundColor, backgroundImage, opacity, position, filter } = getComputedStyle(element);
    const own = [backgroundColor, backgroundImage, opacity, filter].join().replace("rgba(0, 0, 0, 0),none,1,none", "");
    return own + (["absolute", "fixed"].includes(position) ? element.className : "") + behind(element.parentElement);
  };
  const look = (element) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    return [color, fontSize, fontWeight, textShadow, behind(element)].join();
  };
  const speaks = (element) =>
    element.checkVisibility() &&
    (element.matches("input, select, textarea") ||
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  const found = [...document.body.querySelectorAll("*")].filter(
    (element) => speaks(element) && seen.size < seen.add(look(element)).size
  );
  sessionStorage.setItem("looks", JSON.stringify([...seen]));
  return found;
}"""
"""The elements with words in a colour, a size and before a background that no page before had so.

Contrast is what axe takes longest for, and the same for all that look alike.
"""


def found_in(page: Page) -> list[str]:
    """What axe finds on a page, and among what looks new on it in each colour scheme."""
    found: list[str] = page.evaluate(FIND, [None, ALL_BUT_CONTRAST])
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        looks = page.evaluate_handle(NEW_LOOKS)
        if page.evaluate("(looks) => looks.length", looks):
            found += [f"{scheme}: {said}" for said in page.evaluate(FIND, [looks, CONTRAST])]
    return found


DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


def width_on_phone(page: Page) -> int:
    """How wide the page is, in pixels, on a phone; afterwards it stands on a desk again."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    width = page.evaluate("() => document.documentElement.scrollWidth")
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    return int(width)


def test_every_page_is_sound(chromium: Browser, site: str, subtests: pytest.Subtests) -> None:
    context = chromium.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    context.add_init_script(AXE_SCRIPT)
    visit = visit_of(context, site)
    refused: list[str] = []
    visit.page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    found: dict[str, list[str]] = {}
    widths: dict[str, int] = {}
    for address, page in pages(visit):
        widths[address] = width_on_phone(page)
        found[address] = found_in(page)
    context.close()
    with subtests.test("every page is there but those that cannot be"):
        assert [url.removeprefix(site) for url in refused] == [
            "/account/set-up/nonsense",
            "/nowhere",
            "/teach/questions/1",
        ]
    with subtests.test("axe finds nothing"):
        assert {address: said for address, said in found.items() if said} == {}
    with subtests.test("no page scrolls sideways on a phone"):
        assert {address: width for address, width in widths.items() if width > PHONE["width"]} == {}
    with subtests.test("none complains or asks another host"):
        expected = "Failed to load resource: the server responded with a status of 4"
        assert [said for said in visit.complaints if not said.startswith(expected)] == []
