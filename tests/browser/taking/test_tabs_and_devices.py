"""One attempt on several pages: of each question the newest answer counts, and no page takes another's away."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.taking.conftest import COUNT, Sitting, sit

LONGEST_WAIT = 30_000
"""Milliseconds within which a page sends again what did not get through."""


def test_two_tabs_answer_twenty_questions_and_nothing_is_lost(sheet: Sitting) -> None:
    one, other = sheet.page, sheet.open_tab()
    for position in range(1, COUNT + 1):
        page = one if position % 2 else other
        page.bring_to_front()
        sheet.question(position, page).field.fill(f"answer {position}")
    sheet.question(COUNT - 1, one).is_told("saved")
    sheet.question(COUNT, other).is_told("saved")
    other.get_by_role("button", name="Save and finish").click()
    expect(other.get_by_text("Every question is answered.")).to_be_visible()
    assert sheet.saved() == {position: f"answer {position}" for position in range(1, COUNT + 1)}


def test_an_older_answer_that_arrives_late_replaces_nothing(sheet: Sitting) -> None:
    sheet.page.clock.install()
    sheet.page.reload()
    other = sheet.open_tab()
    sheet.page.route("**/save", lambda route: route.abort())
    sheet.question(3).field.fill("older")
    sheet.question(3).is_told("unsaved")
    other.bring_to_front()
    sheet.question(3, other).save("newer")
    sheet.page.unroute("**/save")
    sheet.page.bring_to_front()
    sheet.page.clock.run_for(LONGEST_WAIT)
    sheet.page.wait_for_load_state("networkidle")
    assert sheet.saved() == {3: "newer"}


def test_what_is_answered_in_one_tab_appears_in_the_other(sheet: Sitting) -> None:
    other = sheet.open_tab()
    sheet.question(5, other).save("kestrel")
    expect(sheet.question(5).field).to_have_value("kestrel")
    sheet.page.bring_to_front()
    sheet.question(6).save("heron")
    sheet.page.get_by_role("button", name="Save and finish").click()
    expect(sheet.page.get_by_role("heading", name="Finish this attempt?")).to_be_visible()
    assert sheet.saved() == {5: "kestrel", 6: "heron"}


def test_words_that_stand_unsaved_here_are_not_written_over_by_another_tab(sheet: Sitting) -> None:
    other = sheet.open_tab()
    sheet.page.route("**/save", lambda route: route.abort())
    sheet.question(3).field.fill("mine")
    other.bring_to_front()
    sheet.question(3, other).save("theirs")
    alert = sheet.question(3).section.get_by_role("alert")
    expect(alert).to_contain_text("A newer answer to this question was saved")
    expect(sheet.question(3).field).to_have_value("mine")
    sheet.page.unroute("**/save")
    sheet.page.bring_to_front()
    alert.get_by_role("button", name="Keep what stands here").click()
    sheet.question(3).is_told("saved")
    assert sheet.saved() == {3: "mine"}


def test_another_device_shows_the_newest_answers(leaves: Sitting, device: Visit) -> None:
    leaves.question(1).save("heron")
    phone = sit(leaves.app, device, "leaves")
    phone.visit.open(f"/attempts/{leaves.attempt}/questions/1")
    expect(phone.question(1).field).to_have_value("heron")


def test_a_page_left_open_learns_of_the_other_device_and_offers_its_answer(leaves: Sitting, device: Visit) -> None:
    leaves.question(1).save("laptop")
    phone = sit(leaves.app, device, "leaves")
    phone.visit.open(f"/attempts/{leaves.attempt}/questions/1")
    phone.question(1).save("phone")
    leaves.page.evaluate("dispatchEvent(new Event('online'))")
    alert = leaves.question(1).section.get_by_role("alert")
    expect(alert).to_contain_text("A newer answer")
    alert.get_by_role("button", name="Show the newer answer").click()
    expect(leaves.question(1).field).to_have_value("phone")
    assert leaves.saved() == {1: "phone"}


def test_typed_offline_and_older_than_what_the_phone_saved_it_asks_which_to_keep(
    leaves: Sitting, device: Visit
) -> None:
    leaves.context.set_offline(True)
    leaves.question(1).field.fill("laptop")
    leaves.question(1).is_told("unsaved")
    phone = sit(leaves.app, device, "leaves")
    phone.visit.open(f"/attempts/{leaves.attempt}/questions/1")
    phone.question(1).save("phone")
    leaves.context.set_offline(False)
    expect(leaves.question(1).section.get_by_role("alert")).to_contain_text("A newer answer")
    expect(leaves.question(1).field).to_have_value("laptop")
    assert leaves.saved() == {1: "phone"}


def test_a_flag_set_on_an_old_page_brings_no_old_answer_back(leaves: Sitting, device: Visit) -> None:
    leaves.question(1).save("old")
    phone = sit(leaves.app, device, "leaves")
    phone.visit.open(f"/attempts/{leaves.attempt}/questions/1")
    phone.question(1).save("new")
    with leaves.page.expect_response("**/save"):
        leaves.page.get_by_role("button", name="Flag to come back to").click()
    assert leaves.saved() == {1: "new"}
