"""The settings of a quiz, as a teacher chooses them."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from quizapp.domain.certainty import CertaintyUse
from quizapp.domain.feedback import Aspect, Moment
from quizapp.domain.grading import Grading
from quizapp.domain.settings import QuizSettings
from quizapp.models import db
from tests.conftest import Browser, quiz_named
from tests.web.test_teach import as_a_browser_sends

NEW = "/teach/banks/harbour/quizzes/new"
WORDS = {"title": "My own quiz", "description": "On the fall.", "mode": "test", "published": "y"}
USUAL = {**WORDS, "shuffle_options": "y"}
CHOSEN = {
    **USUAL,
    "layout": "one_page",
    "open_book": "y",
    "shuffle_questions": "y",
    "minutes": "30",
    "closes": "2026-06-01T12:00",
    "attempts": "3",
    "grading": "latest",
    "certainty": "scored",
    "feedback": "own",
    "shown-correctness": "after_submission",
    "shown-mark": "after_submission",
    "shown-key": "after_closing",
    "shown-explanation": "after_closing",
    "shown-evidence": "never",
    "shown-note": "never",
}


def settings_of(app: Flask, slug: str) -> QuizSettings:
    """How a quiz is run, as it is stored."""
    with app.app_context():
        return QuizSettings.model_validate(quiz_named(db.session(), slug).settings)


def test_a_quiz_made_with_nothing_chosen_is_run_as_usual(app: Flask, tahir: Browser) -> None:
    assert tahir.post(NEW, USUAL).status_code == 303
    assert settings_of(app, "my-own-quiz") == QuizSettings()


def test_everything_chosen_is_stored(app: Flask, tahir: Browser) -> None:
    assert tahir.post(NEW, CHOSEN).status_code == 303
    stored = settings_of(app, "my-own-quiz")
    assert (stored.one_page, stored.open_book, stored.minutes, stored.attempts) == (True, True, 30, 3)
    assert (stored.shuffle_questions, stored.shuffle_options) == (True, True)
    assert (stored.closes, stored.grading) == (datetime(2026, 6, 1, 12, tzinfo=UTC), Grading.LATEST)
    assert stored.certainty is CertaintyUse.SCORED
    assert stored.feedback is not None
    moments = stored.feedback.moments
    assert (moments[Aspect.MARK], moments[Aspect.KEY]) == (Moment.AFTER_SUBMISSION, Moment.AFTER_CLOSING)
    assert moments[Aspect.NOTE] is Moment.NEVER


def test_a_quiz_opened_and_saved_as_it_is_keeps_its_settings(app: Flask, tahir: Browser) -> None:
    address = tahir.post(NEW, CHOSEN).location
    before = settings_of(app, "my-own-quiz")
    assert tahir.post(address, fields_of(tahir.get(address).text)).status_code == 303
    assert settings_of(app, "my-own-quiz") == before


def fields_of(page: str) -> dict[str, str]:
    """The fields of the quiz's own form as a browser sends them back untouched."""
    own = ".//section[@aria-labelledby='about']/form" if 'id="about"' in page else ".//form[@class='narrow']"
    return dict(as_a_browser_sends(page, own))


def test_settings_that_are_emptied_are_as_usual_again(app: Flask, tahir: Browser) -> None:
    address = tahir.post(NEW, CHOSEN).location
    tahir.post(address, {**USUAL, "minutes": "", "closes": "", "attempts": "", "grading": "best", "certainty": "off",
                         "feedback": "usual", "layout": "separate"})  # fmt: skip
    assert settings_of(app, "my-own-quiz") == QuizSettings()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"minutes": "0"}, "From 1 to 1440 minutes"),
        ({"minutes": "half an hour"}, "Write a whole number"),
        ({"minutes": "9" * 400}, "Write a whole number"),
        ({"attempts": "1000"}, "From 1 to 100."),
        ({"closes": "soon"}, "Write a date and a time"),
        ({"closes": "9999-12-31T23:59"}, "The year is from 2000 to 2100."),
        ({"shown-mark": "at_once"}, "“The marks” would give away “Whether it is right”: show it no earlier than that."),
        ({"shown-note": "after_submission"}, "“The record notes” would give away “The right answer”"),
        ({"closes": ""}, "“After closing” never comes: say above when the quiz closes"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_with_everything_kept(
    tahir: Browser, changed: dict[str, str], says: str
) -> None:
    sent = {**CHOSEN, **changed}
    response = tahir.post(NEW, sent)
    assert response.status_code == 422
    assert says in response.text
    kept = fields_of(response.text)
    assert {name: kept.get(name) for name in sent} == sent


def test_a_closing_time_that_is_no_time_is_not_also_called_missing(tahir: Browser) -> None:
    assert "never comes" not in tahir.post(NEW, {**CHOSEN, "closes": "soon"}).text


def test_the_table_is_left_aside_while_feedback_is_as_usual(app: Flask, tahir: Browser) -> None:
    assert tahir.post(NEW, {**CHOSEN, "feedback": "usual", "shown-mark": "at_once"}).status_code == 303
    assert settings_of(app, "my-own-quiz").feedback is None


def test_the_teacher_reads_what_students_are_told(tahir: Browser) -> None:
    page = tahir.get(tahir.post(NEW, CHOSEN).location).text
    assert "You have 30 minutes from when you begin" in page
    assert "You may take it 3 times. The latest attempt counts." in page
    assert page.count("<table") == 2


def test_a_quiz_that_is_run_as_usual_offers_the_table_of_its_mode(app: Flask, tahir: Browser) -> None:
    with app.app_context():
        number = quiz_named(db.session(), "whole-test").id
    fields = fields_of(tahir.get(f"/teach/quizzes/{number}").text)
    assert fields["feedback"] == "usual"
    assert {value for name, value in fields.items() if name.startswith("shown-")} == {"after_submission"}
