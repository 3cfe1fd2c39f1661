"""Accounts in the browser."""

import csv
import io
import re
import zipfile

import pytest
from flask import Flask

from quizapp.domain.access import Role
from quizapp.models import Attempt, User, db
from quizapp.services import accounts
from quizapp.services.leaving import Remains
from tests.conftest import NOW, PASSWORD, Browser, make_app, person
from tests.services.attempts.steps import run_so

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


@pytest.mark.parametrize("name", ["ß" * 21, "İstanbul"])
def test_a_username_fits_in_the_small_letters_in_which_it_is_kept_too(visitor: Browser, name: str) -> None:
    response = visitor.post("/account/sign-up", {**NEW, "username": name})
    assert (response.status_code, "in small letters" in response.text) == (422, True)


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


def data_of(browser: Browser) -> dict[str, list[list[str]]]:
    """The downloaded tables, each as rows of cells, by the name of its file; the text as one cell."""
    response = browser.get("/account/data.zip")
    assert (response.status_code, response.mimetype) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    return {
        name: list(csv.reader(io.StringIO(text, newline=""))) if name.endswith(".csv") else [[text]]
        for name, text in texts.items()
    }


def test_all_data_comes_as_tables_with_a_text_that_names_each(ayesha: Browser) -> None:
    assert 'href="/account/data.zip"' in ayesha.get("/account/password").text
    files = data_of(ayesha)
    names = (
        "account", "links", "identities", "classes", "rights", "attempts", "answers", "corrections", "reports", "named",
        "log",
    )  # fmt: skip
    assert list(files) == ["README.txt", *(f"{name}.csv" for name in names)]
    assert [name for name in files if name not in files["README.txt"][0][0]] == ["README.txt"]
    assert files["account.csv"][1][:3] == ["ayesha", "Ayesha (test)", "student"]


def test_an_answer_that_looks_like_a_formula_is_none_in_the_download(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    ayesha.answer(attempt, 4, "=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in data_of(ayesha)["answers.csv"][4]


def test_the_download_of_an_open_test_and_of_one_that_shows_nothing_holds_no_mark(app: Flask, ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    ayesha.answer(attempt, 4, "Ouzel")
    while_open = data_of(ayesha)
    ayesha.post(f"/attempts/{attempt}/submit")
    with app.app_context():
        run_so(db.session(), "whole-test", feedback={})
    for files in (while_open, data_of(ayesha)):
        names, *answers = files["answers.csv"]
        assert {answer[names.index(name)] for answer in answers for name in ("share earned", "marks")} == {""}
        assert files["attempts.csv"][1][files["attempts.csv"][0].index("score")] == ""


def test_nobody_downloads_without_an_account(visitor: Browser) -> None:
    visitor.start("rise-practice")
    for address in ("/account/data.zip", "/history/attempts.csv"):
        assert visitor.get(address).status_code == 302


def leave(browser: Browser, remains: str, password: str = PASSWORD, **options: bool) -> object:
    """Send the form that deletes the account."""
    return browser.post("/account/delete", {"remains": remains, "password": password}, **options)


@pytest.mark.parametrize(
    ("remains", "said"), [(Remains.NOTHING, "everything you did"), (Remains.ATTEMPTS, "Your attempts stay")]
)
def test_who_deletes_the_account_is_signed_out_everywhere_and_told(
    app: Flask, ayesha: Browser, remains: Remains, said: str
) -> None:
    other = Browser(app.test_client())
    other.sign_in("ayesha")
    page = leave(ayesha, remains, follow_redirects=True).text
    assert said in page
    assert "Sign in" in page
    for browser in (ayesha, other):
        assert browser.get("/account/password").status_code == 302
    assert ayesha.sign_in("ayesha").status_code == 422


@pytest.mark.parametrize(("remains", "left"), [(Remains.NOTHING, 0), (Remains.ATTEMPTS, 1)])
def test_attempts_go_or_stay_as_was_chosen(app: Flask, ayesha: Browser, remains: Remains, left: int) -> None:
    ayesha.post(f"/attempts/{ayesha.start('rise-practice')}/submit")
    leave(ayesha, remains)
    with app.app_context():
        assert len(db.session.scalars(db.select(Attempt)).all()) == left
        assert accounts.find(db.session(), "ayesha") is None


def test_a_wrong_password_deletes_nothing_and_keeps_the_choice(app: Flask, ayesha: Browser) -> None:
    response = leave(ayesha, "attempts", "not this one")
    assert response.status_code == 422
    assert "This is not your password." in response.text
    assert "not this one" not in response.text
    assert re.findall(r'checked [^>]*value="(\w+)"', response.text) == ["attempts"]
    assert ayesha.get("/account/password").status_code == 200


@pytest.mark.parametrize("remains", ["", "everything"])
def test_one_of_the_two_must_be_chosen(ayesha: Browser, remains: str) -> None:
    assert leave(ayesha, remains).status_code == 422
    assert ayesha.get("/account/password").status_code == 200


def test_the_only_teacher_is_told_why_the_account_stays(app: Flask, tahir: Browser) -> None:
    page = tahir.get("/account/delete").text
    assert "You are the only teacher here" in page
    assert "<form" not in page.split("<main")[1]
    assert leave(tahir, "nothing").status_code == 422
    assert tahir.get("/teach/").status_code == 200


def test_a_teacher_who_is_not_the_only_one_can_go(app: Flask, tahir: Browser) -> None:
    with app.app_context():
        accounts.add_account(db.session(), "zara", "Zara (test)", "hash", Role.TEACHER, NOW)
        db.session.commit()
    assert "Questions you wrote" in tahir.get("/account/delete").text
    assert leave(tahir, "nothing").location == "/"


def test_sending_the_deletion_twice_does_no_harm(app: Flask, ayesha: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    verify = app.extensions["passwords"].verify

    def and_meanwhile_the_other_request(password: str, kept: str | None) -> bool:
        with app.app_context():
            db.session.delete(person(db.session(), "ayesha"))
            db.session.commit()
        return bool(verify(password, kept))

    monkeypatch.setattr(app.extensions["passwords"], "verify", and_meanwhile_the_other_request)
    assert leave(ayesha, "nothing").location == "/"


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/account/delete", {"remains": "nothing", "password": "wrong password"}),
        ("/account/password", {"current": "wrong password", "new": "another long password"}),
    ],
)
def test_whoever_finds_a_browser_signed_in_cannot_try_passwords_for_long(
    app: Flask, address: str, form: dict[str, object]
) -> None:
    slow = Browser(make_app(app.instance_path, SIGN_IN_LIMIT="3 per minute").test_client())
    slow.sign_in("ayesha")
    assert [slow.post(address, form).status_code for _ in range(4)] == [422, 422, 422, 429]
