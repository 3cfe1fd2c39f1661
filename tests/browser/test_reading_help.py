"""Help while reading, in a real browser: text size, the highlighter, crossing out; and what is remembered of them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.conftest import Browser as Client

pytestmark = pytest.mark.browser

TEXT, CHROME = "#beginnings .prose", "header.bar"

SELECT = """([passage, from, to]) => {
  const walker = document.createTreeWalker(document.querySelector(passage), NodeFilter.SHOW_TEXT);
  const range = new Range();
  for (let node; (node = walker.nextNode());) {
    if (node.data.includes(from)) range.setStart(node, node.data.indexOf(from));
    if (node.data.includes(to)) range.setEnd(node, node.data.indexOf(to) + to.length);
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
MARKS = "() => [...(CSS.highlights.get('my-marks') ?? [])].map(String).join('').replace(/\\s+/g, ' ')"


def size_of(page: Page, place: str) -> float:
    """The size of the letters there, in pixels."""
    size: str = page.locator(place).first.evaluate("(element) => getComputedStyle(element).fontSize")
    return float(size.removesuffix("px"))


def switch_on(page: Page, name: str) -> None:
    """Open the reading help, switch something on, and leave it by Escape."""
    page.get_by_text("Reading help").click()
    page.get_by_label(name).check()
    page.keyboard.press("Escape")
    expect(page.get_by_label(name)).to_be_hidden()


def select(page: Page, first: str, last: str, passage: str = "#beginnings [data-passage]") -> None:
    """Select from these words to those."""
    page.evaluate(SELECT, [passage, first, last])


def mark(page: Page, first: str, last: str) -> None:
    """Mark from these words to those."""
    select(page, first, last)
    page.get_by_role("button", name="Mark", exact=True).click()


def test_a_size_applies_at_once_to_the_text_alone_and_the_next_page_arrives_in_it(visit: Visit) -> None:
    page = visit.open("/read/harbour")
    text, chrome = size_of(page, TEXT), size_of(page, CHROME)
    page.get_by_text("Reading help").click()
    page.get_by_label("Larger", exact=True).check()
    page.get_by_label("Wider", exact=True).check()
    assert size_of(page, TEXT) == pytest.approx(1.2 * text)
    assert size_of(page, CHROME) == chrome
    arrived = page.reload()
    assert arrived is not None
    assert 'class="text-larger spacing-wider"' in arrived.text()
    assert size_of(page, TEXT) == pytest.approx(1.2 * text)
    assert visit.complaints == []


def test_a_size_is_chosen_without_scripts(without_scripts: Visit) -> None:
    page = without_scripts.open("/read/harbour")
    before = size_of(page, TEXT)
    page.get_by_text("Reading help").click()
    expect(page.get_by_label("Highlighter")).to_be_hidden()
    page.get_by_label("Largest").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("/read/harbour$"))
    assert size_of(page, TEXT) == pytest.approx(1.5 * before)


def test_a_visitor_s_marks_stay_and_stand_in_the_same_words_beside_a_question(visit: Visit) -> None:
    page = visit.open("/read/harbour")
    switch_on(page, "Highlighter")
    mark(page, "writer says", "Ships carr")
    assert page.evaluate(MARKS) == "writer says, “in 1810”. Ships carried"
    page.reload()
    assert page.evaluate(MARKS) == "writer says, “in 1810”. Ships carried"
    visit.open("/quizzes/rise-practice").get_by_role("button", name="Begin").click()
    visit.answer("The crown")
    expect(page.locator(".passage mark.evidence").first).to_be_visible()
    assert page.evaluate(MARKS) == "writer says, “in 1810”. Ships carried"
    assert visit.complaints == []


def test_a_word_is_marked_by_mouse_and_by_keyboard_and_unmarked_the_same_way(visit: Visit) -> None:
    page = visit.open("/read/harbour")
    never = page.locator("#beginnings em")
    never.dblclick()
    expect(page.get_by_role("button", name="Mark", exact=True)).to_be_hidden()
    switch_on(page, "Highlighter")
    never.dblclick()
    page.get_by_role("button", name="Mark", exact=True).click()
    select(page, "walls", "finished")
    page.keyboard.press("Enter")
    assert page.evaluate(MARKS) == "walls were never finished"
    never.dblclick()
    page.keyboard.press("Enter")
    assert page.evaluate(MARKS) == "walls were" + "finished"
    page.locator("#beginnings p", has_text="walls").click(position={"x": 45, "y": 10})
    page.get_by_role("button", name="Remove mark").click()
    expect(page.get_by_role("status").filter(has_text="Mark removed.")).to_be_attached()
    assert page.evaluate(MARKS) == "finished"


def test_all_marks_go_only_after_a_question(visit: Visit) -> None:
    page = visit.open("/read/harbour")
    switch_on(page, "Highlighter")
    mark(page, "walls", "finished")
    page.get_by_text("Reading help").click()
    page.get_by_role("button", name="Remove all my marks in this text").click()
    page.get_by_role("button", name="Keep them").click()
    assert page.evaluate(MARKS) == "walls were never finished"
    page.get_by_role("button", name="Remove all my marks in this text").click()
    page.get_by_role("button", name="Remove my marks").click()
    expect(page.get_by_label("Highlighter")).to_be_focused()
    page.reload()
    assert page.evaluate(MARKS) == ""


def test_two_persons_at_one_browser_see_their_own_marks_only(visit: Visit) -> None:
    page = visit.sign_in("ayesha")
    visit.open("/read/harbour")
    switch_on(page, "Highlighter")
    mark(page, "walls", "finished")
    page.get_by_role("button", name="Sign out").click()
    visit.sign_in("ben")
    visit.open("/read/harbour")
    assert page.evaluate(MARKS) == ""
    mark(page, "wool", "tin")
    page.get_by_role("button", name="Sign out").click()
    visit.sign_in("ayesha")
    visit.open("/read/harbour")
    assert page.evaluate(MARKS) == "walls were never finished"


def test_where_the_browser_keeps_nothing_everything_works_on_the_page(visit: Visit) -> None:
    visit.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page = visit.open("/read/harbour")
    switch_on(page, "Highlighter")
    mark(page, "wool", "wool")
    mark(page, "tin", "tin")
    assert page.evaluate(MARKS) == "wooltin"
    assert visit.complaints == []


def test_crossing_out_changes_no_answer_and_is_remembered(visit: Visit, ayesha: Client) -> None:
    attempt = ayesha.start("rise-practice")
    page = visit.sign_in("ayesha")
    visit.open(f"/attempts/{attempt}/questions/1")
    switch_on(page, "Cross out options")
    page.get_by_label("Ada Marsh", exact=True).check()
    for words in ("Bela Stone", "Ada Marsh", "The crown"):
        page.get_by_role("button", name=f"Cross out: {words}").click()
    page.get_by_role("button", name="Cross out: The crown").click()
    expect(page.get_by_label("Ada Marsh", exact=True)).to_be_checked()
    page.reload()
    for words, pressed in (("Bela Stone", True), ("Ada Marsh", True), ("The crown", False)):
        expect(page.get_by_role("button", name=f"Cross out: {words}", pressed=pressed)).to_be_visible()
    expect(page.get_by_text("Bela Stone")).to_have_css("text-decoration-line", "line-through")
    page.get_by_label("Bela Stone", exact=True).check()
    expect(page.get_by_role("button", name="Cross out: Bela Stone", pressed=False)).to_be_visible()
    assert visit.complaints == []


def test_crossed_out_options_are_their_own_student_s_and_attempt_s(visit: Visit, ayesha: Client, ben: Client) -> None:
    mine, other = ayesha.start("rise-practice"), ben.start("rise-practice")
    page = visit.sign_in("ayesha")
    visit.open(f"/attempts/{mine}/questions/1")
    switch_on(page, "Cross out options")
    page.get_by_role("button", name="Cross out: Bela Stone").click()
    page.get_by_role("button", name="Sign out").click()
    visit.sign_in("ben")
    visit.open(f"/attempts/{other}/questions/1")
    expect(page.get_by_role("button", name=re.compile("Cross out: "), pressed=False)).to_have_count(4)
