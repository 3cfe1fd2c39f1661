"""Accounts in the browser."""

from flask import Flask

from quizapp.models import User, db
from quizapp.services import accounts
from tests.conftest import NOW, PASSWORD, Browser, make_app, person

NEW = {"username": "zara", "display_name": "Zara (test)", "password": PASSWORD}


def test_a_guest_who_signs_up_keeps_the_attempts(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    visitor.post(f"/attempts/{attempt}/submit")
    assert visitor.post("/account/sign-up", NEW).status_code == 303
    assert f'href="/attempts/{attempt}/review"' in visitor.get("/history").text


def test_a_guest_who_signs_in_brings_the_attempts_along(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    visitor.sign_in("ayesha")
    assert f'href="/attempts/{attempt}"' in visitor.get("/history").text


def test_a_form_with_errors_keeps_what_was_typed_and_ties_each_error_to_its_field(visitor: Browser) -> None:
    response = visitor.post("/account/sign-up", {"username": "a!", "display_name": "Zara", "password": "short"})
    assert response.status_code == 422
    assert 'value="Zara"' in response.text
    assert 'aria-describedby="username-hint username-error"' in response.text
    assert "A password has 10 to 200 characters." in response.text
    assert "short" not in response.text


def test_a_taken_username_is_said_beside_its_field(visitor: Browser) -> None:
    response = visitor.post("/account/sign-up", {**NEW, "username": "Ayesha"})
    assert response.status_code == 422
    assert "Somebody else has this username." in response.text


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(visitor: Browser) -> None:
    known, unknown = visitor.sign_in("ayesha", "wrong password"), visitor.sign_in("nobody", "wrong password")
    assert known.status_code == unknown.status_code == 422
    sentence = "The username or the password is not right."
    assert sentence in known.text
    assert sentence in unknown.text


def test_signing_in_leads_back_to_where_one_wanted_to_go(visitor: Browser) -> None:
    asked = visitor.get("/teach/students")
    response = visitor.client.post(
        asked.location, data={"csrf_token": visitor.token(), "username": "tahir", "password": PASSWORD}
    )
    assert response.location == "/teach/students"


def test_signing_in_never_leads_to_another_site(visitor: Browser) -> None:
    for elsewhere in ("https://example.org/", "//example.org/", "/\\example.org", "/%09/example.org", "/%0a/x"):
        response = visitor.post(f"/account/sign-in?next={elsewhere}", {"username": "ben", "password": PASSWORD})
        assert response.location == "/"
        visitor.post("/account/sign-out")


def test_somebody_signed_in_is_not_asked_again(ayesha: Browser) -> None:
    assert ayesha.get("/account/sign-in").location == "/"
    assert ayesha.get("/account/sign-up").location == "/"


def test_signing_out_ends_the_session(ayesha: Browser) -> None:
    ayesha.post("/account/sign-out")
    assert "Sign in" in ayesha.get("/").text


def test_a_new_password_signs_out_every_other_browser(app: Flask, ayesha: Browser) -> None:
    other = Browser(app.test_client())
    other.sign_in("ayesha")
    changed = ayesha.post("/account/password", {"current": PASSWORD, "new": "another long password"})
    assert changed.status_code == 303
    assert ayesha.get("/account/password").status_code == 200
    assert other.get("/account/password").status_code == 302


def test_the_old_password_must_be_right_to_set_a_new_one(ayesha: Browser) -> None:
    response = ayesha.post("/account/password", {"current": "not this one", "new": "another long password"})
    assert "This is not your password now." in response.text


def test_the_set_up_link_makes_the_first_teacher_once(app: Flask, visitor: Browser) -> None:
    with app.app_context():
        db.session.delete(person(db.session(), "tahir"))
        token = accounts.make_set_up_link(db.session(), NOW)
        db.session.execute(db.text("UPDATE one_time_link SET expires = '2999-01-01 00:00:00'"))
        db.session.commit()
    assert visitor.get(f"/account/set-up/{token}").status_code == 200
    assert visitor.post(f"/account/set-up/{token}", NEW).location == "/teach/"
    assert visitor.get(f"/account/set-up/{token}").status_code == 404


def test_a_link_that_does_not_work_says_what_to_do(visitor: Browser) -> None:
    response = visitor.get("/account/set-up/nonsense")
    assert response.status_code == 404
    assert "prints a fresh link" in response.text


def test_failed_sign_ins_are_slowed_down_by_name_and_a_right_one_is_not_counted(app: Flask) -> None:
    slow = make_app(app.instance_path, SIGN_IN_LIMIT="3 per minute")
    browser = Browser(slow.test_client())
    for _ in range(5):
        assert browser.sign_in("ben").location == "/"
        browser.post("/account/sign-out")
    statuses = [browser.sign_in("ayesha", "wrong password").status_code for _ in range(4)]
    assert statuses == [422, 422, 422, 429]


def test_passwords_are_kept_hashed(app: Flask, visitor: Browser) -> None:
    visitor.post("/account/sign-up", NEW)
    with app.app_context():
        kept = db.session.scalars(db.select(User.password_hash).where(User.username == "zara")).one()
    assert kept is not None
    assert kept.startswith("$argon2id$")
