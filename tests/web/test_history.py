"""The score history."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from quizapp.models import Attempt, Purpose, db
from quizapp.web.charts import line_chart
from tests.conftest import Browser
from tests.essays import with_essay, writes_essay
from tests.services.attempts.steps import run_so
from tests.spaced import answered


def test_a_visitor_is_told_what_will_stand_here(visitor: Browser) -> None:
    assert "There is nothing here yet." in visitor.get("/history").text


def test_a_finished_attempt_stands_in_chart_table_and_strengths(ayesha: Browser) -> None:
    attempt = ayesha.start("rise-practice")
    ayesha.answer(attempt, 2, "1851")
    ayesha.post(f"/attempts/{attempt}/submit")
    page = ayesha.get("/history").text
    assert '<circle class="point"' in page
    assert "Date the events" in page
    assert "50%" in page
    assert f'href="/attempts/{attempt}/review"' in page


def test_an_open_attempt_can_be_continued_from_here(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    page = ayesha.get("/history").text
    assert "not finished" in page
    assert f'href="/attempts/{attempt}"' in page


def test_nobody_sees_the_attempts_of_others(ayesha: Browser, ben: Browser) -> None:
    attempt = ayesha.start("rise-practice")
    assert f"/attempts/{attempt}" not in ben.get("/history").text


def taken(browser: Browser, quiz: str = "whole-test") -> int:
    """A finished attempt with one answer of eight right, or of two."""
    attempt = browser.start(quiz)
    browser.answer(attempt, 4 if quiz == "whole-test" else 2, "Ouzel" if quiz == "whole-test" else "1851")
    browser.post(f"/attempts/{attempt}/submit")
    return attempt


def run(app: Flask, quiz: str, **settings: object) -> None:
    """Run a quiz with these settings from now on."""
    with app.app_context():
        run_so(db.session(), quiz, **settings)


def main(page: str) -> str:
    """The words of a page, without what stands around them and without tags."""
    return re.sub(r"<[^>]+>", " ", page.split("<main")[1])


@pytest.mark.parametrize(
    ("grading", "said"),
    [("first", "The first: 50%"), ("average", "The average of all: 25%"), ("latest", "The latest: 0%")],
)
def test_the_page_says_which_attempt_counts(app: Flask, ayesha: Browser, grading: str, said: str) -> None:
    taken(ayesha, "rise-practice")
    ayesha.post(f"/attempts/{ayesha.start('rise-practice')}/submit")
    run(app, "rise-practice", grading=grading)
    assert said in main(ayesha.get("/history").text)


def test_a_score_that_waits_for_a_teacher_is_called_provisional(app: Flask, ayesha: Browser) -> None:
    with app.app_context():
        with_essay(db.session())
    writes_essay(ayesha)
    page = main(ayesha.get("/history").text)
    assert "50%" in page
    assert "provisional: 1 answer waits for a mark" in page
    assert "provisional: 1 answer waits for a mark" in main(ayesha.get("/quizzes/essay-test").text)


FAR = datetime(2999, 3, 14, 12, tzinfo=UTC)
HIDING = [
    ({}, "not shown"),
    ({"mark": "after_closing", "correctness": "after_submission"}, "shown after 14 Mar 2999, 12:00 UTC"),
]
"""Policies that hold the score back, and what stands in its place."""


@pytest.mark.parametrize(("feedback", "said"), HIDING)
@pytest.mark.parametrize("address", ["/history", "/", "/quizzes/whole-test"])
def test_a_score_that_is_held_back_stands_on_no_page(
    app: Flask, ayesha: Browser, address: str, feedback: dict[str, str], said: str
) -> None:
    taken(ayesha)
    assert re.search(r"\d%", main(ayesha.get(address).text))
    run(app, "whole-test", feedback=feedback, closes=FAR)
    page = ayesha.get(address).text
    assert said in re.sub(r"\s+", " ", main(page))
    assert not re.search(r"\d%", main(page))
    assert 'class="point"' not in page


@pytest.mark.parametrize(("feedback", "said"), HIDING)
def test_a_score_that_is_held_back_is_not_in_the_file(
    app: Flask, ayesha: Browser, feedback: dict[str, str], said: str
) -> None:
    taken(ayesha)
    run(app, "whole-test", feedback=feedback, closes=FAR)
    assert file_of(ayesha)[0]["score"] == ""


def file_of(browser: Browser) -> list[dict[str, str]]:
    """The rows of the downloaded table."""
    response = browser.get("/history/attempts.csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="attempts.csv"'
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline="")))


def test_the_table_is_offered_as_a_file(ayesha: Browser) -> None:
    taken(ayesha)
    page = ayesha.get("/history").text
    assert 'href="/history/attempts.csv"' in page
    assert 'href="/account/data.zip"' in page
    (row,) = file_of(ayesha)
    assert (row["quiz"], row["mode"], row["score"], row["possible"]) == ("The whole harbour", "test", "1.0", "8.0")


def test_a_guest_is_offered_no_file(visitor: Browser) -> None:
    visitor.start("rise-practice")
    assert ".csv" not in visitor.get("/history").text


def test_what_ended_by_itself_is_closed_before_it_is_shown(app: Flask, ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    with app.app_context():
        started = db.session.get_one(Attempt, attempt)
        started.deadline = datetime.now(UTC) - timedelta(minutes=1)
        db.session.commit()
    assert "Continue" not in main(ayesha.get("/").text)
    page = ayesha.get("/history").text
    assert "not finished" not in page
    assert f'href="/attempts/{attempt}/review"' in page


def test_spaced_review_is_told_in_a_line_and_makes_no_row(app: Flask, ayesha: Browser) -> None:
    with app.app_context():
        answered(db.session(), "river", datetime.now(UTC)).purpose = Purpose.REVIEW
        db.session.commit()
    page = main(ayesha.get("/history").text)
    assert "1 question answered in spaced review." in page
    assert "Every attempt" not in page


def test_a_score_below_nothing_is_drawn_at_nothing_and_told_as_it_is(app: Flask, ayesha: Browser) -> None:
    run(app, "whole-test", certainty="scored")
    attempt = ayesha.start("whole-test")
    ayesha.post(f"/attempts/{attempt}/questions/4", {"answer": "Ouse", "revision": 1, "certainty": "3"})
    ayesha.post(f"/attempts/{attempt}/submit")
    page = ayesha.get("/history").text
    assert ": −25%</title>" in page
    assert f'cy="{line_chart([("", 0.0)]).points[0].y:.1f}"' in page
