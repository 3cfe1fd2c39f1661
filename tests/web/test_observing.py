"""Numbers of requests, health, readiness, the log and the figures."""

import json
import logging
import re
import sqlite3
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import pytest
from flask import Flask, request
from sqlalchemy.exc import OperationalError

from quizapp.models import db
from quizapp.web.observing.tracebacks import traceback_of
from tests.conftest import PASSWORD, Browser, Template, make_app
from tests.databases import only_on_sqlite

TOKEN = "a token that only Prometheus knows"
Capture = pytest.CaptureFixture[str]
MakeSite = Callable[..., Browser]


@pytest.fixture
def site(template: Template) -> MakeSite:
    """Gives a browser of a site with these settings, with the bank and the cast."""
    template.start_anew()
    folder = Path(template.app.instance_path)
    return lambda **settings: Browser(make_app(folder, **{"TESTING": False, **settings}).test_client())


def app_of(browser: Browser) -> Flask:
    app: Flask = browser.client.application
    return app


def put_in_place(browser: Browser, endpoint: str, view: Callable[[], str]) -> None:
    """Let another view answer, for the same people."""
    views = app_of(browser).view_functions
    views[endpoint] = wraps(views[endpoint])(lambda **_: view())


def fail_with(browser: Browser, error: Exception) -> None:
    """Let a page fail, and the saving of answers."""

    def fail() -> str:
        raise error

    browser.token()
    for endpoint in ("home.index", "taking.save", "taking.answer", "account.sign_in"):
        put_in_place(browser, endpoint, fail)


def locked() -> Exception:
    cause = sqlite3.OperationalError("database is locked by somebody-secret")
    cause.sqlite_errorcode, cause.sqlite_errorname = sqlite3.SQLITE_BUSY, "SQLITE_BUSY"
    return OperationalError("UPDATE attempt_slot", ("secret answer",), cause)


# --- Numbers of requests -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/nowhere", "/healthz", "/static/old/css/base.css"])
def test_every_response_has_a_number_of_its_own(visitor: Browser, path: str) -> None:
    numbers = {visitor.get(path).headers["X-Request-ID"] for _ in range(3)}
    assert len(numbers) == 3
    assert all(re.fullmatch("[0-9a-f]{16}", number) for number in numbers)


def test_a_number_that_anybody_sends_is_not_taken(site: MakeSite) -> None:
    sent = {"X-Request-ID": "given-by-a-stranger"}
    assert site().get("/healthz", headers=sent).headers["X-Request-ID"] != "given-by-a-stranger"


@pytest.mark.parametrize(
    ("number", "taken"), [("abcd-1234.ef_0", True), ("short", False), ("a" * 65, False), ("two words here", False)]
)
def test_the_number_that_a_proxy_gives_is_taken_if_it_is_one(site: MakeSite, number: str, taken: bool) -> None:
    answer = site(PROXIES=1).get("/healthz", headers={"X-Request-ID": number})
    assert (answer.headers["X-Request-ID"] == number) is taken


def test_error_pages_show_the_number(site: MakeSite) -> None:
    browser = site()
    missing = browser.get("/nowhere")
    assert missing.headers["X-Request-ID"] in missing.text
    fail_with(browser, ValueError("secret"))
    broken = browser.get("/")
    assert (broken.status_code, broken.headers["X-Request-ID"] in broken.text) == (500, True)
    assert "secret" not in broken.text


# --- Health and readiness ----------------------------------------------------------------------------------------


def test_health_asks_nothing_and_leaves_nothing(site: MakeSite) -> None:
    browser = site()
    with app_of(browser).app_context():
        db.engine.dispose()
    answer = browser.get("/healthz")
    assert (answer.status_code, answer.text, answer.headers.get("Set-Cookie")) == (200, "ok\n", None)
    with app_of(browser).app_context():
        assert db.engine.pool.checkedin() == 0


def test_a_migrated_database_that_can_be_written_is_ready(site: MakeSite) -> None:
    answer = site().get("/readyz")
    assert (answer.status_code, answer.text, answer.headers.get("Set-Cookie")) == (200, "ok\n", None)


def test_tables_of_another_version_are_not_ready(site: MakeSite) -> None:
    browser = site()
    with app_of(browser).app_context():
        db.session.execute(db.text("UPDATE alembic_version SET version_num = '0001'"))
        db.session.commit()
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "migrations\n")


@only_on_sqlite("a file that is gone")
def test_a_database_that_is_gone_is_not_ready_and_is_not_made_anew(site: MakeSite) -> None:
    browser = site()
    file = Path(app_of(browser).instance_path) / "quizapp.db"
    file.unlink()
    assert browser.get("/readyz").text == "gone\n"
    assert not file.exists()


def test_an_answer_about_the_database_holds_for_a_second(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = site()
    asked = app_of(browser).extensions["readiness"]
    found = iter(["locked", ""])
    monkeypatch.setattr(asked, "_find_out", lambda: next(found))
    assert [browser.get("/readyz").status_code for _ in range(3)] == [503, 503, 503]
    monkeypatch.setattr(asked, "_until", 0)
    assert browser.get("/readyz").status_code == 200


# --- When the database fails -------------------------------------------------------------------------------------


def test_a_page_is_honestly_refused_and_says_when_to_come_again(site: MakeSite) -> None:
    browser = site()
    fail_with(browser, locked())
    answer = browser.get("/?from=here")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert 'href="/?from=here"' in answer.text
    assert "locked" not in answer.text


def test_a_form_that_could_not_be_saved_is_kept_on_the_page(site: MakeSite) -> None:
    browser = site()
    attempt = browser.start("rise-practice")
    fail_with(browser, locked())
    answer = browser.answer(attempt, 1, 'a "typed" answer')
    assert answer.status_code == 503
    assert f'action="/attempts/{attempt}/questions/1"' in answer.text
    assert 'name="answer" value="a &#34;typed&#34; answer"' in answer.text
    assert 'name="csrf_token"' in answer.text


def test_a_password_is_never_kept_on_a_page(site: MakeSite) -> None:
    browser = site()
    browser.token()
    fail_with(browser, locked())
    answer = browser.post("/account/sign-in", {"username": "ayesha", "password": PASSWORD})
    assert answer.status_code == 503
    assert PASSWORD not in answer.text


@pytest.mark.parametrize(("error", "status", "state"), [(locked(), 503, "unavailable"), (KeyError(1), 500, "broken")])
def test_a_script_is_told_so_in_json_and_sends_again(site: MakeSite, error: Exception, status: int, state: str) -> None:
    browser = site()
    attempt = browser.start("rise-practice")
    fail_with(browser, error)
    asked = {"Accept": "application/json"}
    answer = browser.post(f"/attempts/{attempt}/questions/1/save", {"answer": "1", "revision": 1}, headers=asked)
    assert (answer.status_code, answer.json["state"]) == (status, state)
    assert answer.json["now"] > 0


# --- The log -----------------------------------------------------------------------------------------------------


def lines(capture: Capture) -> list[dict[str, object]]:
    """The log of this test, which is JSON."""
    return [json.loads(line) for line in capture.readouterr().err.splitlines() if line.startswith("{")]


def test_a_request_is_a_line_with_its_route_and_no_address(site: MakeSite, capsys: Capture) -> None:
    browser = site(LOG_REQUESTS=True, LOG_FORMAT="json")
    browser.sign_in("ayesha")
    answer = browser.get("/join/SECRET?token=SECRET")
    found = [line for line in lines(capsys) if line["event"] == "request"][-1]
    assert (found["event"], found["method"], found["route"]) == ("request", "GET", "/join/<code>")
    assert (found["status"], found["request"]) == (answer.status_code, answer.headers["X-Request-ID"])
    assert isinstance(found["person"], int)
    assert isinstance(found["ms"], float)
    assert "SECRET" not in json.dumps(found)


def test_requests_are_not_logged_unless_they_are_to_be(site: MakeSite, capsys: Capture) -> None:
    site(LOG_FORMAT="json").get("/")
    assert lines(capsys) == []


def test_an_error_is_logged_with_its_traceback_and_without_its_words(site: MakeSite, capsys: Capture) -> None:
    browser = site(LOG_FORMAT="json")
    fail_with(browser, ValueError("what ayesha typed"))
    number = browser.get("/").headers["X-Request-ID"]
    (found,) = lines(capsys)
    assert (found["event"], found["request"], found["error"]) == ("request failed", number, "ValueError")
    assert "test_observing.py" in str(found["exception"])
    assert "ayesha" not in json.dumps(found)


def test_the_words_of_a_mistake_in_the_program_are_told() -> None:
    def fail() -> None:
        try:
            None.missing  # type: ignore[attr-defined]  # noqa: B018
        except AttributeError as error:
            raise KeyError("a name") from error

    with pytest.raises(KeyError) as caught:
        fail()
    told = traceback_of(caught.value)
    assert "AttributeError: 'NoneType' object has no attribute 'missing'" in told
    assert told.endswith("KeyError")


def test_text_is_for_people(site: MakeSite, capsys: Capture) -> None:
    site(LOG_REQUESTS=True).get("/healthz")
    line = capsys.readouterr().err.splitlines()[-1]
    assert re.search(r"^\S+Z \[info *\] request +", line)
    assert "route=/healthz" in line


def test_what_a_library_repeats_of_what_was_sent_makes_no_line_of_its_own(site: MakeSite, capsys: Capture) -> None:
    site()
    logging.getLogger("some.library").warning("odd header: %s", "x\n2026-03-14 [warning] forged\x1b[2J")
    (line,) = capsys.readouterr().err.splitlines()
    assert ("forged" in line, "\x1b" in line) == (True, False)


def test_a_slow_statement_is_named_without_its_values(site: MakeSite, capsys: Capture) -> None:
    browser = site(LOG_FORMAT="json", SLOW_QUERY_MS=1)

    def slow() -> str:
        sleep = "SELECT :secret, " + (
            "count(*) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) "
            "SELECT i FROM n) AS numbers"
        )
        db.session.execute(db.text(sleep), {"secret": "what ayesha typed"})
        return ""

    put_in_place(browser, "home.index", slow)
    browser.get("/")
    found = [line for line in lines(capsys) if "RECURSIVE" in str(line.get("statement"))]
    assert (len(found), found[0]["event"], found[0]["route"]) == (1, "slow statement", "/")
    assert "ayesha" not in json.dumps(found)


SECRETS = ("sesame-password", "sesame-answer", "sesame-name", "sesame-token", "sesame-code")


@pytest.mark.parametrize("fails", [None, ValueError, KeyError, locked])
def test_no_answer_password_token_or_name_is_ever_in_the_log(
    site: MakeSite, capsys: Capture, fails: Callable[..., Exception] | None
) -> None:
    browser = site(LOG_REQUESTS=True, LOG_FORMAT="json", SLOW_QUERY_MS=1, METRICS_TOKEN=TOKEN)
    attempt = browser.start("rise-practice")
    if fails is not None:
        error = fails(*SECRETS) if fails is not locked else fails()
        app_of(browser).before_request_funcs[None].append(lambda: _raise_on_post(error))
    ways = [rule for rule in app_of(browser).url_map.iter_rules() if "POST" in (rule.methods or ())]
    form = {
        "username": "sesame-name", "display_name": "sesame-name", "name": "sesame-name", "stem": "sesame-answer",
        "password": "sesame-password", "current": "sesame-password", "code": "sesame-code", "token": "sesame-token",
        "answer": "sesame-answer", "answer-1": "sesame-answer", "text": "sesame-answer", "reason": "sesame-answer",
    }  # fmt: skip
    for rule in ways:
        names = {"token": "sesame-token", "code": "sesame-code", "slug": "sesame-name", "attempt_id": attempt}
        with app_of(browser).test_request_context():
            values = {name: names.get(name, "sesame-name" if name == "kind_name" else 1) for name in rule.arguments}
            address = app_of(browser).url_for(rule.endpoint, **values)
        browser.post(f"{address}?next=sesame-token", form)
    written = capsys.readouterr().err
    assert written.count('"request"') > len(ways)
    assert not [secret for secret in SECRETS if secret in written]


def _raise_on_post(error: Exception) -> None:
    if request.method == "POST":
        raise error


# --- The figures -------------------------------------------------------------------------------------------------


def test_the_figures_are_only_for_who_shows_the_token(site: MakeSite) -> None:
    browser = site(METRICS_TOKEN=TOKEN)
    assert browser.get("/metrics").status_code == 404
    assert browser.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
    assert browser.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_without_a_token_nobody_sees_figures(site: MakeSite) -> None:
    assert site().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_requests_answers_and_statements_are_counted(site: MakeSite) -> None:
    browser = site(METRICS_TOKEN=TOKEN)
    attempt = browser.start("rise-practice")
    save = f"/attempts/{attempt}/questions/1/save"
    for revision in (2, 1):
        browser.post(save, {"answer": "1", "revision": revision})
    browser.client.open("/", method="INVENTED")
    told = browser.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    route = 'route="/attempts/<int:attempt_id>/questions/<int:position>/save"'
    assert f'quizapp_requests_total{{method="POST",{route},status="200"}} 1.0' in told
    assert 'quizapp_answers_total{by="script",outcome="saved"} 1.0' in told
    assert 'quizapp_answers_total{by="script",outcome="newer"} 1.0' in told
    assert 'method="other"' in told
    assert "INVENTED" not in told
    assert re.search(r'quizapp_statement_seconds_count\{verb="UPDATE"\} [1-9]', told)
    assert re.search(r'process_resident_memory_bytes\{pid="\d+"\} \d', told)
    assert "quizapp_hashing_waiting 0.0" in told
    assert "quizapp_connections_in_use 0.0" in told
