"""A running assignment on the teacher's screen: kept up to date without reloading, and nothing is pulled away."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from quizapp.models import Attempt, db
from tests.browser.conftest import Visit, visit_of
from tests.classes import assigned, classroom_of

POLL, BEAT = 5_000, 20_000  # milliseconds


@pytest.fixture
def assignment(app: Flask) -> int:
    """The whole test, set for Ayesha and Ben."""
    with app.app_context():
        classroom = classroom_of(db.session(), ["ayesha", "ben"])
        return assigned(db.session(), classroom, settings={"minutes": 30}).id


@pytest.fixture
def student(chromium: Browser, site: str) -> Iterator[Visit]:
    """Somebody at another computer."""
    context = chromium.new_context()
    yield visit_of(context, site)
    context.close()


def test_the_table_follows_the_students_and_leaves_the_teacher_s_hands_alone(
    app: Flask, visit: Visit, student: Visit, assignment: int
) -> None:
    page = visit.sign_in("tahir")
    page.clock.install()
    visit.open(f"/teach/assignments/{assignment}")
    expect(page.get_by_text("Begun: 0 of 2.")).to_be_visible()
    student.sign_in("ayesha")
    student.open(f"/assignments/{assignment}").get_by_role("button", name="Begin").click()
    student.page.wait_for_url("**/questions/1*")
    page.clock.run_for(POLL)
    expect(page.get_by_text("Begun: 1 of 2.")).to_be_visible()
    expect(page.get_by_role("row", name="Ayesha (test)")).to_contain_text("there now")
    page.get_by_text("More time").click()
    page.get_by_label("Minutes").fill("17")
    student.page.get_by_label("Ada Marsh", exact=True).check()
    expect(student.page.locator("[data-save-state=saved]")).to_be_visible()
    page.clock.run_for(POLL)
    expect(page.get_by_role("row", name="Ayesha (test)")).to_contain_text("1 of 8")
    expect(page.get_by_label("Minutes")).to_have_value("17")
    expect(page.get_by_label("Minutes")).to_be_focused()
    with app.app_context():
        assert db.session.scalars(db.select(Attempt)).one().seen is not None
    assert (visit.complaints, student.complaints) == ([], [])


def test_a_lost_contact_is_said_and_found_again(visit: Visit, assignment: int) -> None:
    page = visit.sign_in("tahir")
    page.clock.install()
    visit.open(f"/teach/assignments/{assignment}")
    page.context.set_offline(True)
    page.clock.run_for(POLL)
    expect(page.locator("[data-live]")).to_contain_text("No contact with the server since")
    page.context.set_offline(False)
    page.clock.run_for(POLL)
    expect(page.locator("[data-live]")).to_contain_text("Kept up to date")


def test_the_page_of_an_attempt_says_again_and_again_that_it_is_there(student: Visit, assignment: int) -> None:
    page = student.sign_in("ayesha")
    page.clock.install()
    beats: list[int] = []
    page.on("response", lambda answer: beats.append(answer.status) if answer.url.endswith("/here") else None)
    student.open(f"/assignments/{assignment}").get_by_role("button", name="Begin").click()
    page.wait_for_url("**/questions/1*")
    with page.expect_response("**/here"):
        page.clock.run_for(BEAT)
    assert set(beats) == {204}
    assert student.complaints == []
