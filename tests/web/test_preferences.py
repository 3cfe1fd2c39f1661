"""Help while reading: what is chosen is kept by the browser, and pages arrive as they should be."""

import pytest
from flask import Flask, get_template_attribute
from sqlalchemy import event

from quizapp.models import db
from quizapp.services.reading import PassageView
from tests.conftest import Browser, make_app, person


def choose(browser: Browser, **choices: str) -> str:
    """Send the form, and give the cookie as it came."""
    response = browser.post("/preferences", {"next": "/read/harbour", **choices})
    assert (response.status_code, response.location) == (303, "/read/harbour")
    return response.headers["Set-Cookie"]


def test_what_is_chosen_is_kept_for_a_year_where_scripts_may_read_it(visitor: Browser) -> None:
    cookie = choose(visitor, size="2", spacing="1")
    assert cookie.startswith("reading=size:2.spacing:1.passage:1.crossing:0.marker:0;")
    assert "Max-Age=31536000" in cookie
    assert "SameSite=Lax" in cookie
    assert "HttpOnly" not in cookie
    assert "Secure" not in cookie


def test_behind_https_it_travels_by_https_only(app: Flask) -> None:
    secure = Browser(make_app(app.instance_path, HTTPS=True).test_client())
    address = "https://localhost/account/sign-in"
    token = secure.get(address).text.split('name="csrf_token" value="')[1].split('"')[0]
    sent = {"csrf_token": token, "size": "2"}
    response = secure.client.post("https://localhost/preferences", data=sent, headers={"Referer": address})
    assert response.headers["Set-Cookie"].startswith("__Host-reading=size:2.")
    assert {"Secure", "Path=/"} <= set(response.headers["Set-Cookie"].split("; "))
    page = secure.get("https://localhost/read/harbour").text
    assert ('data-cookie="__Host-reading"' in page, "text-larger" in page) == (True, True)


def test_the_page_arrives_in_the_size_and_spacing_chosen(visitor: Browser) -> None:
    assert "text-larger" not in visitor.get("/read/harbour").text
    choose(visitor, size="2", spacing="1")
    assert '<html lang="en" class="text-larger spacing-wide"' in visitor.get("/read/harbour").text


def test_what_the_form_does_not_ask_stays_as_it_was(visitor: Browser) -> None:
    visitor.client.set_cookie("reading", "size:3.crossing:1.marker:1")
    assert "reading=size:3.spacing:2.passage:1.crossing:1.marker:1;" in choose(visitor, spacing="2")


@pytest.mark.parametrize("value", ["", "4", "-1", "٢", "x" * 3000, "2.spacing:2"])
def test_what_is_no_choice_changes_nothing(visitor: Browser, value: str) -> None:
    assert "reading=size:1.spacing:0.passage:1.crossing:0.marker:0;" in choose(visitor, size=value, passage=value)


@pytest.mark.parametrize("cookie", ["nonsense", "size:9", "size:2.spacing", '"><script>'])
def test_a_broken_cookie_is_no_failure(visitor: Browser, cookie: str) -> None:
    visitor.client.set_cookie("reading", cookie)
    assert visitor.get("/read/harbour").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["", "https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "/\r\nx: y", "x"]
)
def test_the_way_back_leads_to_no_other_site(visitor: Browser, elsewhere: str) -> None:
    assert visitor.post("/preferences", {"next": elsewhere}).location == "/"


def test_nothing_is_asked_of_the_database(app: Flask, ayesha: Browser) -> None:
    token, asked = ayesha.token(), []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
        event.listen(db.engine, "begin", lambda _: asked.append("BEGIN"))
    assert ayesha.client.post("/preferences", data={"csrf_token": token, "size": "2"}).status_code == 303
    assert asked == []


def test_following_a_link_chooses_nothing(visitor: Browser) -> None:
    assert visitor.get("/preferences").status_code == 405


def test_every_page_says_whose_marks_it_shows(app: Flask, visitor: Browser, ayesha: Browser) -> None:
    with app.app_context():
        number = person(db.session(), "ayesha").id
    assert 'data-person="guest">' in visitor.get("/read/harbour").text
    assert f'data-person="{number}">' in ayesha.get("/read/harbour").text
    visitor.start("rise-practice")
    assert 'data-person="guest"' not in visitor.get("/read/harbour").text


PASSAGE = PassageView("here", "harbour", "1.1", "Here", "P1", "Some words.", ())


def test_a_passage_is_known_by_its_text_whatever_is_marked_in_it() -> None:
    marked = PASSAGE.marked(["Some"])
    other = PassageView("here", "harbour", "1.1", "Here", "P1", "Other words.", ())
    assert PASSAGE.digest == marked.digest
    assert PASSAGE.digest != other.digest


@pytest.mark.parametrize(("cookie", "opened"), [("", True), ("passage:1", True), ("passage:0", False)])
def test_the_passage_beside_a_question_arrives_as_it_was_left(app: Flask, cookie: str, opened: bool) -> None:
    with app.test_request_context("/", headers={"Cookie": f"reading={cookie}"}):
        shown = get_template_attribute("macros/passages.html", "passages_to_fold")([PASSAGE])
    assert ("data-folds open>" in shown) is opened
