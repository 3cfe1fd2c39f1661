"""The ordinary answer is saved past Flask, and nobody can tell; whatever is not ordinary is Flask's to answer."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request, request_started
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from quizapp.domain.settings import QuizSettings
from quizapp.models import db
from quizapp.services import accounts
from quizapp.services.attempts import showing
from quizapp.web import quick_save
from quizapp.web.quick_save import QuickSave
from tests.benchmark.requests import counted
from tests.conftest import NOW, Browser, SignedIn, Template, make_app, person, quiz_named
from tests.databases import only_on_sqlite

TOKEN = "a token that only Prometheus knows"


@contextmanager
def seen_by_flask(app: Flask) -> Iterator[list[str]]:
    """The requests that come to Flask meanwhile, by method."""
    seen: list[str] = []

    def note(_app: Flask) -> None:
        seen.append(request.method)

    with request_started.connected_to(note, app):
        yield seen


@dataclass
class Attempt:
    """An open attempt at a test, of which Flask has saved one answer."""

    browser: Browser
    number: int
    token: str

    @property
    def app(self) -> Flask:
        """The app that it is taken in."""
        app: Flask = self.browser.client.application
        return app

    @property
    def address(self) -> str:
        """Where its fourth question is saved, which a few words answer."""
        return f"/attempts/{self.number}/questions/4/save"

    def save(
        self, answer: Any = "Ouse", revision: int = 2, headers: Any = None, address: str = "", **more: Any
    ) -> TestResponse:
        """Save an answer as the page's script does."""
        form = {"answer": answer, "certainty": "", "revision": revision, **more.pop("form", {})}
        sent = {"X-CSRFToken": self.token, "Accept": "application/json", **(headers or {})}
        return self.browser.client.post(address or self.address, data=form, headers=sent, **more)

    def by_flask(self, **how: Any) -> tuple[TestResponse, bool]:
        """Save one, and tell whether Flask had to do with it."""
        with seen_by_flask(self.app) as seen:
            said = self.save(**how)
        return said, bool(seen)

    def saved(self, position: int = 4) -> Any:
        """What the database holds of an answer."""
        with self.app.app_context():
            return showing.attempt_state(db.session(), self.number).slot(position).response


def begun_by(browser: Browser) -> Attempt:
    """An attempt of whoever is signed in there."""
    attempt = Attempt(browser, browser.start("whole-test"), browser.token())
    assert attempt.save("Ouzel", revision=1).status_code == 200
    return attempt


@pytest.fixture
def hers(ayesha: Browser) -> Attempt:
    """Ayesha's."""
    return begun_by(ayesha)


# --- The ordinary answer ------------------------------------------------------------------------------------------


def test_an_ordinary_answer_is_saved_past_flask(hers: Attempt) -> None:
    said, by_flask = hers.by_flask()
    assert (said.status_code, said.json["state"], said.json["revision"]) == (200, "saved", 2)
    assert not by_flask
    assert hers.saved() == {"text": "Ouse"}


def test_it_is_one_statement(hers: Attempt) -> None:
    with counted(hers.app) as statements:
        assert not hers.by_flask()[1]
    assert [statement.split()[0] for statement in statements] == ["UPDATE"]


def test_the_answer_is_flask_s_in_everything_but_its_number_and_its_moments(
    hers: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick, _ = hers.by_flask(revision=2)
    assert isinstance(hers.app.wsgi_app, QuickSave)
    monkeypatch.setattr(hers.app, "wsgi_app", hers.app.wsgi_app.flask)
    flask, by_flask = hers.by_flask(revision=3)
    assert by_flask
    assert quick.status == flask.status
    assert without_number(quick) == without_number(flask)
    assert re.sub(r"\d", "0", quick.text) == re.sub(r"\d", "0", flask.text)


def without_number(said: TestResponse) -> list[tuple[str, str]]:
    """The headers, but the number of the request."""
    return [(name, value) for name, value in said.headers if name != "X-Request-ID"]


def test_each_has_a_number_of_its_own_and_no_cookie(hers: Attempt) -> None:
    said = [hers.save(revision=revision) for revision in (2, 3)]
    numbers = {one.headers["X-Request-ID"] for one in said}
    assert len(numbers) == 2
    assert all(re.fullmatch("[0-9a-f]{16}", number) for number in numbers)
    assert not any("Set-Cookie" in one.headers for one in said)


@pytest.mark.parametrize("answer", ["Ouse & Ötztal", "50 % of it", "a+b=c; d", "\r\n", "", ["Ouse", "Ouzel"], "🌍"])
def test_it_is_read_as_flask_reads_it(hers: Attempt, monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    hers.save(answer, revision=2)
    quick = hers.saved()
    assert isinstance(hers.app.wsgi_app, QuickSave)
    monkeypatch.setattr(hers.app, "wsgi_app", hers.app.wsgi_app.flask)
    hers.save(answer, revision=3)
    assert hers.saved() == quick


def test_a_flag_and_how_sure_one_is_travel_with_it(app: Flask, ayesha: Browser) -> None:
    with app.app_context():
        quiz_named(db.session(), "whole-test").settings = QuizSettings(certainty="asked").plain()
        db.session.commit()
    hers = begun_by(ayesha)
    said, by_flask = hers.by_flask(form={"certainty": "3", "flagged": "1"})
    assert (said.status_code, by_flask) == (200, False)
    with hers.app.app_context():
        slot = showing.attempt_state(db.session(), hers.number).slot(4)
    assert (slot.certainty, slot.flagged) == (3, True)


def test_what_browsers_say_of_a_form_is_understood(hers: Attempt) -> None:
    said, by_flask = hers.by_flask(content_type="application/x-www-form-urlencoded;charset=UTF-8")
    assert (said.status_code, by_flask) == (200, False)


# --- Flask's to answer --------------------------------------------------------------------------------------------


def refused(attempt: Attempt, status: int, **how: Any) -> TestResponse:
    """What Flask, and nobody else, says to this; nothing is saved."""
    said, by_flask = attempt.by_flask(**how)
    assert (said.status_code, by_flask) == (status, True)
    assert attempt.saved() == {"text": "Ouzel"}
    return said


def test_an_unknown_cookie(hers: Attempt) -> None:
    hers.browser.client.set_cookie("quizapp", "invented")
    refused(hers, 400)


def test_a_cookie_with_another_letter(hers: Attempt) -> None:
    cookie = hers.browser.client.get_cookie("quizapp")
    assert cookie is not None
    hers.browser.client.set_cookie("quizapp", ("X" if cookie.value[0] != "X" else "Y") + cookie.value[1:])
    refused(hers, 400)


def test_two_cookies_of_the_name(hers: Attempt) -> None:
    cookie = hers.browser.client.get_cookie("quizapp")
    assert cookie is not None
    hers.browser.client.set_cookie("quizapp", cookie.value, path="/attempts")
    said, by_flask = hers.by_flask()
    assert (said.status_code, by_flask) == (200, True)


def test_a_cookie_that_is_too_old(hers: Attempt) -> None:
    hers.app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=-1)
    refused(hers, 400)


@pytest.mark.parametrize("token", ["", "invented"])
def test_no_token_and_an_invented_one(hers: Attempt, token: str) -> None:
    refused(hers, 400, headers={"X-CSRFToken": token})


def test_somebody_else_s_token(hers: Attempt, ben: Browser) -> None:
    theirs = begun_by(ben)
    refused(hers, 400, headers={"X-CSRFToken": theirs.token})


def test_a_bad_token_in_the_form_beside_a_known_one(hers: Attempt) -> None:
    refused(hers, 400, form={"csrf_token": "bad"})


@pytest.mark.parametrize("is_still_taken", [True, False])
def test_another_secret_key(hers: Attempt, is_still_taken: bool) -> None:
    hers.app.config["SECRET_KEY_FALLBACKS"] = [hers.app.secret_key] if is_still_taken else []
    hers.app.secret_key = "another"
    refused(hers, 400)


def test_somebody_who_is_signed_out_everywhere(hers: Attempt) -> None:
    with hers.app.app_context():
        accounts.set_password(db.session(), person(db.session(), "ayesha"), "another hash", NOW)
        db.session.commit()
    refused(hers, 404)


def test_somebody_else_s_attempt(hers: Attempt, signed_in: SignedIn) -> None:
    theirs = begun_by(signed_in("ben"))
    hers.number, its = theirs.number, hers.number
    assert hers.by_flask()[0].status_code == 404
    assert theirs.saved() == {"text": "Ouzel"}
    hers.number = its
    assert not hers.by_flask()[1]


def test_an_attempt_that_is_over(hers: Attempt) -> None:
    hers.browser.post(f"/attempts/{hers.number}/submit")
    assert refused(hers, 410).json["state"] == "closed"


@pytest.mark.parametrize("revision", [0, 1])
def test_a_revision_that_is_no_newer(hers: Attempt, revision: int) -> None:
    said = refused(hers, 409, revision=revision)
    assert (said.json["revision"], said.json["given"]) == (1, ["Ouzel"])


def test_an_answer_that_cannot_be_read(hers: Attempt) -> None:
    said, by_flask = hers.by_flask(answer="long ago", address=f"/attempts/{hers.number}/questions/5/save")
    assert (said.status_code, by_flask) == (422, True)
    assert "not a number" in said.json["problem"]
    assert hers.saved(5) is None


def test_an_answer_with_a_nul(hers: Attempt) -> None:
    refused(hers, 422, answer="Ou\0se")


def test_a_flag_alone(hers: Attempt) -> None:
    with seen_by_flask(hers.app) as seen:
        said = hers.browser.client.post(hers.address, data={"flagged": "1"}, headers={"X-CSRFToken": hers.token})
    assert (said.json["state"], "revision" in said.json, seen) == ("saved", False, ["POST"])


@pytest.mark.parametrize("size", [70_000, 600_000])
def test_a_long_answer(hers: Attempt, size: int) -> None:
    assert refused(hers, 422 if size == 70_000 else 413, answer="x" * size)


def test_a_form_that_is_not_whole(hers: Attempt) -> None:
    refused(hers, 400, environ_overrides={"CONTENT_LENGTH": "1000"})


class _Gone(BytesIO):
    """What is read from somebody who has gone."""

    def read(self, _size: int | None = None) -> bytes:
        """Find that out."""
        raise OSError("nobody is there")

    readinto = read  # type: ignore[assignment]


def test_somebody_who_goes_while_sending(hers: Attempt) -> None:
    refused(hers, 400, environ_overrides={"wsgi.input": _Gone()})


@pytest.mark.parametrize("size", ["", "-1", "many", "٣"])
def test_a_form_without_a_size(hers: Attempt, size: str) -> None:
    assert hers.by_flask(environ_overrides={"CONTENT_LENGTH": size})[1]


def test_a_form_in_pieces(hers: Attempt) -> None:
    assert hers.by_flask(headers={"Transfer-Encoding": "chunked"})[1]


@pytest.mark.parametrize("sort", ["application/json", "multipart/form-data", "application/x-www-form-urlencoded; a=b"])
def test_another_sort_of_form(hers: Attempt, sort: str) -> None:
    assert hers.by_flask(content_type=sort)[1]


@pytest.mark.parametrize(("path", "status"), [("{}/", 404), ("{}%0A", 404), ("{}?a=b", 200), ("/0{}", 404)])
def test_junk_about_the_address(hers: Attempt, path: str, status: int) -> None:
    said, by_flask = hers.by_flask(address=path.format(hers.address))
    assert (said.status_code, by_flask) == (status, True)


def test_a_query_that_is_no_text(hers: Attempt) -> None:
    refused(hers, 400, environ_overrides={"QUERY_STRING": "a=\xff"})


@pytest.mark.parametrize("position", [0, 99, 2**31, "04", "٤"])
def test_a_question_that_is_not_there(hers: Attempt, position: object) -> None:
    said, by_flask = hers.by_flask(address=f"/attempts/{hers.number}/questions/{position}/save")
    assert by_flask
    assert said.status_code in (200, 404)


@pytest.mark.parametrize("method", ["GET", "PUT", "HEAD"])
def test_another_method(hers: Attempt, method: str) -> None:
    with seen_by_flask(hers.app) as seen:
        assert hers.browser.client.open(hers.address, method=method).status_code in (404, 405)
    assert seen == [method]


def test_an_attempt_that_is_not_in_memory(hers: Attempt) -> None:
    with hers.app.app_context():
        db.engines[None] = db.engine.execution_options(anew=True)
    assert [hers.by_flask(revision=revision)[1] for revision in (2, 3)] == [True, False]


# --- Hosts, https, proxies ----------------------------------------------------------------------------------------


def site(template: Template, **settings: object) -> Attempt:
    """An attempt at a site with these settings."""
    template.start_anew()
    app = make_app(Path(template.app.instance_path), **{"TESTING": False, **settings})
    browser = Browser(app.test_client())
    assert browser.sign_in("ayesha").status_code == 303
    return begun_by(browser)


def test_under_a_name_that_is_not_trusted(template: Template) -> None:
    hers = site(template, TRUSTED_HOSTS=["localhost"])
    assert not hers.by_flask()[1]
    said, by_flask = hers.by_flask(revision=3, headers={"Host": "elsewhere.example"})
    assert (said.status_code, by_flask) == (400, True)


@pytest.mark.parametrize(
    ("sender", "status", "by_flask"),
    [
        ("https://localhost/attempts/1", 200, False),
        ("https://localhost.elsewhere.example/", 400, True),
        ("https://elsewhere.example/", 400, True),
        ("http://localhost/", 400, True),
        ("", 400, True),
    ],
)
def test_by_https_it_comes_from_a_page_of_ours(hers: Attempt, sender: str, status: int, by_flask: bool) -> None:
    safely = {"base_url": "https://localhost/"}
    assert hers.save(revision=2, headers={"Referer": "https://localhost/"}, **safely).status_code == 200
    said, came = hers.by_flask(revision=3, headers={"Referer": sender}, **safely)
    assert (said.status_code, came) == (status, by_flask)


def test_behind_a_proxy_its_word_on_https_and_its_number_are_taken(template: Template) -> None:
    hers = site(template, PROXIES=1)
    told = {"X-Forwarded-Proto": "https", "X-Request-ID": "abcd-1234.ef_0"}
    ours = {**told, "Referer": "https://localhost/"}
    assert hers.by_flask(revision=2, headers=ours)[1]
    said, by_flask = hers.by_flask(revision=3, headers=ours)
    assert (said.headers["X-Request-ID"], by_flask) == ("abcd-1234.ef_0", False)
    assert hers.by_flask(revision=4, headers=told)[0].status_code == 400


# --- What is seen of it -------------------------------------------------------------------------------------------


def test_it_is_counted_like_any_other(template: Template) -> None:
    hers = site(template, METRICS_TOKEN=TOKEN)
    assert [hers.by_flask(revision=revision)[1] for revision in (2, 3, 3)] == [False, False, True]
    told = hers.browser.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    route = 'route="/attempts/<int:attempt_id>/questions/<int:position>/save"'
    assert f'quizapp_requests_total{{method="POST",{route},status="200"}} 3.0' in told
    assert f'quizapp_request_seconds_count{{method="POST",{route}}} 4.0' in told
    assert 'quizapp_answers_total{by="script",outcome="saved"} 3.0' in told
    assert 'quizapp_answers_total{by="script",outcome="newer"} 1.0' in told


def test_where_every_request_is_a_line_of_the_log_flask_writes_it(template: Template) -> None:
    assert site(template, LOG_REQUESTS=True).by_flask()[1]


def test_a_slow_statement_is_named_with_its_request(
    template: Template, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hers = site(template, LOG_FORMAT="json", SLOW_QUERY_MS=500)
    seconds = count()
    monkeypatch.setattr("quizapp.models.slow_statements.perf_counter", lambda: next(seconds))
    said, by_flask = hers.by_flask()
    line = next(line for line in lines(capsys) if str(line.get("statement")).startswith("UPDATE"))
    assert not by_flask
    assert (line["event"], line["request"]) == ("slow statement", said.headers["X-Request-ID"])
    assert (line["method"], str(line["route"])[-5:]) == ("POST", "/save")
    assert isinstance(line["person"], int)


def lines(capture: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """The log of this test, which is JSON."""
    return [json.loads(line) for line in capture.readouterr().err.splitlines() if line.startswith("{")]


# --- When the database fails --------------------------------------------------------------------------------------


@only_on_sqlite("its write lock")
def test_a_locked_database_is_told_once_and_shuts_the_gate(hers: Attempt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.models.engine.BUSY_TIMEOUT_MS", 10)
    with hers.app.app_context():
        db.engine.dispose()
    other = sqlite3.connect(Path(hers.app.instance_path) / "quizapp.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with counted(hers.app) as statements:
        said = refused_as_unavailable(hers)
    other.close()
    assert len(statements) == 1
    assert hers.app.extensions["writers_gate"].is_shut
    assert said.headers["Retry-After"] == "5"
    assert [hers.by_flask(revision=revision)[1] for revision in (2, 3)] == [True, False]


def refused_as_unavailable(hers: Attempt) -> TestResponse:
    """What is said while the database does not work."""
    said, by_flask = hers.by_flask()
    assert (said.status_code, said.json["state"], by_flask) == (503, "unavailable", True)
    return said


def test_a_full_disk_is_told_as_ever_and_nothing_is_tried_twice(
    template: Template, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hers = site(template, LOG_FORMAT="json")
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode, cause.sqlite_errorname = sqlite3.SQLITE_FULL, "SQLITE_FULL"
    tries: list[object] = []

    def fail(*_what: object) -> int:
        tries.append(_what)
        raise OperationalError("UPDATE attempt_slot", (), cause)

    monkeypatch.setattr(quick_save, "save_ordinary", fail)
    said = refused_as_unavailable(hers)
    (line,) = [line for line in lines(capsys) if line["event"] == "database failed"]
    assert (line["why"], line["request"], len(tries)) == ("full", said.headers["X-Request-ID"], 1)
    assert hers.saved() == {"text": "Ouzel"}


def test_a_mistake_of_ours_is_an_error_in_the_log(
    template: Template, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hers = site(template, LOG_FORMAT="json")
    monkeypatch.setattr(quick_save, "save_ordinary", lambda *_what: {}["missing"])
    said, by_flask = hers.by_flask()
    assert (said.status_code, said.json["state"], by_flask) == (500, "broken", True)
    assert [line["error"] for line in lines(capsys) if line["event"] == "request failed"] == ["KeyError"]
