"""A teacher's way through the product, in a real browser."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from quizapp.models import db
from tests.browser.conftest import Visit
from tests.conftest import question_named

pytestmark = pytest.mark.browser


def fill_choices(page: Page) -> None:
    """Three choices with their reasons."""
    for number in (1, 2, 3):
        page.get_by_label(f"Choice {number}", exact=True).fill(f"Good number {number}")
        page.get_by_label(f"Reason for choice {number}").fill(f"Reason number {number}")


def single_choice(page: Page) -> None:
    """What makes a single-choice question."""
    fill_choices(page)
    page.get_by_label("right").nth(1).check()


def multiple_response(page: Page) -> None:
    """What makes a multiple-response question."""
    fill_choices(page)
    page.get_by_label("right").nth(0).check()
    page.get_by_label("right").nth(2).check()


def true_false(page: Page) -> None:
    """What makes a true-or-false question."""
    page.locator(".editor > form").get_by_label("False", exact=True).check()
    page.get_by_label("To who says true").fill("Read the line again.")
    page.get_by_label("To who says false").fill("Just so.")


def short_answer(page: Page) -> None:
    """What makes a short-answer question."""
    page.get_by_label("Accepted answers").fill("Tin")
    page.get_by_label("Wrong answer 1", exact=True).fill("Lead")
    page.get_by_label("Why wrong answer 1 is wrong").fill("It is not named.")


def numeric(page: Page) -> None:
    """What makes a numeric question."""
    page.get_by_label("Right number").fill("1,810")
    page.get_by_label("Unit shown beside the box").fill("year")


def matching(page: Page) -> None:
    """What makes a matching question."""
    for number in (1, 2, 3):
        page.get_by_label(f"Entry {number}", exact=True).fill(f"Good number {number}")
        page.get_by_label(f"What belongs to entry {number}").fill(f"Use number {number}")
        page.get_by_label(f"Why pair {number} belongs together").fill(f"Reason number {number}")
    page.get_by_label("Extra option 1", exact=True).fill("Use of nothing")
    page.get_by_label("What was misread by who picks extra option 1").fill("It is not named.")


def ordering(page: Page) -> None:
    """What makes an ordering question."""
    for number in (1, 2, 3):
        page.get_by_label(f"Item {number}", exact=True).fill(f"Event number {number}")
        page.get_by_label(f"Date of item {number}").fill(f"181{number}-05")


def cloze(page: Page) -> None:
    """What makes a cloze."""
    page.get_by_label("Text with blanks").fill("They carried [[1]] and\n\nthen [[2]].")
    first, second = page.get_by_role("group", name="Blank 1"), page.get_by_role("group", name="Blank 2")
    first.get_by_label("Accepted answers").fill("wool")
    first.get_by_text("Wrong answers worth a word").click()
    first.get_by_label("Wrong answer 1", exact=True).fill("glass")
    first.get_by_label("Why wrong answer 1 is wrong").fill("It was never carried.")
    second.get_by_label("Accepted answers").fill("tin")
    second.get_by_label("Words to choose from").fill("tin\nlead")


def choose_evidence(page: Page) -> None:
    """Select words of a passage with the mouse, and press the button that appears."""
    page.get_by_text("Beginnings P1").click()
    page.evaluate(
        """() => {
          const text = document.querySelector("[data-passage=beginnings] p").firstChild;
          const start = text.data.indexOf("Ships carried");
          const range = document.createRange();
          range.setStart(text, start);
          range.setEnd(text, start + "Ships carried".length);
          const selection = document.getSelection();
          selection.removeAllRanges();
          selection.addRange(range);
        }"""
    )
    page.get_by_role("button", name="Use as evidence").click()
    expect(page.get_by_label("Exact words, quote 1")).to_have_value("Ships carried")


def copy_evidence(page: Page) -> None:
    """Choose the passage and type its words."""
    page.locator("#evidence-0-passage").select_option("beginnings")
    page.get_by_label("Exact words, quote 1").fill("wool and tin")


KINDS: dict[str, tuple[Callable[[Page], None], Callable[[Page], None]]] = {
    "Single choice": (single_choice, choose_evidence),
    "Multiple response": (multiple_response, copy_evidence),
    "True or false": (true_false, copy_evidence),
    "Short answer": (short_answer, copy_evidence),
    "Number": (numeric, copy_evidence),
    "Matching": (matching, copy_evidence),
    "Ordering": (ordering, copy_evidence),
    "Fill in the blanks": (cloze, copy_evidence),
}
"""What makes a question of each kind, and how its evidence is given."""


def test_a_question_of_every_kind_is_written_previewed_and_published(visit: Visit, subtests: pytest.Subtests) -> None:
    page = visit.sign_in("tahir")
    for kind, (fill, evidence) in KINDS.items():
        with subtests.test(kind):
            visit.open("/teach/banks/harbour/questions")
            page.get_by_role("link", name=kind, exact=True).click()
            page.wait_for_url("**/questions/new/*")
            write(page, fill, evidence)
            expect(page.get_by_role("heading", name="As a student sees it")).to_be_visible()
            expect(page.get_by_role("group", name="According to the writer, what was it?")).to_be_visible()
            page.get_by_role("button", name="Save", exact=True).press("Enter")
            expect(page.get_by_role("status")).to_contain_text("The question is saved.")
    assert visit.complaints == []


def write(page: Page, fill: Callable[[Page], None], evidence: Callable[[Page], None]) -> None:
    """Write a question, to be published."""
    page.get_by_label("Question", exact=True).fill("According to the writer, what was it?")
    fill(page)
    page.get_by_label("Explanation").fill("The passage names it in its second sentence.")
    evidence(page)
    page.get_by_label("Published").press("Space")
    expect(page.get_by_label("Published")).to_be_checked()


def test_the_rules_keep_up_with_what_is_typed(visit: Visit, app: Flask) -> None:
    with app.app_context():
        address = f"/teach/questions/{question_named(db.session(), 'founder').id}"
    page = visit.sign_in("tahir")
    visit.open(address)
    findings = page.locator("#findings-list")
    page.get_by_label("Question", exact=True).fill("According to the writer, who was not the founder?")
    expect(findings).to_contain_text("“not” turns the question round")
    page.get_by_label("Question", exact=True).fill("According to the writer, who was the founder?")
    expect(findings).not_to_contain_text("turns the question round")
    assert visit.complaints == []


def test_without_scripts_the_rules_speak_with_the_preview(without_scripts: Visit) -> None:
    page = without_scripts.sign_in("tahir")
    without_scripts.open("/teach/banks/harbour/questions/new/true_false")
    page.get_by_label("Question", exact=True).fill("Tin was shipped; wool was shipped.")
    true_false(page)
    page.get_by_label("Explanation").fill("Both.")
    copy_evidence(page)
    page.get_by_role("button", name="Preview").click()
    findings = page.locator("#findings-list")
    expect(findings).to_contain_text("Words in the explanation: 1; at least 8 are needed.")
    expect(findings).to_contain_text("the stem does not say whose view it asks for")


def test_a_question_is_put_into_a_quiz_edited_and_its_past_attempt_kept(visit: Visit) -> None:
    page = visit.sign_in("tahir")
    visit.open("/teach/banks/harbour/quizzes")
    page.get_by_role("link", name="The rise and more", exact=True).click()
    page.get_by_label("Question", exact=True).select_option(label="According to the writer, the walls were finished.")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("The question is in the quiz.")
    page.get_by_role("link", name="According to the writer, the walls were finished.").click()
    page.get_by_label("Explanation").fill("They were never finished, the passage says.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Saved as version 2; past attempts keep theirs.")
    page.get_by_role("link", name="Versions", exact=True).click()
    expect(page.get_by_role("row", name="Compare to version 2")).to_contain_text("the explanation")


def test_an_error_is_tied_to_its_field_and_nothing_typed_is_lost(visit: Visit) -> None:
    page = visit.sign_in("tahir")
    visit.open("/teach/banks/harbour/questions/new/true_false")
    page.get_by_label("Explanation").fill("My own words.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("This was not saved yet.")
    expect(page.get_by_label("Question", exact=True)).to_have_accessible_description(re.compile("This is missing."))
    expect(page.get_by_label("Explanation")).to_have_value("My own words.")
