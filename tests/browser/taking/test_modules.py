"""The modules that decide something, each alone: the clock, the outbox, the words for the time left."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit


@pytest.fixture
def page(visit: Visit) -> Page:
    """Any page of the site: its policy lets modules in from there alone."""
    return visit.open("/account/sign-in")


def run(page: Page, module: str, code: str) -> Any:
    """What the code gives, with everything a module exports."""
    return page.evaluate(f"async () => {{ const it = await import('/static/now/js/taking/{module}'); {code} }}")


def test_the_clock_goes_on_from_what_the_server_told(page: Page) -> None:
    code = "return new it.ServerClock(5_000_000, performance.now() - 2000).now();"
    assert run(page, "clock.js", code) == pytest.approx(5_002_000, abs=50)


def test_a_slow_answer_does_not_move_the_clock(page: Page) -> None:
    code = "const c = new it.ServerClock(1000, 0); c.learn(3500, 2000, 9000); return c.now() - performance.now();"
    assert run(page, "clock.js", code) == pytest.approx(1000, abs=2)


def test_a_clock_that_fell_behind_is_put_right(page: Page) -> None:
    code = "const c = new it.ServerClock(1000, 0); c.learn(600_000, 2000, 2100); return c.now() - performance.now();"
    assert run(page, "clock.js", code) == pytest.approx(597_900, abs=2)


ENTRY = "const entry = (revision, slot = 1) => ({attempt: 7, slot, address: '/', values: ['x'], revision});"


def test_the_outbox_keeps_the_newest_entry_of_a_question(page: Page) -> None:
    code = (
        ENTRY + "const box = new it.Outbox(3); box.put(entry(20)); box.put(entry(10)); return box.get(7, 1).revision;"
    )
    assert run(page, "outbox.js", code) == 20


def test_an_acknowledgement_takes_away_nothing_newer(page: Page) -> None:
    code = ENTRY + "const box = new it.Outbox(3); box.put(entry(20)); box.settle(7, 1, 10); return box.all().length;"
    assert run(page, "outbox.js", code) == 1


def test_nobody_sees_what_is_another_persons(page: Page) -> None:
    code = ENTRY + "new it.Outbox(3).put(entry(20)); return new it.Outbox(4).all().length;"
    assert run(page, "outbox.js", code) == 0


def test_what_is_no_entry_is_passed_over(page: Page) -> None:
    code = "localStorage.setItem('outbox:3:7:1', '{\"revision\": 1}'); return new it.Outbox(3).all().length;"
    assert run(page, "outbox.js", code) == 0


@pytest.mark.parametrize(
    ("left", "words", "then"),
    [
        (65 * 60_000, "left-hours 1 05", 60_000),
        (8 * 60_000 + 1, "left-minutes 9", 1),
        (120_001, "left-minutes 3", 1),
        (90_000, "left-seconds 1 30", 1_000),
        (0, "left-seconds 0 00", None),
    ],
)
def test_the_time_left_is_calm_until_the_last_two_minutes(page: Page, left: int, words: str, then: int | None) -> None:
    said = "const said = it.timeLeft(LEFT, (name, values) => [name, ...Object.values(values)].join(' '));"
    code = (said + "return [said, it.untilNextWords(LEFT)];").replace("LEFT", str(left))
    given = run(page, "time-left.js", code)
    assert given[0] == words
    assert then is None or given[1] == then
