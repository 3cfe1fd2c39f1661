"""A student's way through the product, in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit, visit_of
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser


def practise(visit: Visit) -> None:
    """Take the practice quiz from the home page: one answer wrong, one right."""
    page = visit.open("/")
    page.get_by_role("link", name="The rise and more", exact=True).click()
    page.get_by_role("button", name="Begin").click()
    visit.answer("The crown")
    expect(page.get_by_role("listitem").filter(has_text="The crown")).to_contain_text("Your answer")
    expect(page.get_by_role("listitem").filter(has_text="Ada Marsh")).to_contain_text("Right answer")
    expect(page.get_by_text("A person founded it.")).to_be_visible()
    expect(page.locator("mark.evidence").first).to_be_visible()
    expect(page.get_by_text("The town’s own charter is dated 1804.")).to_be_visible()
    page.get_by_role("link", name="Next question").click()
    visit.answer("1851")
    page.get_by_role("link", name="Finish and see your score").click()
    page.get_by_role("button", name="Finish and see the review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 2 marks, 50%")


def test_a_visitor_practises_signs_up_and_keeps_the_attempt(visit: Visit) -> None:
    practise(visit)
    page = visit.page
    page.get_by_role("link", name="Sign up to keep this").click()
    page.get_by_label("Username").fill("zara")
    page.get_by_label("Name shown").fill("Zara (test)")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("link", name="Zara (test)")).to_be_visible()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("img", name="Scores over time")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 2 marks, 50%")
    assert visit.complaints == []


def test_practice_works_on_a_phone_without_scripts(without_scripts: Visit) -> None:
    practise(without_scripts)


WIDTHS = "addEventListener('load', () => { sessionStorage.widths += ' ' + document.documentElement.scrollWidth })"


def test_practice_works_at_twice_the_size_and_its_review_is_printed_with_every_reason(
    chromium: Browser, site: str
) -> None:
    context = chromium.new_context(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    context.add_init_script(WIDTHS)
    visit = visit_of(context, site)
    practise(visit)
    widths = re.findall(r"\d+", visit.page.evaluate("sessionStorage.widths"))
    assert len(widths) > 4
    assert max(map(int, widths)) <= 640
    is_printed_with_every_reason(visit.page)
    context.close()


def is_printed_with_every_reason(page: Page) -> None:
    """On paper a review has all that can be folded away on the screen, and nothing to press."""
    page.emulate_media(media="print")
    expect(page.get_by_text("The text names nobody of this name.")).to_be_visible()
    expect(page.get_by_text("opens with the founder")).to_be_visible()
    expect(page.locator("mark.evidence").first).to_be_visible()
    for gone in ("Try it once more", "Report a problem", "Reading help", "Sign in"):
        expect(page.get_by_text(gone).first).to_be_hidden()


def test_the_way_into_the_text_leads_to_the_passage(visit: Visit) -> None:
    page = visit.open("/quizzes/rise-practice")
    page.get_by_role("button", name="Begin").click()
    visit.answer("Ada Marsh")
    page.get_by_role("link", name="Read it in its place").click()
    expect(page).to_have_url(re.compile(r"/read/harbour#beginnings$"))
    page.get_by_role("button", name=re.compile("Quiz me on this section")).click()
    expect(page).to_have_url(re.compile(r"/attempts/\d+/questions/\d"))


def test_a_test_says_nothing_before_submission_and_everything_after(visit: Visit) -> None:
    page = visit.sign_in("ayesha")
    visit.open("/quizzes/whole-test")
    page.get_by_role("button", name="Begin").click()
    visit.answer("Ada Marsh")
    expect(page.get_by_text("question 2 of 8")).to_be_visible()
    assert "Right answer" not in page.content()
    page.get_by_role("link", name="Finish").click()
    expect(page.get_by_text("Not answered: 2, 3, 4, 5, 6, 7, 8.")).to_be_visible()
    page.get_by_role("button", name="Submit").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 8 marks, 12%")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 8 marks, 12%")
    visit.open("/history")
    expect(page.get_by_role("main").get_by_role("link", name=re.compile("^Review"))).to_have_count(1)


def test_what_cannot_be_read_is_asked_again_with_the_words_kept(visit: Visit) -> None:
    page = visit.open("/quizzes/rise-practice")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Leave it open for now").click()
    visit.answer("a long time ago")
    expect(page.get_by_role("alert")).to_contain_text("This is not a number that can be read")
    expect(page.get_by_label("Your answer")).to_have_value("a long time ago")
    expect(page.locator("fieldset.asked")).to_have_accessible_description(re.compile("This is not a number"))


HERE = """() => {
  const element = document.activeElement;
  const words = (element.ariaLabel ?? (element.labels?.[0] ?? element).textContent).trim();
  return { words, type: element.type ?? "", outline: getComputedStyle(element).outlineStyle };
}"""


def tab_to(page: Page, words: str = "", kind: str = "") -> None:
    """Press Tab until the focus is on what has these words, or is of this kind; it must be seen to be there."""
    for _ in range(40):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here["words"].startswith(words) and here["type"].startswith(kind):
            assert here["outline"] != "none", f"the focus on {words or kind} cannot be seen"
            return
    pytest.fail(f"{words or kind} is not reached by Tab")


def follow(page: Page) -> None:
    """Press Enter and wait for where it leads."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_from_sign_in_to_review_by_keyboard_alone(visit: Visit) -> None:
    page = visit.open("/account/sign-in")
    tab_to(page, "Username")
    page.keyboard.type("ayesha")
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    follow(page)
    tab_to(page, "The rise and more")
    follow(page)
    tab_to(page, "Begin")
    follow(page)
    tab_to(page, kind="radio")
    page.keyboard.press("ArrowDown")
    follow(page)
    tab_to(page, "Next question")
    follow(page)
    tab_to(page, "Your answer")
    page.keyboard.type("1851")
    follow(page)
    tab_to(page, "Finish and see your score")
    follow(page)
    tab_to(page, "Finish and see the review")
    follow(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("of 2 marks")


def choose(page: Page, words: str) -> None:
    """Choose by the arrow keys in the list that has the focus."""
    for _ in range(10):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.selectedOptions[0].text") == words:
            return
    pytest.fail(f"{words} is not in the list")


BY_KEYBOARD = {
    6: ({"Cole Harrow": "the mole", "Dora Finch": "the lamp", "Emil Oakes": "the toll gate"}, "0.67 of 1 mark"),
    7: ({"its ships": "1", "the mole": "3", "the lamp": "2", "the bell": "4"}, "0.67 of 1 mark"),
    8: ({"Blank 1": "cart", "Blank 2": ""}, "0.5 of 1 mark"),
}
"""What is answered to matching, ordering and cloze, and the marks for it."""


def test_every_part_of_an_answer_is_given_by_keyboard_alone(visit: Visit) -> None:
    page = visit.sign_in("ayesha")
    visit.begin("whole-test")
    for position, (answers, _marks) in BY_KEYBOARD.items():
        for label, words in answers_in_place(visit, position, answers):
            tab_to(page, label)
            if words:
                choose(page, words)
            else:
                page.keyboard.type("silver")
        tab_to(page, "Save and go on")
        follow(page)
    visit.open("/attempts/1/submit").get_by_role("button", name="Submit").click()
    for position, (_answers, marks) in BY_KEYBOARD.items():
        expect(page.locator(f"#question-{position}")).to_contain_text(marks)
    assert [said for said in visit.complaints if "422" not in said] == []


def answers_in_place(visit: Visit, position: int, answers: dict[str, str]) -> list[tuple[str, str]]:
    """Open the question, and sort the answers as its controls stand, which each attempt shuffles."""
    text = visit.open(f"/attempts/1/questions/{position}").locator("fieldset.asked").inner_text()
    return sorted(answers.items(), key=lambda answer: text.find(answer[0]))
