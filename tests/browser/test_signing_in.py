"""Signing in by hand in a real browser, also where the server asks to come again."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import expect

from quizapp.services.passwords import TooManyAtOnce
from tests.browser.conftest import Visit
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def busy(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """No place to have a password checked, for as many times as the list is long."""
    times, verify = [1], app.extensions["passwords"].verify

    def verify_or_not(password: str, kept: str | None) -> bool:
        if times:
            times.pop()
            raise TooManyAtOnce
        return bool(verify(password, kept))

    monkeypatch.setattr(app.extensions["passwords"], "verify", verify_or_not)
    return times


def fill_in(visit: Visit, password: str, address: str = "/account/sign-in") -> None:
    """Fill the form in, and send it."""
    page = visit.open(address)
    page.get_by_label("Username").fill("ayesha")
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def test_a_wrong_password_is_said_beside_its_field_and_the_right_one_leads_on(visit: Visit) -> None:
    fill_in(visit, "wrong password", "/account/sign-in?next=/history")
    page = visit.page
    expect(page.get_by_label("Password")).to_be_focused()
    expect(page.get_by_label("Password")).to_have_accessible_description(
        "The username or the password is not right. Check both, and the caps-lock key."
    )
    expect(page.get_by_label("Username")).to_have_value("ayesha")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{visit.site}/history")
    expect(page.get_by_role("link", name="Ayesha (test)")).to_be_visible()


def test_who_finds_no_place_sees_so_and_is_in_without_doing_anything(visit: Visit, busy: list[int]) -> None:
    fill_in(visit, PASSWORD)
    page = visit.page
    expect(page.get_by_role("status").get_by_text("Many are signing in at this moment.")).to_be_visible()
    expect(page).to_have_url(f"{visit.site}/")
    expect(page.get_by_role("link", name="Ayesha (test)")).to_be_visible()
    assert busy == []


def test_without_scripts_the_page_is_reloaded_by_hand(without_scripts: Visit, busy: list[int]) -> None:
    fill_in(without_scripts, PASSWORD)
    expect(without_scripts.page.get_by_role("heading", level=1)).to_have_text("Many are signing in at this moment")
    without_scripts.page.reload()
    expect(without_scripts.page.get_by_role("link", name="Ayesha (test)")).to_be_visible()
    assert busy == []
