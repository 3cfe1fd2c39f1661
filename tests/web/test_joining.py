"""Joining a class in the browser."""

import pytest
from flask import Flask

from quizapp.models import Classroom, db
from quizapp.services.classes import classrooms, joining, roster
from tests.classes import classroom_of, joins_cast
from tests.conftest import NOW, PASSWORD, Browser, make_app, person
from tests.contracts.test_html import assert_well_formed

LINK = "/join/H15T0RY10"


@pytest.fixture
def classroom(app: Flask) -> int:
    """A class of Tahir's, with nobody in it."""
    with app.app_context():
        return classroom_of(db.session(), ()).id


def inside(app: Flask) -> set[int]:
    """Who is in the class."""
    with app.app_context():
        return set(roster.ids_in(db.session(), 1))


@pytest.mark.usefixtures("classroom")
def test_a_student_types_the_code_says_yes_and_is_in(app: Flask, ayesha: Browser) -> None:
    found = ayesha.post("/join", {"code": "h1st ory-lo"})
    assert found.location == LINK
    page = ayesha.get(LINK).text
    assert "<bdi>History 10</bdi>" in page
    assert "<bdi>Tahir (test)</bdi>" in page
    assert inside(app) == set()
    assert "You are in the class “History 10” now." in ayesha.post(LINK, follow_redirects=True).text
    assert inside(app) == {1}
    assert "You are in this class." in ayesha.get(LINK).text
    assert ayesha.post(LINK).status_code == 409


@pytest.mark.parametrize("code", ["", "nonsense", "---", "x" * 500, "%"])
@pytest.mark.usefixtures("classroom")
def test_a_wrong_code_is_one_sentence(ayesha: Browser, code: str) -> None:
    response = ayesha.post("/join", {"code": code})
    assert (response.status_code, response.text.count('class="field-error"')) == (422, 1)
    assert_well_formed(response.text)


def test_a_link_with_a_wrong_code_asks_for_the_code_again(ayesha: Browser) -> None:
    for answer in (ayesha.get("/join/WRONG"), ayesha.post("/join/WRONG")):
        assert (answer.status_code, "No class has this code." in answer.text) == (404, True)


@pytest.mark.usefixtures("classroom")
def test_a_visitor_who_follows_the_link_signs_up_on_the_way_and_practice_comes_along(
    app: Flask, visitor: Browser
) -> None:
    attempt = visitor.start("rise-practice")
    page = visitor.get(LINK).text
    assert "What you have practised so far comes along." in page
    assert f'href="/account/sign-up?next={LINK}"' in page
    new = {"username": "zara", "display_name": "Zara (test)", "password": PASSWORD}
    assert visitor.post(f"/account/sign-up?next={LINK}", new).location == LINK
    assert visitor.post(LINK).status_code == 303
    assert f'href="/attempts/{attempt}"' in visitor.get("/history").text
    with app.app_context():
        assert inside(app) == {person(db.session(), "zara").id}


@pytest.mark.usefixtures("classroom")
def test_nobody_joins_without_an_account_without_a_token_or_by_following_a_link(
    app: Flask, visitor: Browser, ayesha: Browser
) -> None:
    assert visitor.post(LINK).status_code == 302
    visitor.start("rise-practice")
    assert visitor.post(LINK).status_code == 302
    assert ayesha.client.post(LINK).status_code == 400
    ayesha.get(LINK)
    assert inside(app) == set()


def test_who_cannot_join_reads_why(app: Flask, classroom: int, tahir: Browser, ayesha: Browser, ben: Browser) -> None:
    ayesha.post(LINK)
    with app.app_context():
        found = db.session.get_one(Classroom, classroom)
        roster.remove(db.session(), found, [1], NOW)
        joining.let_join(db.session(), found, False)
        db.session.commit()
    assert "You teach, so you do not join classes." in tahir.post(LINK).text
    assert "only its teacher can let you in again" in ayesha.post(LINK).text
    assert "takes nobody in at present" in ben.post(LINK).text
    with app.app_context():
        classrooms.archive(db.session(), db.session.get_one(Classroom, classroom), NOW)
        db.session.commit()
    assert "has ended" in ben.get(LINK).text
    assert inside(app) == set()


def test_a_removed_student_finds_nothing_of_the_class_and_its_teacher_nothing_of_their_work(
    app: Flask, classroom: int, tamar: Browser, tahir: Browser, ayesha: Browser
) -> None:
    ayesha.post(LINK)
    with app.app_context():
        joins_cast(db.session(), "tamar")
        classroom_of(db.session(), ["ayesha"], "tamar", "Maths")
        roster.remove(db.session(), db.session.get_one(Classroom, classroom), [1], NOW)
        db.session.commit()
    assert "<bdi>History 10</bdi>" not in ayesha.get("/account/password").text
    assert tahir.get("/teach/students/1").status_code == 404
    assert tahir.post("/teach/students/1/link").status_code == 404
    assert tamar.get("/teach/students/1").status_code == 200


def limited(tmp_path_factory: pytest.TempPathFactory, **limits: str) -> Browser:
    """Somebody who finds no class whose code they guess."""
    app = make_app(tmp_path_factory.mktemp("limited"), **limits)
    with app.app_context():
        db.create_all()
    return Browser(app.test_client())


def test_a_visitor_does_not_guess_codes_for_long_from_one_address(tmp_path_factory: pytest.TempPathFactory) -> None:
    guesser = limited(tmp_path_factory, ADDRESS_LIMIT="3 per minute", JOIN_LIMIT="2 per minute")
    assert [guesser.get(f"/join/WRONG{number}").status_code for number in range(3)] == [404, 404, 404]
    assert guesser.get("/join/WRONG4").status_code == 429
    assert guesser.post("/join", {"code": "WRONG5"}).status_code == 429


def test_who_has_an_account_does_not_guess_codes_for_long_and_stops_nobody_else(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    guesser = limited(tmp_path_factory, JOIN_LIMIT="2 per minute")
    other = Browser(guesser.client.application.test_client())
    for browser, name in ((guesser, "zara"), (other, "zoe")):
        browser.post("/account/sign-up", {"username": name, "display_name": name, "password": PASSWORD})
    assert [guesser.get(f"/join/WRONG{number}").status_code for number in range(3)] == [404, 404, 429]
    assert other.get("/join/WRONG").status_code == 404


def test_the_page_of_a_code_does_not_hand_it_on(visitor: Browser, classroom: int) -> None:
    assert visitor.get(LINK).headers["Referrer-Policy"] == "strict-origin"
