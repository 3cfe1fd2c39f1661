"""What a teacher arranges for a student: more time, more attempts, more minutes now, and an attempt opened again."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask

from quizapp.domain.access import Right
from quizapp.domain.settings import QuizSettings
from quizapp.models import Attempt, State, db
from quizapp.services.accommodations import Accommodations, accommodation_of
from quizapp.services.sharing import share
from tests.classes import classroom_of
from tests.conftest import Browser, person, quiz_named

ARRANGED = "/teach/students/1/accommodation"


def arranged(app: Flask) -> Accommodations:
    """What is stored for Ayesha."""
    with app.app_context():
        return accommodation_of(db.session(), person(db.session(), "ayesha").id)


def run_so(app: Flask, quiz: str, **settings: object) -> None:
    """Run a quiz with these settings from now on."""
    with app.app_context():
        quiz_named(db.session(), quiz).settings = QuizSettings.model_validate(settings).plain()
        db.session.commit()


def stored(app: Flask, attempt: int) -> tuple[State, datetime | None]:
    """The state and the end of an attempt."""
    with app.app_context():
        found = db.session.get_one(Attempt, attempt)
        return found.state, found.deadline


@pytest.mark.parametrize(
    ("sent", "factor"),
    [({"factor": "1.5"}, 1.5), ({"factor": "other", "other": "1,75"}, 1.75), ({"factor": "1.0"}, 1.0)],
)
def test_more_time_and_attempts_are_arranged_and_shown(
    app: Flask, tahir: Browser, sent: dict[str, str], factor: float
) -> None:
    page = tahir.post(ARRANGED, {**sent, "extra_attempts": "2"}, follow_redirects=True).text
    assert arranged(app) == Accommodations(factor, 2)
    assert "There are 2 attempts beyond the limit of each quiz." in page
    assert (f"Time limits count {factor} times" in page) is (factor > 1)


def test_a_factor_of_one_s_own_is_offered_again(tahir: Browser) -> None:
    tahir.post(ARRANGED, {"factor": "other", "other": "1.75", "extra_attempts": "0"})
    page = tahir.get("/teach/students/1").text
    assert re.search(r'<input checked[^>]* value="other"', page)
    assert re.search(r'name="other"[^>]*value="1.75"', page)


@pytest.mark.parametrize(
    "sent",
    [
        {"factor": "other", "other": "7", "extra_attempts": "0"},
        {"factor": "other", "other": "", "extra_attempts": "0"},
        {"factor": "other", "other": "nan", "extra_attempts": "0"},
        {"factor": "3", "extra_attempts": "0"},
        {"factor": "1.5", "extra_attempts": ""},
        {"factor": "1.5", "extra_attempts": "-1"},
    ],
)
def test_what_cannot_be_arranged_is_asked_again(app: Flask, tahir: Browser, sent: dict[str, str]) -> None:
    response = tahir.post(ARRANGED, sent)
    assert response.status_code == 422
    assert 'class="field-error"' in response.text
    assert arranged(app) == Accommodations()


def test_a_student_with_more_time_is_told_and_gets_it(app: Flask, tahir: Browser, ayesha: Browser) -> None:
    run_so(app, "whole-test", minutes=30)
    tahir.post(ARRANGED, {"factor": "2.0", "extra_attempts": "0"})
    assert "60 minutes (30 + your 30)" in ayesha.get("/quizzes/whole-test").text
    attempt = ayesha.start("whole-test")
    with app.app_context():
        begun = db.session.get_one(Attempt, attempt).started
    assert stored(app, attempt) == (State.OPEN, begun + timedelta(minutes=60))


def test_a_running_attempt_is_given_more_minutes(app: Flask, tahir: Browser, ayesha: Browser) -> None:
    run_so(app, "whole-test", minutes=30)
    attempt = ayesha.start("whole-test")
    _, before = stored(app, attempt)
    assert f'action="/teach/attempts/{attempt}/extend"' in tahir.get("/teach/students/1").text
    page = tahir.post(f"/teach/attempts/{attempt}/extend", {"minutes": "15"}, follow_redirects=True).text
    _, after = stored(app, attempt)
    assert before is not None
    assert after == before + timedelta(minutes=15)
    assert "The attempt now runs until" in page


@pytest.mark.parametrize("minutes", ["", "0", "-5", "1441", "soon"])
def test_no_time_is_added_for_a_number_that_is_none(app: Flask, tahir: Browser, ayesha: Browser, minutes: str) -> None:
    run_so(app, "whole-test", minutes=30)
    attempt = ayesha.start("whole-test")
    before = stored(app, attempt)
    page = tahir.post(f"/teach/attempts/{attempt}/extend", {"minutes": minutes}, follow_redirects=True).text
    assert "No time was added:" in page
    assert stored(app, attempt) == before


def test_an_attempt_without_an_end_or_one_that_has_ended_gets_no_minutes(tahir: Browser, ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    address = f"/teach/attempts/{attempt}/extend"
    assert "has no end" in tahir.post(address, {"minutes": "5"}, follow_redirects=True).text
    ayesha.post(f"/attempts/{attempt}/submit")
    assert "the attempt has ended" in tahir.post(address, {"minutes": "5"}, follow_redirects=True).text


def test_a_submitted_attempt_is_opened_again_and_can_be_answered(app: Flask, tahir: Browser, ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    ayesha.post(f"/attempts/{attempt}/submit")
    address = f"/teach/attempts/{attempt}/reopen"
    assert address in tahir.get("/teach/students/1").text
    assert "The student may have seen the right answers:" in tahir.get(address).text
    assert tahir.post(address, {"minutes": ""}).status_code == 303
    assert stored(app, attempt) == (State.OPEN, None)
    assert ayesha.answer(attempt, 4, "Ouzel").status_code == 303


def test_a_policy_that_has_not_shown_the_key_gives_no_warning(app: Flask, tahir: Browser, ayesha: Browser) -> None:
    run_so(app, "whole-test", feedback={"correctness": "after_submission"})
    attempt = ayesha.start("whole-test")
    ayesha.post(f"/attempts/{attempt}/submit")
    assert "may have seen" not in tahir.get(f"/teach/attempts/{attempt}/reopen").text


@pytest.mark.parametrize("minutes", ["", "0", "soon"])
def test_an_attempt_that_had_an_end_is_opened_for_so_many_minutes_only(
    app: Flask, tahir: Browser, ayesha: Browser, minutes: str
) -> None:
    run_so(app, "whole-test", minutes=30)
    attempt = ayesha.start("whole-test")
    ayesha.post(f"/attempts/{attempt}/submit")
    address = f"/teach/attempts/{attempt}/reopen"
    refused = tahir.post(address, {"minutes": minutes})
    assert (refused.status_code, 'id="minutes-error"' in refused.text) == (422, True)
    assert tahir.post(address, {"minutes": "5"}).status_code == 303
    state, end = stored(app, attempt)
    assert (state, end is None) == (State.OPEN, False)


def test_an_attempt_is_not_opened_beside_another_one(tahir: Browser, ayesha: Browser) -> None:
    first = ayesha.start("whole-test")
    ayesha.post(f"/attempts/{first}/submit")
    ayesha.start("whole-test")
    page = tahir.post(f"/teach/attempts/{first}/reopen", {"minutes": ""}, follow_redirects=True).text
    assert "has begun another attempt at this quiz" in page


def test_an_open_attempt_is_not_opened_again(tahir: Browser, ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    assert "This attempt is open." in tahir.post(f"/teach/attempts/{attempt}/reopen", follow_redirects=True).text


DEEDS = [ARRANGED, "/teach/attempts/1/extend", "/teach/attempts/1/reopen"]


@pytest.mark.parametrize("address", DEEDS)
def test_nobody_but_a_teacher_arranges_anything(
    visitor: Browser, ayesha: Browser, tahir: Browser, address: str
) -> None:
    ayesha.start("whole-test")
    assert ayesha.post(address, {"minutes": "5"}).status_code == 404
    assert visitor.post(address, {"minutes": "5"}).status_code == 302
    assert tahir.client.post(address, data={"minutes": "5"}).status_code == 400


@pytest.mark.parametrize("address", [ARRANGED.replace("1", "999"), *(deed.replace("1", "999") for deed in DEEDS[1:])])
def test_nothing_is_arranged_for_who_is_not_there(tahir: Browser, address: str) -> None:
    assert tahir.post(address, {"factor": "1.5", "extra_attempts": "0", "minutes": "5"}).status_code == 404


@pytest.mark.parametrize("address", [ARRANGED, "/teach/attempts/1/extend"])
def test_following_a_link_arranges_nothing(tahir: Browser, address: str) -> None:
    assert tahir.get(address).status_code == 405


def test_who_may_only_look_at_a_class_is_offered_neither_more_time_nor_opening_again(
    app: Flask, tahir: Browser, ayesha: Browser, tamar: Browser
) -> None:
    run_so(app, "whole-test", minutes=30)
    ayesha.post(f"/attempts/{ayesha.start('rise-practice')}/submit")
    ayesha.start("whole-test")
    with app.app_context():
        share(db.session(), classroom_of(db.session()), "tamar", Right.VIEW)
        db.session.commit()
    offered, looked_at = (browser.get("/teach/students/1").text for browser in (tahir, tamar))
    for address in ("/extend", "/reopen"):
        assert (address in offered, address in looked_at) == (True, False)
    assert "The whole harbour" in looked_at
