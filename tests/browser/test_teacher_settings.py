"""A teacher sets how a quiz is run, and marks essays, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from quizapp.models import db
from tests.browser.conftest import Visit, visit_of
from tests.conftest import Browser as Client
from tests.conftest import quiz_named
from tests.essays import with_essay, writes_essay

pytestmark = pytest.mark.browser


@pytest.fixture
def address(app: Flask) -> str:
    """Where the whole-test is edited."""
    with app.app_context():
        return f"/teach/quizzes/{quiz_named(db.session(), 'whole-test').id}"


def chosen(page: Page, aspect: str) -> str:
    """From when on an aspect is shown, in the table to fill in."""
    return page.locator(f"input[name='shown-{aspect}']:checked").input_value()


def test_the_table_of_feedback_is_filled_in_by_button_and_by_keyboard(visit: Visit, address: str) -> None:
    page = visit.sign_in("tahir")
    visit.open(address)
    own = page.get_by_role("table", name="What is shown of the answers, and when")
    expect(own).to_be_hidden()
    page.get_by_label("As in this table").check()
    expect(own).to_be_visible()
    page.get_by_role("button", name="Fill in: Practice").click()
    assert chosen(page, "key") == "at_once"
    page.get_by_role("button", name="Fill in: Test").click()
    own.get_by_role("row", name="The record notes").get_by_label("After submission").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert (chosen(page, "note"), chosen(page, "key")) == ("never", "after_submission")
    assert visit.complaints == []


def test_without_scripts_every_cell_of_the_table_says_what_it_is(without_scripts: Visit, address: str) -> None:
    page = without_scripts.sign_in("tahir")
    without_scripts.open(address)
    page.get_by_text("As in this table").click()
    expect(page.get_by_role("button", name="Fill in")).to_have_count(0)
    row = page.get_by_role("row", name="The right answer").last
    row.get_by_text("Never").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#feedback-error")).to_contain_text("would give away “The right answer”")
    assert chosen(page, "key") == "never"


def test_a_closing_time_in_utc_is_told_by_one_s_own_clock(chromium: Browser, site: str, address: str) -> None:
    context = chromium.new_context(timezone_id="Asia/Karachi")
    visit = visit_of(context, site)
    page = visit.sign_in("tahir")
    visit.open(address)
    page.get_by_label("Closes, in UTC").fill("2026-06-01T20:00")
    expect(page.get_by_text("By your own clock it closes on")).to_contain_text("Jun 2, 2026, 01:00")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="The quiz closes on")).to_contain_text("Jun 2, 2026, 01:00")
    context.close()


def test_essays_are_marked_one_after_the_other(app: Flask, visit: Visit, ayesha: Client, ben: Client) -> None:
    with app.app_context():
        with_essay(db.session())
    writes_essay(ayesha, "The Ouzel did it.")
    writes_essay(ben, "I do not know.")
    page = visit.sign_in("tahir")
    visit.open("/teach/")
    page.get_by_role("link", name="2 answers wait for your mark").click()
    page.get_by_role("link", name="Mark them").click()
    answers = {"The Ouzel did it.": "2 of 2 points", "I do not know.": "0 of 2 points"}
    for nth in (1, 2):  # in an order that does not tell whose they are
        expect(page.get_by_text(f"Answer {nth} of 2")).to_be_visible()
        (answer,) = (text for text in answers if page.get_by_text(text).is_visible())
        page.get_by_label("Names the silt of the river").select_option(label=answers.pop(answer))
        page.get_by_label("Follows what was left").select_option("0")
        page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("No answer waits for a mark.")).to_be_visible()
    assert visit.complaints == []


def test_nothing_that_a_teacher_marks_or_manages_is_hard_to_use(
    app: Flask, chromium: Browser, site: str, ayesha: Client
) -> None:
    with app.app_context():
        with_essay(db.session())
    attempt = writes_essay(ayesha, "A_long_word_" * 40)
    ayesha.start("essay-test")
    ayesha.post(f"/attempts/{attempt}/questions/2/report", {"reason": "other", "text": "A_long_word_" * 40})
    context = chromium.new_context(bypass_csp=True)
    visit = visit_of(context, site)
    visit.sign_in("tahir")
    addresses = f"/teach/marking/{attempt}/1?names=1", "/teach/marking", "/teach/reports", "/teach/students/1"
    hard = [f"{address}, {found}" for address in addresses for found in what_is_hard(visit.open(address))]
    context.close()
    assert hard == []


def what_is_hard(page: Page) -> list[str]:
    """What axe finds, and what is too wide, on a phone and on a large screen, with all that is folded away unfolded."""
    hard: list[str] = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("() => document.querySelectorAll('main details').forEach(details => { details.open = true })")
        hard += [f"{width} wide: {rule['id']}" for rule in Axe().run(page).response["violations"]]
        if page.evaluate("() => document.documentElement.scrollWidth") > width:
            hard.append(f"too wide for {width}")
    return hard
