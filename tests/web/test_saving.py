"""What scripts are told: an answer saved, refused, older than another, or too late; and how the attempt stands."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quizapp.models import Attempt, db
from quizapp.services import accounts
from tests.conftest import Browser, person
from tests.web.test_taking_so import NOW, end, response_in


def save(
    browser: Browser, attempt: int, answer: Any, position: int = 4, revision: int = 1, **more: Any
) -> TestResponse:
    """Save as a script does: the token in a header."""
    return browser.client.post(
        f"/attempts/{attempt}/questions/{position}/save",
        data={"answer": answer, "revision": revision, **more},
        headers={"X-CSRFToken": browser.token()},
    )


def test_a_saved_answer_is_acknowledged_with_its_revision(app: Flask, ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    said = save(ayesha, attempt, "Ouzel", revision=7)
    assert said.status_code == 200
    assert (said.json["state"], said.json["revision"]) == ("saved", 7)
    assert response_in(app, attempt, 4) == {"text": "Ouzel"}


def test_a_late_answer_is_told_the_newer_one(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    save(ayesha, attempt, "Ouzel", revision=7)
    said = save(ayesha, attempt, "Ouse", revision=6)
    assert said.status_code == 409
    assert (said.json["state"], said.json["revision"], said.json["given"]) == ("newer", 7, ["Ouzel"])


def test_what_cannot_be_read_is_refused_with_a_sentence(app: Flask, ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    said = save(ayesha, attempt, "long ago", position=5)
    assert said.status_code == 422
    assert "not a number" in said.json["problem"]
    assert response_in(app, attempt, 5) is None


@pytest.mark.parametrize("how", ["submitted", "overdue", "checked"])
def test_what_is_closed_says_where_to_go(app: Flask, ayesha: Browser, how: str) -> None:
    attempt = ayesha.start("rise-practice" if how == "checked" else "whole-test")
    if how == "submitted":
        ayesha.post(f"/attempts/{attempt}/submit")
    elif how == "overdue":
        end(app, attempt, NOW - timedelta(minutes=5))
    else:
        ayesha.answer(attempt, 2, "1850")
    said = save(ayesha, attempt, "1851", position=2, revision=9)
    assert said.status_code == 410
    assert said.json["review"].startswith(f"/attempts/{attempt}")


def test_a_draft_in_practice_is_saved_and_judged_by_nobody(app: Flask, visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    said = save(visitor, attempt, "1850", position=2)
    assert said.status_code == 200
    assert "year before" not in said.text
    assert response_in(app, attempt, 2) == {"text": "1850"}


def test_a_flag_travels_with_an_answer(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    save(ayesha, attempt, "Ouzel", flagged="1")
    assert ayesha.get(f"/attempts/{attempt}/state").json["slots"][3]["flagged"] is True


def test_nobody_saves_for_another_or_after_the_sign_in_has_ended(app: Flask, ayesha: Browser, ben: Browser) -> None:
    attempt = ayesha.start("whole-test")
    assert save(ben, attempt, "Ouzel").status_code == 404
    token = ayesha.token()
    with app.app_context():
        accounts.set_password(db.session(), person(db.session(), "ayesha"), "another hash", NOW)
        db.session.commit()
    said = ayesha.client.post(
        f"/attempts/{attempt}/questions/4/save", data={"answer": "Ouzel"}, headers={"X-CSRFToken": token}
    )
    assert said.status_code in (400, 404)
    assert response_in(app, attempt, 4) is None


def test_saving_needs_the_token_and_sends_no_cookie(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    assert ayesha.client.post(f"/attempts/{attempt}/questions/4/save", data={"answer": "Ouzel"}).status_code == 400
    assert "Set-Cookie" not in save(ayesha, attempt, "Ouzel").headers


def test_the_state_tells_the_clock_the_deadline_and_what_is_answered(app: Flask, ayesha: Browser, ben: Browser) -> None:
    attempt = ayesha.start("whole-test")
    save(ayesha, attempt, "Ouzel")
    with app.app_context():
        db.session.get_one(Attempt, attempt).deadline = NOW + timedelta(hours=1)
        db.session.commit()
    state = ayesha.get(f"/attempts/{attempt}/state").json
    assert state["open"] is True
    assert state["deadline"] - state["now"] <= 3_600_000
    assert [slot["answered"] for slot in state["slots"]].count(True) == 1
    assert ben.get(f"/attempts/{attempt}/state").status_code == 404
