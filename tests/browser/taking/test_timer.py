"""The time that is left: by the server's clock, calmly told, and ended with everything saved."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.taking.conftest import Sitting
from tests.browser.taking.test_autosave import AN_HOUR_WRONG

NEXT_TRY = 5_000
"""Milliseconds after which a page whose time is up asks the server again."""


def test_a_browser_clock_an_hour_wrong_does_not_change_the_time_left(timed: Sitting) -> None:
    page = timed.context.new_page()
    page.add_init_script(AN_HOUR_WRONG.replace("OFF", "3600000"))
    page.goto(timed.page.url)
    expect(page.locator("[data-time-left]")).to_have_text("30 min left")


def test_ten_minutes_before_the_end_it_is_said_once(timed: Sitting) -> None:
    timed.page.clock.install()
    timed.ends_in(timedelta(minutes=10, seconds=10))
    timed.page.reload()
    said = timed.page.locator("[data-timer-says]")
    expect(timed.page.locator("[data-time-left]")).to_have_text("11 min left")
    expect(said).to_have_text("")
    timed.page.clock.run_for(11_000)
    expect(said).to_have_text("10 minutes left")
    timed.page.reload()
    timed.page.clock.run_for(11_000)
    expect(timed.page.locator("[data-time-left]")).to_have_text("10 min left")
    expect(said).to_have_text("")


def test_a_page_opened_later_tells_what_is_left_now(timed: Sitting) -> None:
    timed.ends_in(timedelta(minutes=4, seconds=30))
    timed.page.reload()
    expect(timed.page.locator("[data-timer-says]")).to_have_text("5 min left")


def test_the_last_two_minutes_are_counted_in_seconds(timed: Sitting) -> None:
    timed.page.clock.install()
    timed.ends_in(timedelta(minutes=2, seconds=10))
    timed.page.reload()
    timed.page.clock.run_for(30_000)
    expect(timed.page.locator("[data-time-left]")).to_have_text(re.compile(r"^1:[34]\d left$"))


def test_when_time_is_up_what_was_just_typed_is_saved_and_the_attempt_handed_in(timed: Sitting) -> None:
    timed.ends_in(timedelta(seconds=4))
    timed.page.reload()
    timed.question(1).field.press_sequentially("word1", delay=20)
    timed.page.wait_for_url("**/review", timeout=20_000)
    assert timed.saved() == {1: "word1"}


def test_more_time_given_meanwhile_is_told_and_nothing_is_handed_in(timed: Sitting) -> None:
    timed.page.clock.install()
    timed.ends_in(timedelta(seconds=30))
    timed.page.reload()
    timed.ends_in(timedelta(minutes=12))
    timed.page.clock.run_for(31_000)
    expect(timed.page.locator("[data-timer-says]")).to_have_text("The time has changed: 12 min left.")
    expect(timed.page.locator("[data-time-left]")).to_have_text("12 min left")
    expect(timed.question(1).field).to_be_visible()


def test_offline_at_the_end_the_page_says_so_and_hands_in_when_it_is_back(timed: Sitting) -> None:
    timed.question(1).save("word1")
    timed.page.clock.install()
    timed.ends_in(timedelta(seconds=30))
    timed.page.reload()
    timed.context.set_offline(True)
    timed.page.clock.run_for(31_000)
    expect(timed.page.get_by_text("Time is up and you are offline.")).to_be_visible()
    timed.ends_in(timedelta(0))
    timed.context.set_offline(False)
    timed.page.clock.run_for(NEXT_TRY)
    timed.page.wait_for_url("**/review", timeout=15_000)
