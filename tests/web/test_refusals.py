"""Whoever is kept out leaves a line in the log: by default, with numbers and no names."""

import json
from pathlib import Path

import pytest

from tests.conftest import Browser, Template, make_app

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def ayesha(template: Template, capsys: Capture) -> Browser:
    """Ayesha, where a line is JSON and nothing else is set but what is refused."""
    template.start_anew()
    settings = {"TRUSTED_HOSTS": ["localhost"], "METRICS_TOKEN": "a secret", "ADDRESS_LIMIT": "2 per minute"}
    app = make_app(Path(template.app.instance_path), TESTING=False, LOG_FORMAT="json", **settings)
    browser = Browser(app.test_client())
    browser.sign_in("ayesha")
    browser.token()
    capsys.readouterr()
    return browser


def refusals(capture: Capture) -> list[dict[str, object]]:
    """The lines of refused requests."""
    written = [json.loads(line) for line in capture.readouterr().err.splitlines() if line.startswith("{")]
    return [line for line in written if line["event"] == "refused"]


def test_a_page_for_others_is_a_line_with_number_route_and_person(ayesha: Browser, capsys: Capture) -> None:
    answer = ayesha.get("/admin/people/3")
    (line,) = refusals(capsys)
    assert (line["level"], line["route"], line["status"]) == ("warning", "/admin/people/<int:user_id>", 404)
    assert (line["request"], line["why"]) == (answer.headers["X-Request-ID"], "a page for others")
    assert isinstance(line["person"], int)


def test_a_record_of_somebody_else_is_a_line(ayesha: Browser, capsys: Capture) -> None:
    ayesha.get("/attempts/999")
    assert [line["why"] for line in refusals(capsys)] == ["not theirs, or not there"]


def test_a_form_without_its_token_is_a_line(ayesha: Browser, capsys: Capture) -> None:
    assert ayesha.client.post("/account/sign-out").status_code == 400
    assert [line["why"] for line in refusals(capsys)] == ["no token that is good here"]


def test_another_name_of_the_site_is_a_line_with_a_number(ayesha: Browser, capsys: Capture) -> None:
    answer = ayesha.get("/", base_url="http://evil.example")
    (line,) = refusals(capsys)
    assert (line["why"], line["status"]) == ("asked for under another name", 400)
    assert line["request"] == answer.headers["X-Request-ID"]


def test_figures_without_the_token_are_a_line_that_tells_no_token(ayesha: Browser, capsys: Capture) -> None:
    ayesha.get("/metrics", headers={"Authorization": "Bearer guessed"})
    (line,) = refusals(capsys)
    assert (line["why"], "guessed" in json.dumps(line)) == ("no token for the figures", False)


def test_too_many_tries_are_a_line_without_the_code_that_was_tried(ayesha: Browser, capsys: Capture) -> None:
    answers = [ayesha.get(f"/account/choose/GUESS{number}").status_code for number in range(3)]
    lines = refusals(capsys)
    assert (answers, lines[-1]["why"]) == ([404, 404, 429], "too many tries")
    assert "GUESS" not in json.dumps(lines)


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/x/nothing.css", "/account/sign-in"])
def test_what_is_no_refusal_is_no_line(ayesha: Browser, capsys: Capture, path: str) -> None:
    ayesha.get(path)
    assert refusals(capsys) == []
