"""A teacher's classes in the browser: making one, its code, its settings, and whom else it belongs to."""

import re

import pytest
from flask import Flask

from quizapp.domain.access import Right
from quizapp.models import Classroom, db
from quizapp.services import sharing
from quizapp.services.classes import classrooms
from tests.classes import classroom_of, joins_cast
from tests.conftest import NOW, Browser, person
from tests.contracts.test_html import assert_well_formed

CLASS = "/teach/classes/1"
PAGES = [CLASS, f"{CLASS}/joining", f"{CLASS}/settings", f"{CLASS}/import"]
DEEDS = [
    (f"{CLASS}/joining", {"joining": "no"}),
    (f"{CLASS}/code", {}),
    (f"{CLASS}/settings", {"class_name": "New"}),
    (f"{CLASS}/archive", {}),
    (f"{CLASS}/unarchive", {}),
    (f"{CLASS}/shares", {"username": "tahir", "right": "view"}),
    (f"{CLASS}/remove", {"student": "1"}),
    (f"{CLASS}/students/1/take-back", {}),
    (f"{CLASS}/import", {"roster": "Zara", "step": "apply"}),
    (f"{CLASS}/links", {}),
]


@pytest.fixture(autouse=True)
def _class(app: Flask) -> None:
    """Ayesha is in Tahir's class; Tamar teaches, too."""
    with app.app_context():
        joins_cast(db.session(), "tamar")
        classroom_of(db.session())


def shared(app: Flask, username: str, right: Right) -> None:
    """Share the class."""
    with app.app_context():
        sharing.share(db.session(), db.session.get_one(Classroom, 1), username, right)
        db.session.commit()


def archived(app: Flask) -> None:
    """Put the class away."""
    with app.app_context():
        classrooms.archive(db.session(), db.session.get_one(Classroom, 1), NOW)
        db.session.commit()


def test_a_class_is_made_and_shows_how_to_join_it(tahir: Browser) -> None:
    page = tahir.post("/teach/classes", {"class_name": "Maths 8"}, follow_redirects=True).text
    assert "Join Maths 8" in page
    assert ">Maths 8<" in tahir.get("/teach/classes").text


@pytest.mark.parametrize("name", ["", "   ", "\x00", "x" * 121])
def test_a_class_without_a_proper_name_is_asked_again(tahir: Browser, name: str) -> None:
    response = tahir.post("/teach/classes", {"class_name": name})
    assert (response.status_code, 'id="class_name-error"' in response.text) == (422, True)
    assert 'id="class_name-error"' in tahir.post(f"{CLASS}/settings", {"class_name": name}).text


def test_the_code_stands_there_for_the_wall_with_its_link_and_a_picture(tahir: Browser) -> None:
    page = tahir.get(f"{CLASS}/joining").text
    assert "H15T-0RY1-0" in page
    assert "http://localhost/join/H15T0RY10" in page
    assert re.search(r'<svg aria-hidden="true"[^>]*>', page)


def test_a_new_code_ends_the_old_one(tahir: Browser, ayesha: Browser) -> None:
    assert ayesha.get("/join/H15T0RY10").status_code == 200
    tahir.post(f"{CLASS}/code")
    assert ayesha.get("/join/H15T0RY10").status_code == 404


def test_joining_is_closed_and_opened_again(tahir: Browser, ben: Browser) -> None:
    assert (
        "Nobody can join by the code now"
        in tahir.post(f"{CLASS}/joining", {"joining": "no"}, follow_redirects=True).text
    )
    assert ben.post("/join/H15T0RY10").status_code == 409
    tahir.post(f"{CLASS}/joining", {"joining": "yes"})
    assert ben.post("/join/H15T0RY10").status_code == 303


def test_an_archived_class_is_folded_away_and_changes_in_nothing_but_that(app: Flask, tahir: Browser) -> None:
    tahir.post(f"{CLASS}/archive")
    assert "1 archived class" in tahir.get("/teach/classes").text
    for address, sent in DEEDS[:3] + DEEDS[6:]:
        page = tahir.post(address, sent, follow_redirects=True).text
        assert "This class is archived, so nothing was changed." in page, address
    with app.app_context():
        assert db.session.get_one(Classroom, 1).name == "History 10"
    tahir.post(f"{CLASS}/unarchive")
    assert "archived class" not in tahir.get("/teach/classes").text


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_of_a_class_are_there_for_its_teachers_and_well_formed(tahir: Browser, address: str) -> None:
    assert_well_formed(tahir.get(address).text)
    assert tahir.get(address.replace("/1", "/999")).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_the_class_of_another_teacher_and_a_student_s_own_class_are_not_found(
    tamar: Browser, ayesha: Browser, address: str
) -> None:
    assert tamar.get(address).status_code == 404
    assert ayesha.get(address).status_code == 404


@pytest.mark.parametrize(("address", "sent"), DEEDS)
def test_nobody_but_its_teachers_does_anything_with_a_class(
    app: Flask,
    tamar: Browser,
    tahir: Browser,
    ayesha: Browser,
    visitor: Browser,
    address: str,
    sent: dict[str, str],
) -> None:
    assert tamar.post(address, sent).status_code == 404
    assert ayesha.post(address, sent).status_code == 404
    assert visitor.post(address, sent).status_code == 302
    assert tahir.client.post(address, data=sent).status_code == 400
    assert tahir.post(address.replace("/1", "/999", 1), sent).status_code == 404
    shared(app, "tamar", Right.VIEW)
    assert tamar.post(address, sent).status_code == 403


@pytest.mark.parametrize("address", [f"{CLASS}/code", f"{CLASS}/archive", f"{CLASS}/shares", f"{CLASS}/links"])
def test_following_a_link_changes_nothing(tahir: Browser, address: str) -> None:
    assert tahir.get(address).status_code == 405


def test_an_editor_changes_the_class_but_neither_shares_nor_archives_it(app: Flask, tamar: Browser) -> None:
    shared(app, "tamar", Right.EDIT)
    assert tamar.post(f"{CLASS}/settings", {"class_name": "Maths"}).status_code == 303
    assert tamar.post(f"{CLASS}/archive").status_code == 403
    assert tamar.post(f"{CLASS}/shares", {"username": "tamar", "right": "own"}).status_code == 403


def test_who_may_only_look_is_offered_nothing_to_change(app: Flask, tamar: Browser) -> None:
    shared(app, "tamar", Right.VIEW)
    for address in PAGES[:3]:
        page = tamar.get(address).text
        forms = re.findall(r'<form[^>]*method="post"[^>]*action="(/teach[^"]*)"', page)
        assert set(forms) <= {f"{CLASS}/shares"}, address
    assert 'action="/teach/students/1/link"' not in tamar.get("/teach/students/1").text


def rights(app: Flask) -> dict[str, str]:
    """Who may do what with the class, by username."""
    with app.app_context():
        shares = sharing.shares_of(db.session(), db.session.get_one(Classroom, 1))
        return {share.user.username or "": share.right.value for share in shares}


def test_a_class_is_shared_with_a_teacher_changed_and_shared_no_more(app: Flask, tahir: Browser) -> None:
    address = f"{CLASS}/shares"
    page = tahir.post(address, {"username": " Tamar ", "right": "view"}, follow_redirects=True).text
    assert "Tamar (test) may now look at it and use it." in page
    tahir.post(address, {"username": "tamar", "right": "edit"})
    assert rights(app) == {"tahir": "own", "tamar": "edit"}
    tahir.post(address, {"username": "tamar", "right": "none"})
    assert rights(app) == {"tahir": "own"}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"username": "nobody", "right": "view"}, "No teacher has the username “nobody”."),
        ({"username": "ayesha", "right": "view"}, "No teacher has the username “ayesha”."),
        ({"username": "", "right": "view"}, "Type the username of a teacher."),
        ({"username": "tamar", "right": "all"}, "Choose what they may do."),
        ({"username": "tahir", "right": "view"}, "Somebody must own it."),
        ({"username": "tahir", "right": "none"}, "Somebody must own it."),
    ],
)
def test_what_cannot_be_shared_is_said_in_a_sentence(
    app: Flask, tahir: Browser, sent: dict[str, str], sentence: str
) -> None:
    response = tahir.post(f"{CLASS}/shares", sent)
    assert (response.status_code, sentence in response.text) == (422, True)
    assert_well_formed(response.text)
    assert rights(app) == {"tahir": "own"}


def test_a_co_teacher_gives_up_their_own_right_and_is_led_away(app: Flask, tamar: Browser) -> None:
    shared(app, "tamar", Right.VIEW)
    left = tamar.post(f"{CLASS}/shares", {"username": "tamar", "right": "none"})
    assert left.location == "/teach/classes"
    assert rights(app) == {"tahir": "own"}


def test_a_student_sees_the_class_and_its_teacher_on_the_account_page(ayesha: Browser, ben: Browser) -> None:
    page = ayesha.get("/account/password").text
    assert "<bdi>History 10</bdi>" in page
    assert "<bdi>Tahir (test)</bdi>" in page
    assert "You are in no class." in ben.get("/account/password").text


def test_the_list_of_students_is_filtered_by_class(tahir: Browser) -> None:
    everybody, some = tahir.get("/teach/students").text, tahir.get("/teach/students?class=1").text
    assert ("Ben (test)" in everybody, "Ben (test)" in some, "Ayesha (test)" in some) == (True, False, True)
    assert "Ben (test)" in tahir.get("/teach/students?class=999").text


def test_a_teacher_who_leaves_is_told_what_becomes_of_the_class(app: Flask, tahir: Browser) -> None:
    assert "this class is archived, because nobody else teaches it" in tahir.get("/account/delete").text
    shared(app, "tamar", Right.VIEW)
    assert "Tamar (test) becomes its owner." in tahir.get("/account/delete").text
    with app.app_context():
        assert person(db.session(), "tamar").role == "teacher"
