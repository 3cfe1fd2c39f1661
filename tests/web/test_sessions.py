"""A cookie and a token that were found good are known again, and nothing else is let in by that."""

from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quizapp.models import db
from quizapp.services import accounts
from quizapp.web import sessions
from tests.conftest import NOW, Browser, person

PAGE = "/account/password"


def lets_in(browser: Browser) -> bool:
    """Whether a page for account holders opens."""
    return browser.get(PAGE).status_code == 200


def known(browser: Browser) -> Browser:
    """The browser, after the site has seen its cookie twice."""
    assert lets_in(browser)
    assert lets_in(browser)
    return browser


def save(browser: Browser, attempt: int, token: str, **options: object) -> TestResponse:
    """Save an answer as a script does, with this token."""
    return browser.client.post(
        f"/attempts/{attempt}/questions/4/save", data={"answer": "Ouzel"}, headers={"X-CSRFToken": token}, **options
    )


def test_another_secret_key_ends_a_known_sign_in(app: Flask, ayesha: Browser) -> None:
    known(ayesha)
    app.secret_key = "another"
    assert not lets_in(ayesha)


def test_a_key_that_is_still_taken_besides_keeps_it(app: Flask, ayesha: Browser) -> None:
    known(ayesha)
    app.config["SECRET_KEY_FALLBACKS"], app.secret_key = [app.secret_key], "another"
    assert lets_in(ayesha)


def test_a_known_cookie_grows_too_old(app: Flask, ayesha: Browser) -> None:
    known(ayesha)
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=-1)
    assert not lets_in(ayesha)


def test_a_raised_epoch_ends_a_known_sign_in(app: Flask, ayesha: Browser) -> None:
    known(ayesha)
    with app.app_context():
        accounts.set_password(db.session(), person(db.session(), "ayesha"), "another hash", NOW)
        db.session.commit()
    assert not lets_in(ayesha)


def test_one_other_letter_is_another_cookie(ayesha: Browser) -> None:
    cookie = known(ayesha).client.get_cookie("quizapp")
    assert cookie is not None
    ayesha.client.set_cookie("quizapp", ("X" if cookie.value[0] != "X" else "Y") + cookie.value[1:])
    assert not lets_in(ayesha)


def test_what_one_request_does_to_a_session_is_not_seen_by_the_next(app: Flask, ayesha: Browser) -> None:
    cookie = known(ayesha).client.get_cookie("quizapp")
    assert cookie is not None
    for _ in range(2):
        with app.test_request_context(PAGE, headers={"Cookie": f"quizapp={cookie.value}"}):
            session = app.session_interface.open_session(
                app, app.request_class({"HTTP_COOKIE": f"quizapp={cookie.value}"})
            )
            assert session is not None
            assert "seen" not in session
            session["seen"] = True


def test_a_known_token_is_good_for_its_own_session_only(ayesha: Browser, ben: Browser) -> None:
    hers, his = ayesha.start("whole-test"), ben.start("whole-test")
    token = ayesha.token()
    assert [save(ayesha, hers, token).status_code for _ in range(2)] == [200, 409]
    assert save(ben, his, token).status_code == 400


def test_a_known_token_is_nothing_under_another_key(app: Flask, ayesha: Browser) -> None:
    attempt, token = ayesha.start("whole-test"), ayesha.token()
    save(ayesha, attempt, token)
    app.config["SECRET_KEY_FALLBACKS"], app.secret_key = [app.secret_key], "another"
    assert save(ayesha, attempt, token).status_code == 400


@pytest.mark.parametrize(
    ("sender", "status"), [("https://localhost/", 409), ("https://elsewhere.example/", 400), ("", 400)]
)
def test_by_https_a_known_token_from_elsewhere_is_refused(ayesha: Browser, sender: str, status: int) -> None:
    attempt, token = ayesha.start("whole-test"), ayesha.token()
    assert save(ayesha, attempt, token).status_code == 200
    said = ayesha.client.post(
        f"/attempts/{attempt}/questions/4/save",
        base_url="https://localhost/",
        data={"answer": "Ouzel"},
        headers={"X-CSRFToken": token, "Referer": sender},
    )
    assert said.status_code == status


def test_a_bad_token_in_the_form_is_not_mended_by_a_known_one_beside_it(ayesha: Browser) -> None:
    attempt, token = ayesha.start("whole-test"), ayesha.token()
    save(ayesha, attempt, token)
    address = f"/attempts/{attempt}/questions/4/save"
    said = ayesha.client.post(address, data={"answer": "Ouzel", "csrf_token": "bad"}, headers={"X-CSRFToken": token})
    assert said.status_code == 400


def test_only_so_many_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "KNOWN_AT_ONCE", 2)
    some: sessions._Known[int] = sessions._Known()
    for number in range(3):
        some.keep(str(number), number)
    assert [some.get(str(number)) for number in range(3)] == [None, 1, 2]
