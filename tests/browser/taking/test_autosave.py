"""Answers are saved as they are given, and the page says only what is true."""

import re

from playwright.sync_api import Page, Route, expect

from quizapp.models import AttemptSlot, db
from tests.browser.conftest import Visit
from tests.browser.taking.conftest import Sitting, sit

AN_HOUR_WRONG = """
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) { given.length ? super(...given) : super(RealDate.now() + OFF); }
  static now() { return RealDate.now() + OFF; }
};
"""


def slot_of(sitting: Sitting, position: int) -> AttemptSlot:
    """The row of an answer."""
    with sitting.app.app_context():
        chosen = db.select(AttemptSlot).filter_by(attempt_id=sitting.attempt, position=position)
        return db.session.scalars(chosen).one()


def test_what_is_typed_is_saved_without_a_press_and_stands_there_after_a_reload(leaves: Sitting) -> None:
    leaves.question(1).field.press_sequentially("kestrel")
    leaves.question(1).is_told("saved", r"^Saved \d\d:\d\d")
    assert leaves.saved() == {1: "kestrel"}
    leaves.page.reload()
    expect(leaves.question(1).field).to_have_value("kestrel")
    assert leaves.visit.complaints == []


def test_going_on_saves_what_was_typed_a_moment_ago(leaves: Sitting) -> None:
    leaves.question(1).field.fill("heron")
    leaves.page.get_by_role("link", name="Question 7, not answered").click()
    leaves.page.wait_for_url("**/questions/7#question")
    assert leaves.saved() == {1: "heron"}
    expect(leaves.page.get_by_role("link", name="Question 1, answered")).to_be_visible()


def test_what_is_typed_before_the_scripts_are_there_is_saved_too(leaves: Sitting) -> None:
    held: list[Route] = []
    page = leaves.open_tab("/history")
    page.route("**/taking/main.js", lambda route: held.append(route))
    page.goto(f"{leaves.visit.site}/attempts/{leaves.attempt}/questions/2", wait_until="commit")
    leaves.question(2, page).field.fill("early")
    held[0].continue_()
    leaves.question(2, page).is_told("saved")
    assert leaves.saved() == {2: "early"}


def test_the_navigator_keeps_up_with_answers_and_flags(leaves: Sitting) -> None:
    leaves.question(1).save("heron")
    expect(leaves.page.get_by_role("link", name="Question 1, answered")).to_be_visible()
    leaves.page.get_by_role("button", name="Flag to come back to").click()
    expect(leaves.page.get_by_role("link", name="Question 1, answered, flagged")).to_be_visible()
    leaves.page.reload()
    expect(leaves.page.get_by_role("link", name="Question 1, answered, flagged")).to_be_visible()


def test_certainty_is_saved_with_the_answer(leaves: Sitting) -> None:
    leaves.question(1).save("heron")
    with leaves.page.expect_response(re.compile("/save$")):
        leaves.page.get_by_label("fairly sure").check()
    leaves.question(1).is_told("saved")
    assert slot_of(leaves, 1).certainty == 2


def test_an_answer_that_was_taken_out_is_a_blank_again(leaves: Sitting) -> None:
    leaves.question(1).save("heron")
    with leaves.page.expect_response(re.compile("/save$")):
        leaves.question(1).field.fill("")
    leaves.question(1).is_told("saved")
    expect(leaves.page.get_by_role("link", name="Question 1, not answered")).to_be_visible()
    assert leaves.saved() == {}


def test_an_answer_that_cannot_be_read_says_why_and_is_kept_until_it_is_mended(figures: Sitting) -> None:
    question = figures.question(1)
    question.field.fill("a score")
    question.field.blur()
    expect(question.section.get_by_role("alert")).to_contain_text("This is not a number that can be read")
    question.is_told("refused", "Not saved")
    figures.page.evaluate("addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)")
    figures.page.reload()
    expect(question.field).to_have_value("a score")
    question.save("20")
    expect(question.section.get_by_role("alert")).to_have_count(0)


def test_nothing_is_said_of_half_an_answer_while_it_is_being_typed(figures: Sitting) -> None:
    question = figures.question(1)
    with figures.page.expect_response(lambda response: response.status == 422):
        question.field.press_sequentially("-")
    question.is_told("refused")
    expect(question.section.get_by_role("alert")).to_have_count(0)
    figures.page.get_by_role("button", name="Save and go on").click()
    expect(question.section.get_by_role("alert")).to_be_focused()
    expect(figures.page).to_have_url(re.compile("/questions/1"))


def test_a_browser_clock_an_hour_wrong_does_not_decide_which_answer_counts(leaves: Sitting, device: Visit) -> None:
    device.page.add_init_script(AN_HOUR_WRONG.replace("OFF", "-3600000"))
    slow = sit(leaves.app, device, "leaves")
    leaves.question(1).save("first")
    slow.question(1).save("second")
    assert leaves.saved() == {1: "second"}


def test_a_reply_lost_on_its_way_leads_to_one_more_try_and_no_alarm(leaves: Sitting) -> None:
    lose_replies(leaves.page, times=1)
    leaves.question(1).field.fill("heron")
    leaves.question(1).is_told("unsaved", "Not saved yet, will retry")
    leaves.question(1).is_told("saved")
    expect(leaves.question(1).section.get_by_role("alert")).to_have_count(0)
    assert leaves.saved() == {1: "heron"}


def lose_replies(page: Page, times: int) -> None:
    """Let the server get what is sent, and the page not hear of it."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/save", lose, times=times)


def test_a_network_that_answers_everything_with_its_own_page_saves_nothing(leaves: Sitting) -> None:
    leaves.page.route("**/save", lambda route: route.fulfill(status=200, content_type="text/html", body="Welcome"))
    leaves.question(1).field.fill("heron")
    leaves.question(1).is_told("unsaved")
    leaves.page.unroute("**/save")
    leaves.question(1).is_told("saved")
    assert leaves.saved() == {1: "heron"}


def test_signed_out_in_another_tab_the_answer_waits_for_its_own_person(leaves: Sitting) -> None:
    page, other = leaves.page, leaves.open_tab("/history")
    elsewhere = Visit(other, leaves.visit.site)
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/")
    leaves.question(1).field.fill("heron")
    expect(page.get_by_text("You are signed out here.")).to_be_visible()
    elsewhere.sign_in_by_hand("ben")
    see_again(page)
    expect(page.get_by_text("You are signed out here.")).to_be_visible()
    other.get_by_role("button", name="Sign out").click()
    elsewhere.sign_in_by_hand("ayesha")
    page.bring_to_front()
    see_again(page)
    leaves.question(1).is_told("saved")
    expect(page.get_by_text("You are signed out here.")).to_have_count(0)
    assert leaves.saved() == {1: "heron"}


def see_again(page: Page) -> None:
    """Come back to a tab, as the page is told of it."""
    with page.expect_response("**/state"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_what_another_page_brings_to_the_server_is_told_as_saved_here(leaves: Sitting) -> None:
    page, other = leaves.page, leaves.open_tab("/history")
    page.route("**/save", lambda route: route.abort())
    leaves.question(1).field.fill("heron")
    leaves.question(1).field.blur()
    leaves.question(1).is_told("unsaved")
    other.goto(f"{leaves.visit.site}/")
    leaves.question(1).is_told("saved")
    assert leaves.saved() == {1: "heron"}
