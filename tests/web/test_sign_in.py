"""Signing in: whom it lets in, what it tells a stranger, how it slows guessing down, and how it ends."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from flask import Flask
from werkzeug.test import TestResponse

from quizapp.domain.access import Role
from quizapp.models import db
from quizapp.services import accounts
from quizapp.services.passwords import Passwords, TooManyAtOnce
from tests.conftest import NOW, PASSWORD, Browser, make_app, person

NEW = {"username": "zara", "display_name": "Zara (test)", "password": PASSWORD}
_OWN = re.compile(r'name="csrf_token" value="[^"]+"|give the number \w+')


def hash_of(app: Flask, username: str) -> str:
    """The hash that is kept."""
    with app.app_context():
        return person(db.session(), username).password_hash or ""


def limited(app: Flask, **limits: str) -> Flask:
    """Another app on the same database, with limits of its own."""
    return make_app(app.instance_path, **limits)


# Who gets in, and what is kept of it


def test_a_sign_in_is_dated(app: Flask, visitor: Browser) -> None:
    visitor.sign_in("ayesha")
    with app.app_context():
        signed_in = {user.username: user.signed_in for user in accounts.everybody(db.session())}
    assert (datetime.now(UTC) - (signed_in["ayesha"] or NOW)).total_seconds() < 60
    assert signed_in["ben"] is None


def test_a_sign_in_with_the_right_password_renews_a_hash_of_older_parameters(
    app: Flask, ayesha: Browser, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setitem(app.extensions, "passwords", Passwords(today))
    visitor.sign_in("ayesha", "wrong password")
    assert today.check_needs_rehash(hash_of(app, "ayesha"))
    assert visitor.sign_in("ayesha").status_code == 303
    assert not today.check_needs_rehash(hash_of(app, "ayesha"))
    assert Browser(app.test_client()).sign_in("ayesha").status_code == 303
    assert ayesha.get("/account/password").status_code == 200


def test_whoever_is_deleted_while_the_password_is_checked_is_not_signed_in(
    app: Flask, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify = app.extensions["passwords"].verify

    def and_meanwhile(password: str, kept: str | None) -> bool:
        with app.app_context():
            db.session.delete(person(db.session(), "ayesha"))
            db.session.commit()
        return bool(verify(password, kept))

    monkeypatch.setattr(app.extensions["passwords"], "verify", and_meanwhile)
    assert visitor.sign_in("ayesha").location == "/account/sign-in"
    assert visitor.get("/account/password").status_code == 302


def test_a_password_may_hold_any_sign_and_is_taken_as_it_is(app: Flask, visitor: Browser) -> None:
    odd = "  pass\tphrase, with ünïcode ☂ and ends  "
    assert visitor.post("/account/sign-up", {**NEW, "password": odd}).status_code == 303
    for typed, status in ((odd, 303), (odd.strip(), 422), (odd.upper(), 422)):
        assert Browser(app.test_client()).sign_in("zara", typed).status_code == status


@pytest.mark.parametrize("password", ["zara123456", "qwertyuiop", "Password2026"])
def test_a_password_that_is_guessed_first_is_not_taken_anywhere(app: Flask, visitor: Browser, password: str) -> None:
    sentence = "This password is guessed too easily"
    assert sentence in visitor.post("/account/sign-up", {**NEW, "password": password}).text
    with app.app_context():
        zara = accounts.add_account(db.session(), "zara", "Zara", None, Role.STUDENT, NOW)
        token = accounts.make_password_link(db.session(), zara, datetime.now(UTC))
        db.session.commit()
    refused = visitor.post(f"/account/choose/{token}", {"password": password})
    assert (refused.status_code, sentence in refused.text) == (422, True)
    visitor.post(f"/account/choose/{token}", {"password": "one of my own words"})
    changed = visitor.post("/account/password", {"current": "one of my own words", "new": password})
    assert (changed.status_code, sentence in changed.text) == (422, True)


def test_browsers_know_which_field_is_which(ayesha: Browser, visitor: Browser) -> None:
    assert re.findall(r'autocomplete="([\w-]+)"', visitor.get("/account/sign-in").text) == [
        "username",
        "current-password",
    ]
    assert 'autocomplete="new-password"' in visitor.get("/account/sign-up").text
    own = re.findall(r'autocomplete="([\w-]+)"', ayesha.get("/account/password").text)
    assert own == ["username", "current-password", "new-password"]


# What a stranger is told


@pytest.fixture
def without_password(app: Flask) -> None:
    """Zara has an account and no password yet."""
    with app.app_context():
        accounts.add_account(db.session(), "zara", "Zara (test)", None, Role.STUDENT, NOW)
        db.session.commit()


def said(response: TestResponse, name: str) -> tuple[int, str]:
    """The status and the page, but for the name that was typed and what is of this answer alone."""
    return response.status_code, _OWN.sub("", response.text).replace(name, "NAME")


@pytest.mark.usefixtures("without_password")
def test_a_name_without_account_without_password_and_with_another_password_get_one_answer_after_one_hash(
    app: Flask, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    hasher = app.extensions["passwords"]._hasher
    monkeypatch.setattr(Passwords, "renewed", lambda *_: pytest.fail("hashed twice"))
    verify = type(hasher).verify
    monkeypatch.setattr(
        type(hasher), "verify", lambda self, kept, typed: hashed.append(kept) or verify(self, kept, typed)
    )
    names = ("ayesha", "nobody", "zara")
    answers = {said(visitor.sign_in(name, "wrong password"), name) for name in names}
    assert len(answers) == 1
    assert len(hashed) == len(names)
    assert {kept.rsplit("$", 2)[0] for kept in hashed} == {hash_of(app, "ben").rsplit("$", 2)[0]}


def test_a_name_that_is_tried_too_often_is_refused_alike_whether_it_is_anybody_s(app: Flask) -> None:
    slow = limited(app, SIGN_IN_LIMIT="2 per minute")
    answers = []
    for name in ("ayesha", "nobody"):
        browser = Browser(slow.test_client())
        answers.append([said(browser.sign_in(name, "wrong password"), name) for _ in range(3)])
    assert answers[0] == answers[1]
    assert [status for status, _ in answers[0]] == [422, 422, 429]


def test_taken_usernames_are_not_looked_for_one_after_the_other(app: Flask) -> None:
    curious = Browser(limited(app, ADDRESS_LIMIT="3 per minute").test_client())
    tried = [
        curious.post("/account/sign-up", {**NEW, "username": name}) for name in ("ayesha", "ben", "tahir", "tahir")
    ]
    assert [response.status_code for response in tried] == [422, 422, 422, 429]


@pytest.mark.parametrize("address", ["/account/choose/WRONG", "/account/set-up/WRONG"])
def test_links_are_not_guessed_for_long(app: Flask, address: str) -> None:
    guesser = Browser(limited(app, ADDRESS_LIMIT="2 per minute").test_client())
    assert [guesser.get(f"{address}{number}").status_code for number in range(3)] == [404, 404, 429]


def test_no_request_from_the_page_of_a_link_tells_the_link_on(app: Flask, visitor: Browser) -> None:
    with app.app_context():
        token = accounts.make_password_link(db.session(), person(db.session(), "ayesha"), datetime.now(UTC))
        db.session.commit()
    for address in (f"/account/choose/{token}", "/account/choose/nothing", "/account/set-up/nothing"):
        assert visitor.get(address).headers["Referrer-Policy"] == "strict-origin"


# How guessing is slowed down


def wrong(browser: Browser, name: str, times: int) -> list[int]:
    """How wrong passwords for a name are answered."""
    return [browser.sign_in(name, "wrong password").status_code for _ in range(times)]


def test_a_class_behind_one_address_signs_in_however_many_mistype(app: Flask) -> None:
    slow = limited(app, ADDRESS_LIMIT="3 per minute", SIGN_IN_LIMIT="2 per minute")
    assert wrong(Browser(slow.test_client()), "nobody", 2) == [422, 422]
    for _ in range(30):
        for name in ("ayesha", "ben"):
            assert Browser(slow.test_client()).sign_in(name).status_code == 303


def test_an_address_that_guesses_many_names_is_stopped_and_another_is_not(app: Flask) -> None:
    slow = limited(app, ADDRESS_LIMIT="3 per minute")
    names = ("a", "b", "c", "d")
    assert [wrong(Browser(slow.test_client()), name, 1) for name in names] == [[422], [422], [422], [429]]
    elsewhere = Browser(slow.test_client())
    elsewhere.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert elsewhere.sign_in("ayesha").status_code == 303


def test_who_guesses_a_classmate_s_password_keeps_strangers_out_but_not_the_classmate(app: Flask) -> None:
    slow = limited(app, SIGN_IN_LIMIT="2 per minute")
    own = Browser(slow.test_client())
    own.sign_in("ayesha")
    own.post("/account/sign-out")
    stranger = Browser(slow.test_client())
    assert wrong(stranger, "ayesha", 3) == [422, 422, 429]
    assert stranger.sign_in("ayesha").status_code == 429
    assert own.sign_in("AYESHA ").status_code == 303


def test_a_browser_that_has_been_in_does_not_guess_for_ever_either(app: Flask) -> None:
    own = Browser(limited(app, SIGN_IN_LIMIT="2 per minute").test_client())
    own.sign_in("ayesha")
    own.post("/account/sign-out")
    assert wrong(own, "ayesha", 3) == [422, 422, 429]


@pytest.mark.parametrize("made_up", ["", "x", "WyJ4Il0.signature", "WzFd"])
def test_a_browser_cannot_say_by_itself_that_it_has_been_in(app: Flask, made_up: str) -> None:
    slow = limited(app, SIGN_IN_LIMIT="1 per minute")
    wrong(Browser(slow.test_client()), "ayesha", 1)
    guesser = Browser(slow.test_client())
    guesser.client.set_cookie("quizapp_known", made_up, path="/account")
    assert wrong(guesser, "ayesha", 1) == [429]


def test_the_mark_of_a_browser_stays_small_and_goes_to_the_account_pages_only(app: Flask, visitor: Browser) -> None:
    with app.app_context():
        hashed = person(db.session(), "ayesha").password_hash
        for number in range(20):
            accounts.add_account(db.session(), f"student{number}", "S", hashed, Role.STUDENT, NOW)
        db.session.commit()
    for number in range(20):
        visitor.sign_in(f"student{number}")
        visitor.post("/account/sign-out")
    mark = visitor.client.get_cookie("quizapp_known", path="/account")
    assert mark is not None
    assert (len(mark.value) < 700, mark.path, mark.http_only, mark.same_site) == (True, "/account", True, "Lax")


# How it ends, and who finds no place


def test_signing_out_everywhere_ends_every_sign_in_of_this_account_only(
    app: Flask, ayesha: Browser, ben: Browser
) -> None:
    other = Browser(app.test_client())
    other.sign_in("ayesha")
    assert "Sign out everywhere" in other.get("/account/password").text
    page = other.client.post(
        "/account/sign-out-everywhere", data={"csrf_token": other.token()}, follow_redirects=True
    ).text
    assert "You are signed out in every browser." in page
    assert [browser.get("/account/password").status_code for browser in (ayesha, other, ben)] == [302, 302, 200]
    assert ayesha.sign_in("ayesha").status_code == 303


def test_behind_https_the_session_s_cookie_is_bound_to_this_host(app: Flask) -> None:
    secure = make_app(app.instance_path, HTTPS=True).test_client()
    page = secure.get("/account/sign-in", base_url="https://localhost").text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    answer = secure.post(
        "/account/sign-in",
        base_url="https://localhost",
        headers={"Referer": "https://localhost/"},
        data={"csrf_token": token, "username": "ayesha", "password": PASSWORD},
    )
    cookies = {cookie.partition("=")[0]: cookie for cookie in answer.headers.getlist("Set-Cookie")}
    assert set(cookies) == {"__Host-quizapp", "__Secure-quizapp_known"}
    assert all("Secure" in cookie and "HttpOnly" in cookie for cookie in cookies.values())
    assert "Path=/" in cookies["__Host-quizapp"]
    assert "Domain" not in cookies["__Host-quizapp"]


@pytest.fixture
def no_place(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """No place to have a password checked, while the list is not empty."""
    busy, verify = [1], app.extensions["passwords"].verify

    def verify_or_not(password: str, kept: str | None) -> bool:
        if busy:
            raise TooManyAtOnce
        return bool(verify(password, kept))

    monkeypatch.setattr(app.extensions["passwords"], "verify", verify_or_not)
    return busy


def test_who_finds_no_place_is_told_when_to_come_again_and_nothing_is_counted(
    app: Flask, visitor: Browser, no_place: list[int]
) -> None:
    answers = [visitor.sign_in("ayesha") for _ in range(12)]
    assert {answer.status_code for answer in answers} == {503}
    assert {1 <= int(answer.headers["Retry-After"]) <= 4 for answer in answers} == {True}
    assert "Many are signing in at this moment" in answers[0].text
    no_place.clear()
    assert visitor.sign_in("ayesha").status_code == 303


@pytest.mark.parametrize(("threads", "places"), [(1, 1), (2, 1), (4, 3)])
def test_a_thread_is_left_for_others_while_passwords_are_checked(app: Flask, threads: int, places: int) -> None:
    assert make_app(app.instance_path, THREADS=threads).extensions["passwords"]._places._initial_value == places
