"""How much may be made here in an hour: more than any class makes, and not without end."""

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quizapp.config import SETTINGS
from quizapp.models import User, db
from quizapp.models.reports import Reason
from tests.conftest import PASSWORD, Browser, make_app
from tests.corrections import began_with


def limited(app: Flask, limit: str) -> Flask:
    """An app on the same database that lets less be made."""
    return make_app(Path(app.instance_path), MAKING_LIMIT=limit)


def sign_up(app: Flask, name: str) -> TestResponse:
    """Somebody new makes an account."""
    typed = {"username": name, "display_name": f"{name} of the harbour", "password": PASSWORD}
    return Browser(app.test_client()).post("/account/sign-up", typed)


def begin(browser: Browser) -> TestResponse:
    """Begin a quiz, or go on with it."""
    return browser.post("/quizzes/rise-practice/attempts")


def people(app: Flask) -> int:
    """How many there are."""
    with app.app_context():
        return db.session.scalar(db.select(db.func.count(User.id))) or 0


def test_accounts_are_not_made_without_end_and_what_was_typed_is_kept_but_for_the_password(app: Flask) -> None:
    slow = limited(app, "4 per hour")
    before = people(app)
    answers = [sign_up(slow, name) for name in ("zara", "omar", "lena")]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert people(app) == before + 2
    assert 'name="display_name" value="lena of the harbour"' in answers[-1].text
    assert PASSWORD not in answers[-1].text
    assert "try again in an hour." in answers[-1].text


def test_guests_are_not_made_without_end_and_another_address_still_makes_one(app: Flask) -> None:
    slow = limited(app, "2 per hour")
    assert [begin(Browser(slow.test_client())).status_code for _ in range(3)] == [303, 303, 429]
    elsewhere = Browser(slow.test_client())
    elsewhere.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert begin(elsewhere).status_code == 303


def test_one_person_does_not_begin_without_end_and_others_at_the_same_address_go_on(app: Flask) -> None:
    slow = limited(app, "10 per hour")
    ayesha, ben = Browser(slow.test_client()), Browser(slow.test_client())
    assert (ayesha.sign_in("ayesha").status_code, ben.sign_in("ben").status_code) == (303, 303)
    assert [begin(ayesha).status_code for _ in range(3)] == [303, 303, 429]
    assert begin(ben).status_code == 303


def test_a_sign_in_anew_gives_no_new_attempts(app: Flask) -> None:
    ayesha = Browser(limited(app, "5 per hour").test_client())
    ayesha.sign_in("ayesha")
    assert [begin(ayesha).status_code for _ in range(2)] == [303, 429]
    ayesha.post("/account/sign-out-everywhere")
    ayesha.sign_in("ayesha")
    assert begin(ayesha).status_code == 429


def test_reports_are_not_sent_without_end_and_the_words_stay_on_the_page(app: Flask) -> None:
    with app.app_context():
        attempt = began_with(db.session(), {}, "ayesha").id
    ayesha = Browser(limited(app, "20 per hour").test_client())
    ayesha.sign_in("ayesha")
    address = f"/attempts/{attempt}/questions/1/report"
    sent = {"reason": Reason.KEY, "text": "The key is <wrong>."}
    assert ayesha.post(address, sent).status_code == 303
    refused = ayesha.post(address, sent)
    assert (refused.status_code, 'value="The key is &lt;wrong&gt;."' in refused.text) == (429, True)
    assert f'action="{address}"' in refused.text


@pytest.mark.parametrize("class_size", [40])
def test_a_class_behind_one_address_never_meets_the_limits(app: Flask, class_size: int) -> None:
    default = next(setting.default for setting in SETTINGS if setting.name == "MAKING_LIMIT")
    school = limited(app, default)
    assert {begin(Browser(school.test_client())).status_code for _ in range(class_size)} == {303}
    assert {sign_up(school, f"student{number}").status_code for number in range(class_size)} == {303}
