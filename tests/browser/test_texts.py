"""A teacher's own text, from the paste to a noted passage, in a real browser; the keyboard is enough."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

TEXT = (
    "Before\n\n" + "The wheel turned all day, and the miller slept. " * 10 + "\n\nAfter\n\n" + "The water came. " * 40
)


def test_a_pasted_text_becomes_a_bank_with_a_note_on_words_selected_by_keyboard(visit: Visit) -> None:
    visit.sign_in("tahir")
    page = visit.open("/teach/banks/new")
    page.get_by_label("Paste the text").fill(TEXT)
    page.get_by_label("Title").fill("The lost mill")
    page.get_by_label("Author").fill("N. Body")
    page.get_by_label("Objectives").fill("Say what happened")
    page.get_by_role("button", name="See how it is split").press("Enter")
    page.get_by_role("button", name=re.compile("Divide before this.*1")).press("Enter")
    expect(page.get_by_role("group", name="Passage 3")).to_be_visible()
    page.get_by_role("button", name=re.compile("Join with the one before.*2")).press("Enter")
    page.get_by_role("button", name="Save the bank").first.press("Enter")
    page.get_by_role("link", name="1.1").press("Enter")
    text = page.get_by_label("Text", exact=True)
    text.focus()
    page.keyboard.press("Control+Home")
    for _ in range(len("The wheel")):
        page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("button", name="Note the selected words").press("Enter")
    expect(page.get_by_label("Words of the passage")).to_have_value("The wheel")
    page.get_by_label("What the record shows").fill("There were two wheels.")
    page.get_by_label("References, one a line").fill("Mill book")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Saved as version 2")
    page.get_by_role("link", name="As readers see it").press("Enter")
    expect(page.get_by_role("note")).to_contain_text("There were two wheels.")
