"""What every answer tells a browser, whatever it is: load from here and nowhere else, guess no types, frame nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, request
from werkzeug.test import TestResponse

from quizapp.config import PACKAGE
from tests.conftest import Browser, Template, make_app
from tests.contracts.access import Scene, scene, values_for, ways
from tests.fuzz.asking import Asked
from tests.fuzz.judging import HEADERS
from tests.fuzz.running import send
from tests.security.alive import alive_in
from tests.security.walking import addresses, walk

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}

REFERRER = (["same-origin"], ["strict-origin"])
"""The second where the address is a secret."""


@pytest.fixture(scope="module")
def played(template: Template) -> Scene:
    """Tahir's records, and everybody at a browser."""
    return scene(template)


def faults(response: TestResponse) -> list[str]:
    """Headers that are missing, or other than they must be."""
    directives = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    found = [] if {name: value for name, _, value in directives} == POLICY else ["policy"]
    found += [name for name, value in HEADERS.items() if response.headers.getlist(name) != [value]]
    found += [] if response.headers.getlist("Referrer-Policy") in REFERRER else ["Referrer-Policy"]
    found += [] if response.headers.get("Cache-Control") else ["Cache-Control"]
    text = response.mimetype.startswith("text/") and response.content_length != 0
    return found + (["charset"] if text and "charset=utf-8" not in response.headers["Content-Type"] else [])


@pytest.mark.parametrize("role", ["visitor", "student", "owner", "administrator"])
def test_every_route_answers_everybody_with_all_headers(played: Scene, role: str) -> None:
    app, browser = played.template.app, played.browser(role)
    for way in ways(app):
        if way.method == "GET":
            response = browser.get(way.address(app, values_for(way, played.values)))
            assert faults(response) == [], way.name
            response.close()


def errors(app: Flask, browser: Browser) -> Iterator[tuple[int, TestResponse]]:
    """Every kind of refusal, with its status."""
    yield 404, browser.get("/nowhere")
    yield 404, browser.get("/static/x/nothing.css")
    yield 405, browser.client.delete("/")
    yield 400, browser.client.post("/account/sign-out")
    yield 400, send(app, Asked("visitor", None, "GET", b"/", b"a=\xff"))
    yield 400, send(app, Asked("visitor", None, "POST", b"/", b"a=\xff", content_type="application/json"))
    yield 415, browser.client.post("/account/sign-in", json={"username": "ayesha"})
    yield 413, browser.post("/account/sign-in", {"username": "x" * app.config["MAX_CONTENT_LENGTH"]})
    yield 422, browser.post("/account/sign-in", {"username": "nobody"})
    app.config["ADDRESS_LIMIT"] = "1 per minute"
    browser.post("/join", {"code": "NOTACODE"})
    yield 429, browser.post("/join", {"code": "NOTACODE"})


def test_every_error_has_all_headers(app: Flask, visitor: Browser) -> None:
    for status, response in errors(app, visitor):
        assert (response.status_code, faults(response)) == (status, []), response.request.path


def test_a_failure_of_ours_has_all_headers(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    monkeypatch.setattr("quizapp.services.progress.shelves", lambda *_: 1 / 0)
    response = app.test_client().get("/")
    assert (response.status_code, faults(response)) == (500, [])


def test_a_name_that_is_not_ours_is_refused_with_all_headers(app: Flask) -> None:
    strict = make_app(Path(app.instance_path), TRUSTED_HOSTS=["quiz.example"]).test_client()
    response = strict.get("/", headers={"Host": "evil.example"})
    assert (response.status_code, faults(response)) == (400, [])


@pytest.mark.parametrize("role", ["visitor", "student", "owner", "administrator"])
def test_no_page_has_a_script_a_style_or_a_handler_of_its_own(played: Scene, role: str) -> None:
    app, browser = played.template.app, played.browser(role)
    pages = walk(app, browser, ["/", *addresses(played)], most=1)
    found = {address: alive_in(page.text) for address, page in pages if page.mimetype == "text/html"}
    assert {address: alive for address, alive in found.items() if alive} == {}


SINKS = (
    r"\.(?:inner|outer)HTML\s*\+?=(?!=)", "insertAdjacentHTML", "document\\.write", "DOMParser", "setHTMLUnsafe",
    r"\beval\(", r"new Function", r"set(?:Timeout|Interval)\(\s*[\"'`]", "createContextualFragment", "srcdoc",
    "execCommand", "createPolicy", "postMessage", "onmessage", r"__proto__",
)  # fmt: skip
"""Ways in which a script would make a page, or another script, of a string; or take orders from another site."""


def test_no_script_makes_a_page_of_a_string() -> None:
    scripts = {path.name: path.read_text(encoding="utf-8") for path in (PACKAGE / "static").rglob("*.js")}
    found = {name: [sink for sink in SINKS if re.search(sink, text)] for name, text in scripts.items()}
    assert {name: sinks for name, sinks in found.items() if sinks} == {}
    assert len(scripts) > 40


def asked_as(app: Flask, **headers: str) -> tuple[str | None, str, str]:
    """From which address, how and under which name the app takes a request to have come."""
    seen = []
    app.before_request_funcs[None].insert(0, lambda: seen.append((request.remote_addr, request.scheme, request.host)))
    app.test_client().get("/account/sign-in", headers={name.replace("_", "-"): said for name, said in headers.items()})
    return seen[-1]


SAID = {"X_Forwarded_For": "9.9.9.9, 1.2.3.4", "X_Forwarded_Proto": "https", "X_Forwarded_Host": "evil.example"}


@pytest.mark.parametrize(
    ("proxies", "believed"),
    [(0, ("127.0.0.1", "http")), (1, ("1.2.3.4", "https")), (2, ("9.9.9.9", "http"))],
    ids=["none", "one", "two"],
)
def test_what_proxies_say_is_believed_of_as_many_as_are_named(
    app: Flask, proxies: int, believed: tuple[str, str]
) -> None:
    behind = make_app(Path(app.instance_path), PROXIES=proxies)
    assert asked_as(behind, **SAID) == (*believed, "localhost")


def test_browsers_are_told_to_stay_on_https_where_it_is_said_to_be_there_alone(app: Flask, visitor: Browser) -> None:
    secure = make_app(Path(app.instance_path), HTTPS=True).test_client()
    for address in ("/", "/nowhere", "/history"):
        assert "Strict-Transport-Security" not in visitor.get(address).headers
        assert secure.get(address).headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_cookies_are_for_this_site_alone_and_no_script_reads_the_sign_in(app: Flask) -> None:
    secure = Browser(make_app(Path(app.instance_path), HTTPS=True).test_client())
    cookies = secure.client.get("/account/sign-in", base_url="https://localhost").headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == ["__Host-quizapp"]
    for cookie in cookies:
        flags = {part.strip() for part in cookie.split(";")}
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= flags
        assert not [flag for flag in flags if flag.startswith("Domain")]


LARGER = {"teach.split_text", "teach.rearrange_text", "teach.create_bank"}
"""Routes that take more than other forms: a whole text."""


def test_forms_are_small_but_where_a_text_is_brought(app: Flask) -> None:
    sizes = {name: getattr(view, "largest_form", 0) for name, view in app.view_functions.items()}
    larger = {name: size for name, size in sizes.items() if size}
    assert larger.keys() == LARGER
    assert max(larger.values()) <= 16 * 2**20
