"""Signing in with an OpenID Connect provider, a real one, over real HTTP."""

import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from quizapp.config import ConfigurationError
from quizapp.domain.access import Role
from quizapp.models import Attempt, Identity, User, db
from quizapp.services import accounts
from quizapp.web.account import provider as providers
from quizapp.web.account.provider import Provider
from tests.conftest import PASSWORD, Browser, make_app, person
from tests.openid import OpenId, free_port, openid_provider

NAME = "Harbour School"


@pytest.fixture(scope="module")
def there() -> Iterator[OpenId]:
    """The provider, with somebody whom it knows."""
    with openid_provider() as provider:
        provider.knows("s17", preferred_username="zara", name="Zara Malik", email="z.malik@school.example")
        yield provider


def known_by(app: Flask, issuer: str, **settings: object) -> Flask:
    """An app on the same database, with this provider."""
    return make_app(
        app.instance_path,
        OIDC_ISSUER=issuer,
        OIDC_CLIENT_ID="quizapp",
        OIDC_CLIENT_SECRET="a secret",
        OIDC_NAME=NAME,
        **settings,
    )


@pytest.fixture
def site(app: Flask, there: OpenId) -> Flask:
    """An app that takes whom the provider knows."""
    return known_by(app, there.issuer, OIDC_NEW_ACCOUNTS=True)


@pytest.fixture
def closed_site(app: Flask, there: OpenId) -> Flask:
    """An app that takes those only who have connected their account."""
    return known_by(app, there.issuer)


def away(browser: Browser, onward: str = "") -> str:
    """The address at the provider to which the button leads."""
    response = browser.get("/account/elsewhere", query_string={"next": onward} if onward else {})
    assert response.status_code == 302, response.text
    return response.location


def back(browser: Browser, address: str) -> TestResponse:
    """Follow the address by which the provider leads back."""
    parts = urlsplit(address)
    assert parts.path == "/account/elsewhere/back"
    return browser.get(f"{parts.path}?{parts.query}")


def sign_in(browser: Browser, there: OpenId, subject: str = "s17", onward: str = "") -> TestResponse:
    """Go there, sign in, and come back."""
    return back(browser, there.sign_in(away(browser, onward), subject))


def connect(browser: Browser, there: OpenId, subject: str = "s17", password: str = PASSWORD) -> TestResponse:
    """Connect the account that is signed in here."""
    page = browser.post("/account/connect", {"password": password})
    assert page.status_code == 200, page.text
    assert 'content="0; url=/account/elsewhere"' in page.text
    return sign_in(browser, there, subject)


def everybody(app: Flask) -> dict[str | None, User]:
    """All accounts, by username."""
    with app.app_context():
        return {user.username: user for user in accounts.everybody(db.session())}


def who_is(browser: Browser) -> str:
    """The username of who is signed in; empty for nobody."""
    found = re.search(r"You are signed in as ([^<]+)\.<", browser.get("/account/password").text)
    return found[1] if found else ""


# The way there


def test_the_sign_in_page_leads_there_only_where_there_is_a_provider(site: Flask, visitor: Browser) -> None:
    assert f"Sign in with {NAME}" in Browser(site.test_client()).get("/account/sign-in").text
    assert "Sign in with" not in visitor.get("/account/sign-in").text
    assert visitor.get("/account/elsewhere").status_code == 404
    assert visitor.get("/account/elsewhere/back?code=x&state=y").status_code == 404


def test_the_provider_is_asked_for_a_code_with_a_state_a_nonce_and_a_challenge(site: Flask, there: OpenId) -> None:
    address = away(Browser(site.test_client()))
    asked = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{there.issuer}/")
    assert (asked["response_type"], asked["code_challenge_method"], asked["client_id"]) == ("code", "S256", "quizapp")
    assert asked["redirect_uri"] == "http://localhost/account/elsewhere/back"
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20


def test_beginning_again_and_again_does_not_fill_the_cookie(site: Flask) -> None:
    browser = Browser(site.test_client())
    for _ in range(20):
        away(browser)
    cookie = browser.client.get_cookie("quizapp")
    assert cookie is not None
    assert len(cookie.value) < 1500


# Who is let in


def test_somebody_new_gets_a_student_s_account_and_is_known_the_next_time(site: Flask, there: OpenId) -> None:
    first, again = Browser(site.test_client()), Browser(site.test_client())
    assert sign_in(first, there, onward="/history").location == "/history"
    assert sign_in(again, there).location == "/"
    zara = everybody(site)["zara"]
    assert (zara.display_name, zara.role, zara.password_hash) == ("Zara Malik", Role.STUDENT, None)
    assert zara.signed_in is not None
    assert (who_is(first), who_is(again)) == ("zara", "zara")
    assert Browser(site.test_client()).sign_in("zara", "").status_code == 422


def test_an_account_is_never_taken_over_by_its_username_or_address(site: Flask, there: OpenId) -> None:
    there.knows("mallory", preferred_username="tahir", email="tahir@school.example", name="Tahir (test)")
    browser = Browser(site.test_client())
    sign_in(browser, there, "mallory")
    assert who_is(browser) == "tahir.2"
    assert browser.get("/teach/").status_code == 404


def test_what_a_guest_has_practised_comes_along(site: Flask, there: OpenId) -> None:
    for subject in ("new to us", "s17", "s17"):
        browser = Browser(site.test_client())
        attempt = browser.start("rise-practice")
        sign_in(browser, there, subject)
        assert f'href="/attempts/{attempt}"' in browser.get("/history").text
    with site.app_context():
        counted = db.session.execute(db.select(Attempt.user_id, db.func.count()).group_by(Attempt.user_id)).all()
    assert sorted(count for _, count in counted) == [1, 2]


def test_nobody_unknown_is_let_in_where_accounts_are_not_made(closed_site: Flask, there: OpenId) -> None:
    before = everybody(closed_site).keys()
    browser = Browser(closed_site.test_client())
    response = sign_in(browser, there)
    assert response.status_code == 403
    assert "Sign in with your username and password once" in response.text
    assert everybody(closed_site).keys() == before
    assert who_is(browser) == ""


def test_coming_back_never_leads_to_another_site(site: Flask, there: OpenId) -> None:
    assert sign_in(Browser(site.test_client()), there, onward="//example.org/").location == "/"


def test_who_is_signed_in_is_not_made_somebody_else(site: Flask, there: OpenId) -> None:
    browser = Browser(site.test_client())
    led_back = there.sign_in(away(browser), "s17")
    browser.sign_in("ayesha")
    assert back(browser, led_back).location == "/"
    assert who_is(browser) == "ayesha"
    assert browser.get("/account/elsewhere").location == "/"
    with site.app_context():
        assert db.session.scalars(db.select(Identity)).all() == []


# Connecting an account


@pytest.fixture
def ayesha_there(closed_site: Flask) -> Browser:
    """Ayesha, signed in with her password."""
    browser = Browser(closed_site.test_client())
    browser.sign_in("ayesha")
    return browser


def test_who_has_connected_an_account_signs_in_either_way(
    closed_site: Flask, there: OpenId, ayesha_there: Browser
) -> None:
    page = connect(ayesha_there, there)
    assert page.location == "/account/password"
    shown = ayesha_there.get("/account/password").text
    assert "Connected. From now on you can sign in with Harbour School, too." in shown
    assert ">Disconnect<" in shown
    elsewhere, here = Browser(closed_site.test_client()), Browser(closed_site.test_client())
    sign_in(elsewhere, there)
    here.sign_in("ayesha")
    assert (who_is(elsewhere), who_is(here)) == ("ayesha", "ayesha")


def test_connecting_needs_the_password_and_happens_in_this_browser_only(
    closed_site: Flask, there: OpenId, ayesha_there: Browser
) -> None:
    refused = ayesha_there.post("/account/connect", {"password": "not this one"})
    assert (refused.status_code, "This is not your password." in refused.text) == (422, True)
    assert ayesha_there.get("/account/elsewhere").location == "/"
    other = Browser(closed_site.test_client())
    led_back = there.sign_in(away(other), "s17")
    assert back(ayesha_there, led_back).location == "/"
    assert ">Connect<" in ayesha_there.get("/account/password").text


def test_disconnecting_gives_no_new_tries_at_the_password(app: Flask, there: OpenId) -> None:
    browser = Browser(known_by(app, there.issuer, SIGN_IN_LIMIT="2 per hour").test_client())
    browser.sign_in("ayesha")
    tried = [browser.post("/account/connect", {"password": "a guess"}).status_code for _ in range(2)]
    browser.post("/account/disconnect")
    assert [*tried, browser.post("/account/connect", {"password": "a guess"}).status_code] == [422, 422, 429]


def test_connecting_ends_after_some_minutes(
    there: OpenId, ayesha_there: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ayesha_there.post("/account/connect", {"password": PASSWORD})
    later = time.time() + 601
    monkeypatch.setattr(providers.time, "time", lambda: later)
    assert ayesha_there.get("/account/elsewhere").location == "/"


def test_one_sign_in_there_opens_one_account_here(closed_site: Flask, there: OpenId, ayesha_there: Browser) -> None:
    connect(ayesha_there, there)
    ben = Browser(closed_site.test_client())
    ben.sign_in("ben")
    connect(ben, there)
    assert "belongs to another account here" in ben.get("/account/password").text
    with closed_site.app_context():
        assert db.session.scalars(db.select(Identity.user_id)).all() == [person(db.session(), "ayesha").id]


def test_who_disconnects_is_signed_out_elsewhere_and_not_let_in_from_there(
    closed_site: Flask, there: OpenId, ayesha_there: Browser
) -> None:
    connect(ayesha_there, there)
    other = Browser(closed_site.test_client())
    sign_in(other, there)
    assert ayesha_there.post("/account/disconnect").location == "/account/password"
    assert (who_is(ayesha_there), who_is(other)) == ("ayesha", "")
    assert sign_in(Browser(closed_site.test_client()), there).status_code == 403


def test_an_account_without_password_keeps_its_only_door_and_gets_a_password_soon_after_a_sign_in(
    site: Flask, there: OpenId
) -> None:
    browser = Browser(site.test_client())
    sign_in(browser, there)
    page = browser.get("/account/password").text
    assert "To disconnect it, choose a password first." in page
    assert 'name="current"' not in page
    browser.post("/account/disconnect")
    assert "Choose a password first" in browser.get("/account/password").text
    assert "Choose a password for your account first" in browser.get("/account/delete").text
    assert browser.post("/account/password", {"new": "my own first words"}).status_code == 303
    assert Browser(site.test_client()).sign_in("zara", "my own first words").status_code == 303
    assert 'name="current"' in browser.get("/account/password").text


def test_who_finds_a_browser_signed_in_chooses_no_password_for_an_account_without(
    site: Flask, there: OpenId, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(site.test_client())
    sign_in(browser, there)
    later = time.time() + 601
    monkeypatch.setattr("quizapp.web.account.entering.time.time", lambda: later)
    refused = browser.post("/account/password", {"new": "my own first words"})
    assert (refused.status_code, "Sign out, sign in again" in refused.text) == (422, True)


# What goes wrong


def test_what_goes_wrong_there_ends_on_one_page_and_tells_nothing(
    site: Flask, there: OpenId, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Browser(site.test_client())
    denied = back(browser, there.deny(away(browser)))
    assert (denied.status_code, "did not allow it" in denied.text) == (403, True)
    led_back = there.sign_in(away(browser), "s17")
    code = parse_qs(urlsplit(led_back).query)["code"][0]
    for wrong in (
        led_back.replace("state=", "state=x"),
        led_back.partition("?")[0],
        led_back.partition("?")[0] + "?error=<script>&error_description=<b>secret</b>",
    ):
        response = back(browser, wrong)
        assert response.status_code in (400, 403)
        assert [secret for secret in ("<script>&", "secret", code) if secret in response.text] == []
        assert response.headers["Referrer-Policy"] in ("strict-origin", "same-origin")
    assert who_is(browser) == ""
    assert code not in caplog.text


def test_a_code_works_once_and_in_the_browser_that_asked_for_it(site: Flask, there: OpenId) -> None:
    browser, thief = Browser(site.test_client()), Browser(site.test_client())
    led_back = there.sign_in(away(browser), "s17")
    assert back(thief, led_back).status_code == 400
    assert back(browser, led_back).status_code == 303
    browser.post("/account/sign-out")
    assert back(browser, led_back).status_code == 400


def test_a_provider_that_cannot_be_reached_is_said_so(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    lonely = known_by(app, f"http://127.0.0.1:{free_port()}")
    response = Browser(lonely.test_client()).get("/account/elsewhere")
    assert (response.status_code, "It does not answer at the moment." in response.text) == (502, True)
    assert "the provider cannot be reached (ConnectionError)" in caplog.text


def test_a_provider_that_hangs_does_not_take_every_thread(site: Flask) -> None:
    known: Provider = site.extensions["provider"]
    places = known._places._initial_value
    for _ in range(places):
        known._places.acquire()
    assert 0 < places < site.config["THREADS"]
    assert Browser(site.test_client()).get("/account/elsewhere").status_code == 502


def test_a_provider_that_leads_elsewhere_is_not_followed(app: Flask, there: OpenId) -> None:
    asked: list[str] = []
    site = known_by(app, there.issuer)
    with leading_to("/inside", asked) as address:
        site.extensions["provider"]._client._server_metadata_url = f"{address}/outside"
        assert Browser(site.test_client()).get("/account/elsewhere").status_code == 502
    assert asked == ["/outside"]


@contextmanager
def leading_to(place: str, asked: list[str]) -> Iterator[str]:
    """A server that leads everybody to a place of its own, and notes what it was asked for."""

    class Leads(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", place)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Leads) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_provider_that_calls_itself_by_another_name_is_not_believed(app: Flask, there: OpenId) -> None:
    confused = known_by(app, there.issuer.replace("127.0.0.1", "localhost"))
    confused.extensions["provider"]._client._server_metadata_url = f"{there.issuer}/.well-known/openid-configuration"
    assert Browser(confused.test_client()).get("/account/elsewhere").status_code == 400


Claims = dict[str, Any]
_HEADER = {"alg": "RS256"}


def other_token(
    site: Flask, monkeypatch: pytest.MonkeyPatch, change: Callable[[Claims], tuple[Claims, RSAKey]]
) -> None:
    """Let the provider give another token, made of the claims it would have given, signed with a key."""
    client = site.extensions["provider"]._client
    given = client.fetch_access_token

    def fetch(**options: object) -> Mapping[str, object]:
        token = given(**options)
        claims, key = change(jwt.decode(token["id_token"], _published(client)).claims)
        return {**token, "id_token": jwt.encode({**_HEADER, "kid": key.kid}, claims, key)}

    monkeypatch.setattr(client, "fetch_access_token", fetch)


def _published(client: Any) -> Any:
    from joserfc.jwk import KeySet

    return KeySet.import_key_set(client.fetch_jwk_set())


@pytest.fixture(scope="module")
def forged() -> RSAKey:
    """A key that is not the provider's."""
    return RSAKey.generate_key(2048, {"kid": "forged"})


def test_a_token_signed_by_somebody_else_is_not_believed(
    site: Flask, there: OpenId, monkeypatch: pytest.MonkeyPatch, forged: RSAKey
) -> None:
    other_token(site, monkeypatch, lambda claims: (claims, forged))
    browser = Browser(site.test_client())
    assert sign_in(browser, there).status_code == 400
    assert who_is(browser) == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "http://127.0.0.1:1"},
        {"aud": "another site"},
        {"aud": ["another site", "third"], "azp": "another site"},
        {"nonce": "of another sign-in"},
        {"exp": 1_000_000_000},
        {"iat": 9_000_000_000},
        {"sub": ""},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_for_somebody_else_or_another_time_is_not_believed(
    site: Flask, there: OpenId, monkeypatch: pytest.MonkeyPatch, forged: RSAKey, wrong: Claims
) -> None:
    client = site.extensions["provider"]._client
    client.load_server_metadata()
    client.fetch_jwk_set()
    ours = client.server_metadata["jwks"]

    def change(claims: Claims) -> tuple[Claims, RSAKey]:
        client.server_metadata["jwks"] = {"keys": [*ours["keys"], forged.as_dict(private=False)]}
        return {**claims, **wrong}, forged

    other_token(site, monkeypatch, change)
    browser = Browser(site.test_client())
    assert sign_in(browser, there).status_code == 400
    assert who_is(browser) == ""


def test_a_token_that_is_right_in_all_of_that_is_believed(
    site: Flask, there: OpenId, monkeypatch: pytest.MonkeyPatch, forged: RSAKey
) -> None:
    client = site.extensions["provider"]._client
    client.load_server_metadata()
    ours = client.fetch_jwk_set()

    def change(claims: Claims) -> tuple[Claims, RSAKey]:
        client.server_metadata["jwks"] = {"keys": [*ours["keys"], forged.as_dict(private=False)]}
        return claims, forged

    other_token(site, monkeypatch, change)
    assert sign_in(Browser(site.test_client()), there).status_code == 303


def test_a_provider_that_offers_no_signature_of_its_own_is_not_believed(site: Flask, there: OpenId) -> None:
    client = site.extensions["provider"]._client
    client.load_server_metadata()["id_token_signing_alg_values_supported"] = ["none", "HS256"]
    assert Browser(site.test_client()).get("/account/elsewhere").status_code == 400


def test_a_token_without_names_is_asked_after_them_and_they_must_be_the_same_person_s(
    site: Flask, there: OpenId, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.knows("nameless")
    known: Provider = site.extensions["provider"]
    monkeypatch.setattr(known._client, "userinfo", lambda token: {"sub": "nameless", "preferred_username": "noor"})
    sign_in(Browser(site.test_client()), there, "nameless")
    assert "noor" in everybody(site)
    monkeypatch.setattr(known._client, "userinfo", lambda token: {"sub": "s17", "preferred_username": "zara"})
    assert sign_in(Browser(site.test_client()), there, "nameless").status_code == 400


def test_the_log_has_no_code_no_state_and_no_token(
    site: Flask, there: OpenId, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    browser = Browser(site.test_client())
    led_back = there.sign_in(away(browser), "s17")
    assert back(browser, led_back).status_code == 303
    for secret in parse_qs(urlsplit(led_back).query).values():
        assert secret[0] not in caplog.text


# Settings


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"OIDC_ISSUER": "https://x.example"}, "set QUIZAPP_OIDC_CLIENT_ID and QUIZAPP_OIDC_CLIENT_SECRET, too"),
        ({"OIDC_CLIENT_ID": "x", "OIDC_CLIENT_SECRET": "y"}, "set QUIZAPP_OIDC_ISSUER, too"),
    ],
)
def test_half_a_provider_is_said_at_the_start(app: Flask, settings: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        make_app(app.instance_path, **settings)


@pytest.mark.parametrize(
    ("issuer", "https"),
    [("http://school.example", False), ("http://127.0.0.1:9", True), ("school.example", False), ("ftp://x", False)],
)
def test_a_provider_that_others_can_overhear_is_said_at_the_start(app: Flask, issuer: str, https: bool) -> None:
    with pytest.raises(ConfigurationError, match="write the provider's address with https://"):
        known_by(app, issuer, HTTPS=https)


def test_a_missing_package_is_said_at_the_start(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(providers, "import_module", missing)
    with pytest.raises(ConfigurationError, match=r'pip install "quizapp\[oidc\]"'):
        known_by(app, "https://school.example")
