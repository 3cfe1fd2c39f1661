"""Putting in order and matching by hand; the lists beside say the same, and so does what is saved."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def open_question(visit: Visit, position: int) -> Page:
    """A question of the whole test, as Ayesha begins it."""
    page = visit.sign_in("ayesha")
    visit.send("/quizzes/whole-test/attempts")
    visit.open(f"/attempts/1/questions/{position}")
    return page


def drag(page: Page, what: Locator, to: Locator, down: int = 8) -> None:
    """Press on something, move to another thing and let go."""
    begins, ends = what.bounding_box(), to.bounding_box()
    assert begins is not None
    assert ends is not None
    page.mouse.move(begins["x"] + 8, begins["y"] + 8)
    page.mouse.down()
    page.mouse.move(ends["x"] + 8, ends["y"] + down, steps=12)
    page.mouse.up()


def items(page: Page) -> list[str]:
    """The items in the order they stand, each with its number."""
    return [
        f"{row.locator('select').input_value()} {row.locator('label').inner_text()}"
        for row in page.locator(".place").all()
    ]


def test_a_dragged_item_gets_its_place_and_the_others_theirs(visit: Visit) -> None:
    page = open_question(visit, 7)
    shown = [label.inner_text() for label in page.locator(".place label").all()]
    handles = page.locator(".drag-handle")
    drag(page, handles.first, handles.last, down=24)
    expected = [f"{place} {item}" for place, item in enumerate([*shown[1:], shown[0]], start=1)]
    assert items(page) == expected
    expect(page.locator("[data-save-state]")).to_contain_text("Saved")
    page.reload()
    expect(page.locator(".place label").first).to_have_text(shown[1])
    assert items(page) == expected
    assert visit.complaints == []


def test_buttons_move_an_item_and_say_where_it_is(visit: Visit) -> None:
    page = open_question(visit, 7)
    item = page.locator(".place label").nth(1).inner_text()
    button = page.get_by_role("button", name=f"Move up: {item}")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text=f"{item}: place 1 of 4")).to_have_count(1)
    expect(button).to_be_focused()
    assert items(page)[0] == f"1 {item}"


def test_items_moved_by_hand_are_marked_as_they_were_put(visit: Visit) -> None:
    page = open_question(visit, 7)
    for item in ("its ships", "the mole", "the lamp", "the bell"):
        down = page.get_by_role("button", name=f"Move down: {item}")
        while down.get_attribute("aria-disabled") == "false":
            down.click()
    page.get_by_role("button", name="Save and go on").click()
    page.wait_for_url("**/questions/8*")
    visit.open("/attempts/1/submit").get_by_role("button", name="Submit").click()
    expect(page.locator("#question-7")).to_contain_text("6 of 6 pairs stood in the right order")


def test_an_option_is_dragged_to_its_entry_or_placed_with_two_clicks(visit: Visit) -> None:
    page = open_question(visit, 6)
    finch = page.locator(".match").filter(has_text="Dora Finch")
    drag(page, page.locator(".tile-option", has_text="the lamp"), finch)
    expect(finch.locator("select option:checked")).to_have_text("the lamp")
    page.locator(".tile-option", has_text="the bell").click()
    page.locator(".match label", has_text="Emil Oakes").click()
    expect(page.locator(".match").filter(has_text="Emil Oakes").locator("select option:checked")).to_have_text(
        "the bell"
    )
    used = page.locator(".tile-option.used")
    expect(used).to_have_count(2)
    assert set(used.all_inner_texts()) == {"the lamp", "the bell"}
    expect(page.locator("[data-save-state]")).to_contain_text("Saved")
