"""The pages of the spaced review, as a browser without JavaScript sees them."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from quizapp.models import AttemptSlot, db
from quizapp.web.clock import utcnow
from tests.conftest import Browser
from tests.spaced import answered, with_same_lines

DAY = timedelta(days=1)


def past(app: Flask, slug: str, days: float, fraction: float = 0.0, username: str = "ayesha") -> None:
    """An answer so many days ago."""
    with app.app_context():
        answered(db.session(), slug, utcnow() - days * DAY, fraction, username=username)


def begin(browser: Browser) -> int:
    """Begin or continue the review, and give the attempt's id."""
    response = browser.post("/review/attempts")
    assert response.status_code == 303
    return int(response.location.rsplit("/", 1)[1])


def test_somebody_without_mistakes_is_told_what_brings_questions_here(ayesha: Browser) -> None:
    page = ayesha.get("/review").text
    assert "There is nothing to review yet." in page
    assert "/review/attempts" not in page
    assert "/review/forecast" not in page


def test_what_is_due_is_counted_and_one_button_begins(app: Flask, ayesha: Browser) -> None:
    past(app, "founder", 2)
    past(app, "river", 2)
    page = ayesha.get("/review").text
    assert "2 questions are due for review." in page
    assert page.count('action="/review/attempts"') == 1


def test_where_nothing_is_due_the_next_moment_is_said(app: Flask, ayesha: Browser) -> None:
    past(app, "founder", 0.5)
    page = ayesha.get("/review").text
    assert "Nothing is due." in page
    assert re.search(r'on <time datetime="[^"]+"', page)
    assert 'action="/review/attempts"' not in page


def test_a_review_asks_what_was_wrong_and_its_answer_puts_it_off(app: Flask, ayesha: Browser) -> None:
    past(app, "founder", 2)
    attempt = begin(ayesha)
    page = ayesha.get(f"/attempts/{attempt}/questions/1").text
    assert "who founded Saltmouth?" in page
    ayesha.answer(attempt, 1, ayesha.option(attempt, 1, "Ada Marsh"))
    assert "1 of 1 mark" in ayesha.post(f"/attempts/{attempt}/submit", follow_redirects=True).text
    assert "Nothing is due." in ayesha.get("/review").text


def test_a_review_asks_another_question_on_the_same_lines(app: Flask, ayesha: Browser) -> None:
    past(app, "founder", 2)
    with app.app_context():
        with_same_lines(db.session())
    page = ayesha.get(f"/attempts/{begin(ayesha)}/questions/1").text
    assert "Which two goods" in page


def test_an_unfinished_review_is_continued(app: Flask, ayesha: Browser) -> None:
    past(app, "founder", 2)
    attempt = begin(ayesha)
    assert "Continue the review" in ayesha.get("/review").text
    assert begin(ayesha) == attempt


def test_beginning_with_nothing_due_says_so(ayesha: Browser) -> None:
    response = ayesha.post("/review/attempts")
    assert response.location.endswith("/review")
    assert "Nothing is due for review at the moment." in ayesha.get("/review").text


def test_the_home_page_and_the_places_lead_to_the_review(app: Flask, ayesha: Browser) -> None:
    assert "due for review" not in ayesha.get("/").text
    past(app, "founder", 2)
    page = ayesha.get("/").text
    assert "1 question due for review" in page
    assert page.count('href="/review"') == 2


def test_the_mistakes_of_others_are_not_due(app: Flask, ben: Browser) -> None:
    past(app, "founder", 2)
    assert "due for review" not in ben.get("/").text
    assert "There is nothing to review yet." in ben.get("/review").text


def test_a_guest_is_asked_for_an_account_and_keeps_the_mistakes(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    visitor.answer(attempt, 1, visitor.option(attempt, 1, "Bela Stone"))
    assert 'href="/review"' not in visitor.get("/").text
    assert visitor.get("/review").location.startswith("/account/sign-in")
    visitor.post("/account/sign-up", {"username": "zara", "display_name": "Zara", "password": "a long password"})
    assert "Nothing is due. The next question comes back on" in visitor.get("/review").text


def test_nothing_is_due_for_a_guest(app: Flask, visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    visitor.answer(attempt, 1, visitor.option(attempt, 1, "Bela Stone"))
    with app.app_context():
        db.session.execute(db.update(AttemptSlot).values(settled=utcnow() - 3 * DAY))
        db.session.commit()
    assert "due for review" not in visitor.get("/").text


@pytest.mark.parametrize("address", ["/review", "/review/forecast"])
def test_the_pages_are_not_for_visitors(visitor: Browser, address: str) -> None:
    assert visitor.get(address).status_code == 302


def test_the_forecast_shows_fourteen_days_and_says_what_it_is(app: Flask, ayesha: Browser) -> None:
    past(app, "founder", 2)
    past(app, "river", 0.1)
    page = ayesha.get("/review/forecast").text
    assert page.count('<th scope="row">') == 14
    assert page.count('class="bar-chart"') == 14
    assert "of the 2 questions in your review" in page
    assert "not fitted to you" in page
    assert "there is nothing to compare" in page


def test_the_forecast_says_how_far_it_was_right(app: Flask, ayesha: Browser) -> None:
    past(app, "founder", 9)
    past(app, "founder", 6, 1.0)
    past(app, "founder", 2, 1.0)
    page = ayesha.get("/review/forecast").text
    assert re.search(
        r"Of 2 answers the schedule expected \d+% right; you had 100% right \(95% interval 34% to 100%\)", page
    )
    assert "So few answers say little yet." in page


def test_of_thirty_answers_it_is_not_said_that_they_are_few(app: Flask, ayesha: Browser) -> None:
    for n in range(31):
        past(app, "founder", 90 - 2 * n, float(n % 2))
    page = ayesha.get("/review/forecast").text
    assert "Of 30 answers" in page
    assert "So few answers" not in page


def test_without_mistakes_there_is_nothing_to_expect(ayesha: Browser) -> None:
    assert "there is nothing to expect" in ayesha.get("/review/forecast").text
