"""Ways out of a page: closing it, the back button, a button pressed twice, an end that came elsewhere."""

import re

from playwright.sync_api import Dialog, Locator, Route, expect

from quizapp.models import db
from quizapp.services.attempts import submitting
from quizapp.web.clock import utcnow
from tests.browser.conftest import Visit
from tests.browser.taking.conftest import Sitting, sit
from tests.conftest import person


def warnings_on_closing(sitting: Sitting) -> list[str]:
    """Close the page as somebody would, stay if asked, and tell what was asked."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    sitting.page.on("dialog", stay)
    sitting.page.close(run_before_unload=True)
    sitting.context.pages[-1].wait_for_timeout(1_000)
    return asked


def test_closing_the_page_with_an_unsent_answer_is_warned_of(leaves: Sitting) -> None:
    leaves.open_tab("/history")
    leaves.context.set_offline(True)
    leaves.question(1).field.press_sequentially("heron")
    assert warnings_on_closing(leaves) == ["beforeunload"]
    assert not leaves.page.is_closed()


def test_closing_the_page_with_everything_saved_is_not(leaves: Sitting) -> None:
    leaves.open_tab("/history")
    leaves.question(1).field.press_sequentially("heron")
    leaves.question(1).is_told("saved")
    assert warnings_on_closing(leaves) == []


def test_a_submit_pressed_twice_is_sent_once(leaves: Sitting) -> None:
    leaves.question(1).save("word1")
    held: list[Route] = []
    page = leaves.visit.open(f"/attempts/{leaves.attempt}/submit")
    page.route("**/submit", lambda route: held.append(route))
    page.get_by_role("button", name="Submit").evaluate(
        "(button) => { button.click(); setTimeout(() => button.form.requestSubmit(), 100) }"
    )
    page.wait_for_timeout(500)
    assert [route.request.method for route in held] == ["POST"]
    held[0].continue_()
    page.wait_for_url("**/review")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 of 20 marks")


def test_back_after_submitting_leads_to_the_review(leaves: Sitting) -> None:
    leaves.question(1).save("word1")
    leaves.page.get_by_role("link", name="Finish").click()
    leaves.page.get_by_role("button", name="Submit").click()
    leaves.page.wait_for_url("**/review")
    leaves.page.go_back()
    leaves.page.wait_for_url("**/review")
    leaves.page.go_back()
    expect(leaves.page).to_have_url(re.compile("/review"))


def test_a_page_of_an_attempt_that_ended_elsewhere_goes_to_the_review(leaves: Sitting) -> None:
    submit_elsewhere(leaves)
    leaves.page.evaluate("dispatchEvent(new Event('online'))")
    leaves.page.wait_for_url("**/review")


def submit_elsewhere(sitting: Sitting) -> None:
    """Submit the attempt as another device would."""
    with sitting.app.app_context():
        ayesha = person(db.session(), "ayesha")
        submitting.submit(db.session(), sitting.attempt, ayesha.id, utcnow())
        db.session.commit()


def test_an_answer_that_comes_after_the_end_is_said_not_to_be_taken(leaves: Sitting) -> None:
    submit_elsewhere(leaves)
    leaves.question(1).field.fill("late")
    expect(leaves.page.get_by_text("No more answers are taken here")).to_be_visible()
    leaves.page.get_by_role("link", name="See what counts").click()
    leaves.page.wait_for_url("**/review")
    assert leaves.saved() == {}


def test_where_saving_does_not_work_a_second_press_goes_on_all_the_same(leaves: Sitting) -> None:
    leaves.page.route("**/save", lambda route: route.fulfill(status=500))
    leaves.question(1).field.fill("heron")
    leaves.page.get_by_role("link", name="Finish").click()
    expect(leaves.page.get_by_text("Press again to go on all the same.")).to_be_visible()
    leaves.page.unroute_all()
    leaves.page.route("**/save", lambda route: route.abort())
    leaves.page.get_by_role("link", name="Finish").click()
    leaves.page.wait_for_url("**/submit")


def test_an_answer_that_cannot_be_read_is_left_and_handed_in_only_on_a_second_press(figures: Sitting) -> None:
    figures.question(1).field.fill("a score")
    figures.page.get_by_role("link", name="Finish").click()
    expect(figures.page.get_by_text("Not saved as it stands: question 1.")).to_be_visible()
    figures.page.get_by_role("link", name="Finish").click()
    expect(finishing(figures)).to_be_visible()
    figures.page.get_by_role("button", name="Submit").click()
    expect(figures.page.get_by_role("alert")).to_contain_text("could not be saved as they stand: 1.")
    figures.page.get_by_role("button", name="Submit").click()
    figures.page.wait_for_url("**/review")


def finishing(sitting: Sitting) -> Locator:
    """The heading of the last page before the submission."""
    return sitting.page.get_by_role("heading", name="Finish this attempt?")


def test_in_practice_an_answer_is_checked_once_and_its_reasons_are_shown(
    visit: Visit, app: object, paper: None
) -> None:
    trial = sit(app, visit, "trial")  # type: ignore[arg-type]
    trial.question(1).field.fill("word1")
    trial.page.get_by_role("button", name="Check my answer").dblclick()
    expect(trial.page.get_by_text("Right, and your answer")).to_be_visible()
    trial.page.get_by_role("link", name="Next question").click()
    expect(trial.question(2).field).to_have_value("")
