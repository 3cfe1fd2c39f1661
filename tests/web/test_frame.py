"""What every page has: headers, errors that help, static files kept for ever."""

import re
from pathlib import Path

import pytest
from flask import Flask

from quizapp.web.assets import fingerprint_of
from tests.conftest import Browser, make_app


@pytest.mark.parametrize("address", ["/", "/read/harbour", "/nowhere", "/account/sign-in"])
def test_every_page_allows_only_what_comes_from_here(visitor: Browser, address: str) -> None:
    policy = visitor.get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_pages_are_personal_and_not_stored(visitor: Browser) -> None:
    assert visitor.get("/").headers["Cache-Control"] == "no-store"


def test_a_static_file_is_kept_for_ever_under_its_fingerprint_and_asked_for_again_under_another(
    visitor: Browser,
) -> None:
    address = re.search(r'href="(/static/[^"]+base\.css)"', visitor.get("/").text)
    assert address is not None
    with visitor.get(address[1]) as today, visitor.get("/static/000000000000/css/base.css") as old:
        assert "immutable" in today.headers["Cache-Control"]
        assert (old.status_code, old.headers["Cache-Control"]) == (200, "no-cache")


def test_a_fingerprint_changes_with_any_file(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a {}")
    before = fingerprint_of(tmp_path)
    (tmp_path / "a.css").write_text("b {}")
    assert fingerprint_of(tmp_path) != before


def test_nothing_outside_the_static_folder_is_served(visitor: Browser) -> None:
    assert visitor.get("/static/x/../config.py").status_code == 404
    assert visitor.get("/static/x/%2e%2e/config.py").status_code == 404


def test_a_missing_page_says_where_to_go_on(visitor: Browser) -> None:
    response = visitor.get("/nowhere")
    assert response.status_code == 404
    assert "Go to the home page" in response.text


def test_a_form_too_large_is_refused_in_a_sentence(app: Flask) -> None:
    browser = Browser(make_app(Path(app.instance_path), MAX_REQUEST_KB=1).test_client())
    response = browser.post("/account/sign-up", {"username": "x" * 5000})
    assert response.status_code == 413
    assert "larger than this site takes" in response.text


def test_a_failure_of_ours_shows_a_page_and_no_traceback(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    monkeypatch.setattr("quizapp.services.progress.shelves", broken)
    response = app.test_client().get("/")
    assert response.status_code == 500
    assert "broken on our side" in response.text
    assert "secret detail" not in response.text


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(visitor: Browser) -> None:
    cookie = visitor.sign_in("ayesha").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_behind_https_cookies_and_browsers_stay_on_it(app: Flask) -> None:
    secure = make_app(Path(app.instance_path), HTTPS=True).test_client()
    response = secure.get("/account/sign-in")
    assert "Secure" in response.headers["Set-Cookie"]
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]


def test_only_trusted_hosts_are_answered_where_they_are_named(app: Flask) -> None:
    strict = make_app(Path(app.instance_path), TRUSTED_HOSTS=["quiz.example"]).test_client()
    assert strict.get("/", headers={"Host": "quiz.example"}).status_code == 200
    assert strict.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_words_of_students_are_shown_as_words(visitor: Browser, tahir: Browser) -> None:
    name = "<script>alert(1)</script>"
    visitor.post("/account/sign-up", {"username": "mallory", "display_name": name, "password": "a long password"})
    assert "<script>alert" not in tahir.get("/teach/students").text


def test_the_style_guide_is_there_in_development_only(app: Flask, visitor: Browser) -> None:
    developing = make_app(Path(app.instance_path), DEVELOPMENT=True).test_client()
    assert developing.get("/styleguide").status_code == 200
    assert visitor.get("/styleguide").status_code == 404
