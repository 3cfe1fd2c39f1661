"""The students of a class in the browser: a list taken in, links to choose passwords, taking out and letting in."""

import io
import re

import pytest
from flask import Flask

from quizapp.domain.access import Role
from quizapp.models import OneTimeLink, User, db
from quizapp.services import accounts
from quizapp.services.classes import roster
from tests.classes import classroom_of
from tests.conftest import NOW, Browser, person
from tests.contracts.test_html import assert_well_formed

CLASS = "/teach/classes/1"
IMPORT = f"{CLASS}/import"
NEW_PASSWORD = "another long password"


@pytest.fixture(autouse=True)
def _class(app: Flask) -> None:
    """Ayesha is in Tahir's class."""
    with app.app_context():
        classroom_of(db.session())


def inside(app: Flask) -> list[str]:
    """The usernames of those in the class."""
    with app.app_context():
        ids = roster.ids_in(db.session(), 1)
        return sorted(db.session.get_one(User, number).username or "" for number in ids)


def links(page: str) -> list[str]:
    """The links on the slips."""
    tokens = re.findall(r'http://localhost/account/choose/<wbr><span class="together">([^<]+)<', page)
    return [f"/account/choose/{token}" for token in tokens]


def test_a_list_is_looked_at_first_and_then_taken_in(app: Flask, tahir: Browser) -> None:
    text = "name,username,shoe size\nZara Ali,zara,38\n,empty,1\nAyesha,ayesha,2\nMe,tahir,3"
    preview = tahir.post(IMPORT, {"roster": text})
    assert "1 new account is made" in preview.text
    assert "These columns are not used: shoe size." in preview.text
    assert "this username belongs to somebody whom you do not teach" in preview.text
    assert inside(app) == ["ayesha"]
    done = tahir.post(IMPORT, {"roster": text, "step": "apply"})
    assert len(links(done.text)) == 1
    assert inside(app) == ["ayesha", "zara"]
    assert_well_formed(preview.text)
    assert_well_formed(done.text)


def test_a_list_sent_again_changes_nothing_and_shows_no_links(app: Flask, tahir: Browser) -> None:
    for count in (2, 0):
        page = tahir.post(IMPORT, {"roster": "Zara Ali\nOmar", "step": "apply"}).text
        assert len(links(page)) == count
    assert inside(app) == ["ayesha", "omar", "zara.ali"]
    assert "2 students are in the class already" in tahir.post(IMPORT, {"roster": "Zara Ali\nOmar"}).text


def test_a_file_is_read_and_its_text_comes_along_to_the_next_step(tahir: Browser) -> None:
    file = (io.BytesIO("Name;Username\nZoë;zoe\n".encode("cp1252")), "class.csv")
    page = tahir.post(IMPORT, {"file": file}, content_type="multipart/form-data").text
    assert "was read as Windows-1252" in page
    assert "Name;Username\nZoë;zoe" in page
    assert "Take 1 student into the class" in page


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "There is no student in it."), ("name,username\n", "There is no student in it."), ("a,b,c", "has 3 columns")],
)
def test_a_list_of_nobody_is_asked_again_and_keeps_what_was_typed(tahir: Browser, text: str, sentence: str) -> None:
    response = tahir.post(IMPORT, {"roster": text})
    assert (response.status_code, sentence in response.text, text in response.text) == (422, True, True)
    assert_well_formed(response.text)


@pytest.mark.parametrize("value", ["\x00", "💥" * 50, '"', "<script>", "=1+1", "a\tb;c,d", "x" * 3000, "١٢", "\r\n\r"])
def test_nonsense_in_a_list_is_answered(app: Flask, tahir: Browser, value: str) -> None:
    for step in ("preview", "apply"):
        assert tahir.post(IMPORT, {"roster": value, "step": step}).status_code in (200, 422)
    assert tahir.get(CLASS).status_code == 200
    file = (io.BytesIO(value.encode("utf-16")), "x")
    assert tahir.post(IMPORT, {"file": file}, content_type="multipart/form-data").status_code in (200, 422)


def test_a_new_student_chooses_a_password_by_the_slip_and_signs_in_from_then_on(app: Flask, tahir: Browser) -> None:
    (link,) = links(tahir.post(IMPORT, {"roster": "Zara Ali", "step": "apply"}).text)
    student = Browser(app.test_client())
    assert student.sign_in("zara.ali", "any password at all").status_code == 422
    assert 'value="zara.ali"' in student.get(link.lower()).text
    assert student.post(link, {"password": NEW_PASSWORD}).location == "/"
    assert "Zara Ali" in student.get("/account/password").text
    assert "no password yet" not in tahir.get(CLASS).text
    again = Browser(app.test_client())
    assert again.sign_in("zara.ali", NEW_PASSWORD).status_code == 303
    assert again.get(link).status_code == 404


def test_a_link_keeps_short_passwords_out_and_stays_good(tahir: Browser, visitor: Browser) -> None:
    (link,) = links(tahir.post("/teach/students/1/link").text)
    refused = visitor.post(link, {"password": "short"})
    assert (refused.status_code, "A password has 10 to 200 characters." in refused.text) == (422, True)
    assert_well_formed(refused.text)
    assert visitor.client.post(link, data={"password": NEW_PASSWORD}).status_code == 400
    assert visitor.post(link, {"password": NEW_PASSWORD}).status_code == 303


def test_a_link_for_who_forgot_ends_every_sign_in_and_brings_a_guest_s_practice_along(
    tahir: Browser, ayesha: Browser, visitor: Browser
) -> None:
    attempt = visitor.start("rise-practice")
    (link,) = links(tahir.post("/teach/students/1/link").text)
    assert ayesha.get("/account/password").status_code == 200
    visitor.post(link, {"password": NEW_PASSWORD})
    assert ayesha.get("/account/password").status_code == 302
    assert f'href="/attempts/{attempt}"' in visitor.get("/history").text


def test_a_link_that_does_not_work_says_what_to_do(visitor: Browser) -> None:
    for response in (visitor.get("/account/choose/nonsense"), visitor.post("/account/choose/nonsense")):
        assert (response.status_code, "ask your teacher for a new link" in response.text) == (404, True)


def test_only_teachers_of_a_student_who_may_change_the_class_make_links_and_never_for_teachers(
    app: Flask, tahir: Browser, ayesha: Browser, visitor: Browser, tamar: Browser
) -> None:
    with app.app_context():
        teacher, tamar_id = person(db.session(), "tahir").id, person(db.session(), "tamar").id
    address = "/teach/students/{}/link"
    assert [tamar.post(address.format(number)).status_code for number in (1, teacher, tamar_id, 999)] == [404] * 4
    assert ayesha.post(address.format(1)).status_code == 404
    assert visitor.post(address.format(1)).status_code == 302
    assert tahir.client.post(address.format(1)).status_code == 400
    assert tahir.get(address.format(1)).status_code == 405
    tahir.post(f"{CLASS}/shares", {"username": "tamar", "right": "view"})
    assert tamar.post(address.format(1)).status_code == 403
    arranged = {"factor": "1.5", "extra_attempts": "0"}
    assert tamar.post("/teach/students/1/accommodation", arranged).status_code == 403
    with app.app_context():
        assert db.session.scalar(db.select(OneTimeLink.id)) is None


def test_who_has_not_chosen_a_password_gets_a_new_link_with_the_others(app: Flask, tahir: Browser) -> None:
    before = links(tahir.post(IMPORT, {"roster": "Zara\nOmar", "step": "apply"}).text)
    assert "2 students have not chosen a password yet" in tahir.get(CLASS).text
    after = links(tahir.post(f"{CLASS}/links").text)
    assert len(after) == 2
    statuses = [Browser(app.test_client()).get(link).status_code for link in (*before, *after)]
    assert statuses == [404, 404, 200, 200]


def test_where_everybody_has_a_password_no_link_is_made(tahir: Browser) -> None:
    page = tahir.post(f"{CLASS}/links", follow_redirects=True).text
    assert "Everybody in the class has chosen a password." in page


def test_students_are_taken_out_after_a_look_and_let_in_again(app: Flask, tahir: Browser) -> None:
    look = tahir.get(f"{CLASS}/remove?student=1&student=2")
    assert "Take 1 student out of the class" in look.text
    assert_well_formed(look.text)
    assert inside(app) == ["ayesha"]
    assert (
        "Taken out of the class: Ayesha (test)."
        in tahir.post(f"{CLASS}/remove", {"student": ["1", "2"]}, follow_redirects=True).text
    )
    assert inside(app) == []
    assert_well_formed(tahir.get(CLASS).text)
    tahir.post(f"{CLASS}/students/1/take-back")
    assert inside(app) == ["ayesha"]
    assert tahir.post(f"{CLASS}/students/1/take-back").status_code == 404


@pytest.mark.parametrize("chosen", [[], ["2"], ["x", "-1", "9" * 40, "9" * 5000, "١"]])
def test_nobody_is_taken_out_who_is_not_in(app: Flask, tahir: Browser, chosen: list[str]) -> None:
    page = tahir.post(f"{CLASS}/remove", {"student": chosen}, follow_redirects=True).text
    assert "Choose at least one student who is in the class." in page
    assert inside(app) == ["ayesha"]


def test_later_dates_are_arranged_and_seen_on_the_page(tahir: Browser) -> None:
    sent = {"factor": "1.0", "extra_attempts": "0", "extra_days": "3"}
    page = tahir.post("/teach/students/1/accommodation", sent, follow_redirects=True).text
    assert "Due and closing dates come 3 days later." in page
    for wrong in ("61", "-1", "soon"):
        assert tahir.post("/teach/students/1/accommodation", {**sent, "extra_days": wrong}).status_code == 422


def test_the_link_of_somebody_who_left_is_worth_nothing(app: Flask, tahir: Browser, visitor: Browser) -> None:
    (link,) = links(tahir.post("/teach/students/1/link").text)
    with app.app_context():
        user = accounts.add_account(db.session(), "zed", "Zed (test)", "hash", Role.STUDENT, NOW)
        db.session.delete(person(db.session(), "ayesha"))
        db.session.commit()
        assert user.id != 1
    assert visitor.get(link).status_code == 404
