"""The question editor in a real browser: what keeps up with typing, words chosen by the keys, two teachers at once."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from quizapp.models import db
from tests.browser.conftest import Visit, visit_of
from tests.classes import joins_cast
from tests.conftest import question_named

pytestmark = pytest.mark.browser


def address_of(app: Flask, slug: str) -> str:
    """Where a question is edited."""
    with app.app_context():
        return f"/teach/questions/{question_named(db.session(), slug).id}"


def test_the_preview_keeps_up_and_words_are_chosen_by_the_keys_alone(visit: Visit, app: Flask) -> None:
    page = visit.sign_in("tahir")
    visit.open(address_of(app, "founder"))
    part = page.locator("#preview-part")
    page.get_by_label("Question", exact=True).fill("According to the writer, who was *first*?")
    expect(part.locator("legend")).to_have_text("According to the writer, who was first?")
    page.get_by_label("Explanation").fill("")
    expect(part).to_contain_text("Explanation: This is missing.")

    against = page.locator("[data-quotes=choices-1-evidence]")
    against.evaluate("list => list.closest('details').open = true")
    against.get_by_role("button", name="Choose the words in the passage").press("Enter")
    expect(page.get_by_role("textbox", name="Words of “Beginnings”")).to_be_focused()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "Shift+ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Use against choice 2")).to_be_visible()
    page.keyboard.press("Enter")
    expect(against.locator("textarea").first).to_have_value("was founded by")
    expect(page.locator(".source-text > [aria-live]")).to_have_text("Used against choice 2: was founded by")

    page.get_by_label("The words I choose are used").select_option("evidence")
    page.get_by_role("textbox", name="Words of “Beginnings”").focus()
    for _ in range(4):
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Enter")
    expect(page.locator("[data-quotes=evidence] textarea")).to_have_count(5)
    expect(page.get_by_label("Exact words, quote 5")).not_to_have_value("")
    assert visit.complaints == []


def test_the_second_of_two_teachers_sees_both_edits_and_chooses(
    visit: Visit, chromium: Browser, site: str, app: Flask
) -> None:
    with app.app_context():
        joins_cast(db.session(), "tamar")
    address = address_of(app, "founder")
    mine = visit.sign_in("tahir")
    visit.open(address)
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    hers = visit_of(context, site)
    theirs = hers.sign_in("tamar")
    hers.open(address)
    theirs.get_by_label("Reason for choice 1").fill("A reason in Tamar’s own words.")
    theirs.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(theirs.get_by_role("status")).to_contain_text("Saved as version 2")
    context.close()

    mine.get_by_label("Explanation").fill("Tahir says why, in words of his own, and at length.")
    expect(mine.locator("#preview-part")).to_contain_text("A newer version of this question, by Tamar (test)")
    mine.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(mine.get_by_role("alert")).to_contain_text("nothing of them is lost")
    expect(mine.get_by_role("group", name="Explanation").get_by_label("Mine")).to_be_checked()
    expect(mine.get_by_role("group", name="Reason for choice 1").get_by_label("Theirs")).to_be_checked()
    mine.get_by_role("button", name="Save it as chosen here").press("Enter")
    expect(mine.get_by_role("status")).to_contain_text("Saved as version 3")
    expect(mine.get_by_label("Reason for choice 1")).to_have_value("A reason in Tamar’s own words.")
    expect(mine.get_by_label("Explanation")).to_have_value("Tahir says why, in words of his own, and at length.")
    assert hers.complaints == []
