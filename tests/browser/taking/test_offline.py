"""Without a connection nothing typed is lost, and nobody ends on an error page of the browser."""

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.taking.conftest import Sitting


def test_what_was_typed_offline_is_sent_when_the_connection_is_back(leaves: Sitting) -> None:
    leaves.context.set_offline(True)
    leaves.question(1).field.fill("heron")
    leaves.question(1).is_told("unsaved", "Not saved yet, will retry")
    assert leaves.saved() == {}
    leaves.context.set_offline(False)
    leaves.question(1).is_told("saved")
    assert leaves.saved() == {1: "heron"}


def cut_off(page: Page) -> None:
    """Let nothing leave this page any more, not even as it closes; other pages of the browser stay connected."""
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no connection')) }")


def test_a_tab_closed_offline_loses_nothing_and_any_page_of_the_site_sends_it(leaves: Sitting) -> None:
    cut_off(leaves.page)
    leaves.question(1).field.fill("heron")
    leaves.question(1).is_told("unsaved")
    leaves.page.close(run_before_unload=False)
    with leaves.context.expect_event("response", lambda response: response.url.endswith("/save")):
        leaves.open_tab("/history")
    assert leaves.saved() == {1: "heron"}


def test_what_a_visitor_without_an_account_typed_offline_is_sent_by_the_home_page(
    app: Flask, paper: None, visit: Visit
) -> None:
    visit.open("/quizzes/trial").get_by_role("button", name="Begin").click()
    visit.page.wait_for_url("**/questions/1*")
    trial = Sitting(app, visit, 1)
    cut_off(trial.page)
    trial.question(1).field.fill("heron")
    trial.question(1).is_told("unsaved")
    trial.page.close(run_before_unload=False)
    with trial.context.expect_event("response", lambda response: response.url.endswith("/save") and response.ok):
        trial.open_tab("/")
    assert trial.saved() == {1: "heron"}


def test_a_tab_opened_again_shows_what_was_typed_and_not_what_was_saved_before(leaves: Sitting) -> None:
    leaves.question(1).save("early")
    cut_off(leaves.page)
    leaves.question(1).field.fill("late")
    leaves.question(1).is_told("unsaved")
    leaves.page.close(run_before_unload=False)
    again = leaves.open_tab(f"/attempts/{leaves.attempt}/questions/1")
    expect(leaves.question(1, again).field).to_have_value("late")
    leaves.question(1, again).is_told("saved")
    assert leaves.saved() == {1: "late"}


def test_offline_the_way_on_is_no_error_page(leaves: Sitting) -> None:
    leaves.context.set_offline(True)
    leaves.question(1).field.fill("heron")
    leaves.page.get_by_role("button", name="Save and go on").click()
    notice = leaves.page.get_by_text("You are offline. Not saved yet: question 1.")
    expect(notice).to_be_visible()
    leaves.page.get_by_role("link", name="Finish").click()
    expect(leaves.question(1).field).to_have_value("heron")
    leaves.context.set_offline(False)
    expect(notice).to_have_count(0)
    leaves.page.get_by_role("link", name="Finish").click()
    expect(leaves.page.get_by_role("heading", name="Finish this attempt?")).to_be_visible()


def test_nothing_is_submitted_while_an_answer_is_unsent(leaves: Sitting) -> None:
    leaves.context.route("**/save", lambda route: route.abort())
    leaves.question(1).field.fill("late")
    leaves.question(1).is_told("unsaved")
    leaves.page.close(run_before_unload=False)
    last = leaves.open_tab(f"/attempts/{leaves.attempt}/submit")
    last.get_by_role("button", name="Submit").click()
    expect(last.get_by_role("alert")).to_have_text("These answers are not saved yet: 1. Connect and try again.")
    leaves.context.unroute("**/save")
    expect(last.get_by_text("Not answered: 2, 3, 4")).to_be_visible(timeout=40_000)
    last.get_by_role("button", name="Submit").click()
    last.wait_for_url("**/review")
    assert leaves.saved() == {1: "late"}


def test_where_the_browser_keeps_nothing_the_page_says_so_and_still_sends(leaves: Sitting) -> None:
    leaves.page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full') } }")
    leaves.context.set_offline(True)
    leaves.question(1).field.fill("heron")
    leaves.question(1).is_told("unsaved", "leave this page open")
    leaves.context.set_offline(False)
    leaves.question(1).is_told("saved")
    assert leaves.saved() == {1: "heron"}
