"""The page of who in a class needs help."""

import pytest
from flask import Flask

from quizapp.domain.access import Right
from quizapp.models import Classroom, db
from quizapp.services.sharing import give_right
from tests.classes import classroom_of
from tests.conftest import Browser, person
from tests.contracts.test_html import assert_well_formed
from tests.gradebooks import took

PAGE = "/teach/classes/1/help"
WRONG = {1: 2, 3: "true", 4: "Ouse", 5: "1850"}


@pytest.fixture(autouse=True)
def _class_that_misread(app: Flask) -> None:
    """Ayesha and Ben got four questions wrong."""
    with app.app_context():
        classroom_of(db.session(), ("ayesha", "ben"))
        for username in ("ayesha", "ben"):
            took(db.session(), username, "whole-test", WRONG)


def test_students_stand_beside_the_objective_and_the_passage(tahir: Browser) -> None:
    page = tahir.get(PAGE).text
    assert_well_formed(page)
    for words in ("Date the events", "2 of 2", "2.1 Silt", 'href="/teach/students/1"', "of 3 questions"):
        assert words in page


def test_misread_lines_are_marked_in_their_passage(tahir: Browser) -> None:
    page = tahir.get(PAGE).text
    assert '<mark class="evidence">The river Ouzel filled the harbour</mark>' in page
    assert "2 of 2 students misread it" in page
    assert "they gave an answer it speaks against" in page


def test_the_threshold_stands_in_the_address(tahir: Browser) -> None:
    page = tahir.get(f"{PAGE}?below=0").text
    assert 'value="0"' in page
    assert "0 of 2" in page
    assert "nobody" in page


@pytest.mark.parametrize("below", ["", "-1", "101", "x", "9" * 40])
def test_a_threshold_that_is_none_is_the_usual_one(tahir: Browser, below: str) -> None:
    assert 'value="60"' in tahir.get(PAGE, query_string={"below": below}).text


def test_a_class_without_answers_says_so(app: Flask, tahir: Browser) -> None:
    with app.app_context():
        classroom_of(db.session(), (), name="Empty")
    assert "No student of this class has finished a quiz yet." in tahir.get("/teach/classes/2/help").text


def test_the_page_is_for_the_teachers_of_the_class(
    app: Flask, visitor: Browser, ayesha: Browser, tahir: Browser, tamar: Browser
) -> None:
    assert visitor.get(PAGE).status_code == 302
    assert ayesha.get(PAGE).status_code == 404
    assert tamar.get(PAGE).status_code == 404
    assert tahir.get("/teach/classes/999/help").status_code == 404
    with app.app_context():
        give_right(db.session(), db.session.get_one(Classroom, 1), person(db.session(), "tamar").id, Right.VIEW)
        db.session.commit()
    assert tamar.get(PAGE).status_code == 200
