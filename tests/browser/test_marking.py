"""Essays are marked by keyboard, in a real browser."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from quizapp.models import db
from tests.browser.conftest import Visit, ready
from tests.essays import essay_of, with_essay

pytestmark = pytest.mark.browser


@pytest.fixture
def marking(app: Flask, visit: Visit) -> Page:
    """Tahir before the first of two essays."""
    with app.app_context():
        with_essay(db.session())
        essay_of(db.session(), "ayesha")
        essay_of(db.session(), "ben")
    visit.sign_in("tahir")
    page = visit.open("/teach/marking")
    page.get_by_role("link", name="Mark them").click()
    return answer(page, 1)


def answer(page: Page, number: int) -> Page:
    """The page of an answer, come to by a press."""
    expect(page.get_by_text(f"Answer {number} of 2")).to_be_visible()
    return ready(page)


def test_digits_give_points_and_a_chord_saves_and_goes_on(marking: Page, visit: Visit) -> None:
    marking.keyboard.press("2")
    marking.keyboard.press("3")
    expect(marking.get_by_label("Names the silt of the river")).to_have_value("2")
    expect(marking.get_by_label("Follows what was left")).to_have_value("3")
    marking.keyboard.press("9")
    expect(marking.get_by_text("There is no option with 9 points here.")).to_be_visible()
    marking.get_by_label("A word to the student").fill("Well told.")
    marking.keyboard.press("j")
    marking.keyboard.press("4")
    expect(marking.get_by_label("A word to the student")).to_have_value("Well told.j4")
    marking.keyboard.press("Control+Enter")
    expect(marking.get_by_text("Saved. Here is the next answer.")).to_be_visible()
    expect(marking.get_by_text("Answer 2 of 2")).to_be_visible()
    assert visit.complaints == []


def test_one_goes_from_answer_to_answer_and_can_switch_single_keys_off(marking: Page) -> None:
    marking.keyboard.press("j")
    answer(marking, 2).keyboard.press("[")
    answer(marking, 1).get_by_text("By keyboard").click()
    marking.get_by_label("Use single keys").uncheck()
    marking.keyboard.press("j")
    marking.reload()
    marking.keyboard.press("2")
    expect(marking.get_by_text("Answer 1 of 2")).to_be_visible()
    expect(marking.get_by_label("Names the silt of the river")).to_have_value("")
