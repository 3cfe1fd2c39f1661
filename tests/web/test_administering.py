"""The pages of those who run the site."""

import csv
import io
import zipfile

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.models import User, db
from quizapp.services import accounts, administering, audit, leaving
from quizapp.services.leaving import OnlyAdministrator, Remains
from tests.classes import classroom_of
from tests.conftest import NOW, PASSWORD, Browser, person
from tests.contracts.test_html import assert_well_formed


@pytest.fixture
def adele(app: Flask) -> Browser:
    """A teacher who runs the site, signed in."""
    with app.app_context():
        hashed = person(db.session(), "tahir").password_hash
        accounts.add_account(db.session(), "adele", "Adele (test)", hashed, Role.TEACHER, NOW, administers=True)
        db.session.commit()
    browser = Browser(app.test_client())
    assert browser.sign_in("adele").status_code == 303
    return browser


def number_of(app: Flask, username: str) -> int:
    """Somebody's number."""
    with app.app_context():
        return person(db.session(), username).id


def page_of(app: Flask, username: str) -> str:
    """The address of somebody's page."""
    return f"/admin/people/{number_of(app, username)}"


def standing(app: Flask, username: str) -> User:
    """Somebody as they are now."""
    with app.app_context():
        found = person(db.session(), username)
        db.session.expunge(found)
        return found


@pytest.mark.parametrize("address", ["/admin/", "/admin/log", "/admin/log.csv", "/admin/people", "/admin/retention"])
def test_the_pages_are_there_for_who_runs_the_site_and_for_no_other_teacher(
    adele: Browser, tahir: Browser, address: str
) -> None:
    assert adele.get(address).status_code == 200
    assert tahir.get(address).status_code == 404
    assert 'href="/admin/"' not in tahir.get("/").text
    assert 'href="/admin/"' in adele.get("/").text


def test_people_are_found_by_name_and_username_and_role(adele: Browser) -> None:
    assert "Ayesha (test)" in adele.get("/admin/people?words=AYE").text
    assert "Ayesha (test)" not in adele.get("/admin/people?words=aye&role=teacher").text
    assert "Nobody here has these words" in adele.get("/admin/people?words=%25").text


def test_a_link_made_here_lets_the_person_choose_a_password_once(app: Flask, adele: Browser, visitor: Browser) -> None:
    page = adele.post(f"{page_of(app, 'ayesha')}/link").text
    link = page.split('value="http://localhost')[1].split('"')[0]
    assert visitor.post(link, {"password": "another long password"}).status_code == 303
    assert visitor.post(link, {"password": "another long password"}).status_code == 404


def test_somebody_is_signed_out_everywhere(app: Flask, adele: Browser, ayesha: Browser) -> None:
    assert ayesha.get("/account/password").status_code == 200
    assert adele.post(f"{page_of(app, 'ayesha')}/sign-out").status_code == 303
    assert ayesha.get("/account/password").status_code == 302


def test_another_teacher_runs_the_site_too_and_then_the_first_need_not(app: Flask, adele: Browser) -> None:
    assert (
        "Nobody else runs the site"
        in adele.post(f"{page_of(app, 'adele')}/administers", {"administers": "no"}, follow_redirects=True).text
    )
    adele.post(f"{page_of(app, 'tahir')}/administers", {"administers": "yes"})
    assert standing(app, "tahir").administers
    assert adele.post(f"{page_of(app, 'adele')}/administers", {"administers": "no"}).location == "/"
    assert not standing(app, "adele").administers
    assert adele.get("/admin/").status_code == 404


def test_a_student_cannot_run_the_site(app: Flask, adele: Browser) -> None:
    response = adele.post(f"{page_of(app, 'ayesha')}/administers", {"administers": "yes"}, follow_redirects=True)
    assert "Only a teacher can run the site" in response.text
    assert not standing(app, "ayesha").administers


def change_meanwhile(session: Session, username: str, **values: object) -> None:
    """Somebody else changes an account that was read before, as another process may."""
    changed = db.update(User).where(User.username == username).values(**values)
    session.execute(changed, execution_options={"synchronize_session": False})


def test_the_last_who_runs_the_site_stays_though_it_was_read_that_others_do_too(session: Session) -> None:
    tahir = person(session, "tahir")
    change_meanwhile(session, "tahir", administers=True)
    assert not tahir.administers
    with pytest.raises(OnlyAdministrator):
        leaving.leave(session, tahir, Remains.NOTHING, NOW)
    with pytest.raises(OnlyAdministrator):
        administering.let_administer(session, tahir, False)


def test_who_became_a_student_meanwhile_does_not_get_to_run_the_site(session: Session) -> None:
    tahir = person(session, "tahir")
    change_meanwhile(session, "tahir", role=Role.STUDENT)
    assert tahir.role is Role.TEACHER
    with pytest.raises(administering.NotATeacher):
        administering.let_administer(session, tahir, True)


def test_a_student_who_becomes_a_teacher_keeps_the_attempts_and_leaves_the_class(
    app: Flask, adele: Browser, ayesha: Browser
) -> None:
    attempt = ayesha.start("rise-practice")
    with app.app_context():
        classroom_of(db.session())
    adele.post(f"{page_of(app, 'ayesha')}/role", {"role": "teacher"})
    assert ayesha.get("/teach/").status_code == 200
    assert f'href="/attempts/{attempt}"' in ayesha.get("/history").text
    assert ">History 10<" not in adele.get(page_of(app, "ayesha")).text


def test_a_teacher_who_becomes_a_student_has_no_right_on_anything_any_more(
    app: Flask, adele: Browser, tahir: Browser
) -> None:
    with app.app_context():
        classroom_of(db.session())
    assert "this class is archived" in adele.get(page_of(app, "tahir")).text
    adele.post(f"{page_of(app, 'tahir')}/role", {"role": "student"})
    assert tahir.get("/teach/").status_code == 404
    with app.app_context():
        assert db.session.execute(db.text("SELECT archived IS NOT NULL FROM classroom")).scalar_one()
        assert db.session.execute(db.text("SELECT count(*) FROM share")).scalar_one() == 0


def test_who_runs_the_site_alone_stays_a_teacher(app: Flask, adele: Browser) -> None:
    adele.post(f"{page_of(app, 'adele')}/role", {"role": "student"})
    assert standing(app, "adele").role is Role.TEACHER


@pytest.mark.parametrize(("deed", "fields"), [("administers", {"administers": "maybe"}), ("role", {"role": "guest"})])
def test_what_is_none_of_the_choices_is_refused(
    app: Flask, adele: Browser, deed: str, fields: dict[str, object]
) -> None:
    assert adele.post(f"{page_of(app, 'ayesha')}/{deed}", fields).status_code == 400


def test_what_is_kept_of_somebody_is_the_same_file_that_they_can_download(
    app: Flask, adele: Browser, ayesha: Browser
) -> None:
    ayesha.start("rise-practice")
    theirs = zipfile.ZipFile(io.BytesIO(adele.get(f"{page_of(app, 'ayesha')}/data.zip").data))
    own = zipfile.ZipFile(io.BytesIO(ayesha.get("/account/data.zip").data))
    assert theirs.namelist() == own.namelist()
    assert theirs.read("answers.csv") == own.read("answers.csv")
    log = list(csv.DictReader(io.StringIO(own.read("log.csv").decode("utf-8-sig"))))
    assert [(row["deed"], row["by whom"]) for row in log] == [("data.downloaded", "somebody else")]


def test_somebody_is_erased_when_their_username_is_typed(app: Flask, adele: Browser, ayesha: Browser) -> None:
    page = page_of(app, "ayesha")
    wrong = adele.post(f"{page}/erase", {"typed": "ben"})
    assert (wrong.status_code, "This is not the username" in wrong.text) == (422, True)
    assert adele.post(f"{page}/erase", {"typed": " Ayesha "}).location == "/admin/people"
    assert adele.get(page).status_code == 404
    assert ayesha.get("/account/password").status_code == 302


def test_the_only_teacher_cannot_be_erased(app: Flask, adele: Browser) -> None:
    adele.post(f"{page_of(app, 'tahir')}/administers", {"administers": "yes"})
    second = Browser(app.test_client())
    second.sign_in("tahir")
    assert second.post(f"{page_of(app, 'adele')}/erase", {"typed": "adele"}).status_code == 303
    assert second.get(f"{page_of(app, 'tahir')}/erase").location == "/account/delete"
    assert second.post("/account/delete", {"remains": "nothing", "password": PASSWORD}).status_code == 422


def test_no_page_speaks_of_guests(app: Flask, adele: Browser, visitor: Browser) -> None:
    visitor.start("rise-practice")
    with app.app_context():
        guest = db.session.scalars(db.select(User.id).where(User.role == Role.GUEST)).one()
    for address in (f"/admin/people/{guest}", f"/admin/people/{guest}/erase", f"/admin/people/{guest}/data.zip"):
        assert adele.get(address).status_code == 404


def test_the_site_is_told_in_figures_and_what_is_due_to_go(adele: Browser) -> None:
    page = adele.get("/admin/").text
    assert "No backup is known" in page
    assert "QUIZAPP_GUEST_DAYS" in adele.get("/admin/retention").text


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/log",
        "/admin/log?person=nobody&from=x&number=3",
        "/admin/people",
        "/admin/people/1",
        "/admin/people/3",
        "/admin/people/1/erase",
        "/admin/people/3/erase",
        "/admin/retention",
    ],
)
def test_the_pages_are_well_formed(adele: Browser, address: str) -> None:
    assert_well_formed(adele.get(address).text)


def found(browser: Browser, query: str) -> list[str]:
    """The deeds that a search finds, as the file names them."""
    rows = csv.DictReader(io.StringIO(browser.get(f"/admin/log.csv?{query}").data.decode("utf-8-sig")))
    return [row["deed"] for row in rows if row["deed"] != "log.downloaded"]


def test_the_log_is_searched_by_person_deed_record_and_day(app: Flask, adele: Browser, tahir: Browser) -> None:
    tahir.post("/teach/classes", {"class_name": "History 9"})
    tahir.post("/teach/classes/1/settings", {"class_name": "History 10"})
    both = ["class.renamed", "class.made"]
    assert found(adele, "person=Tahir") == found(adele, f"person={number_of(app, 'tahir')}") == both
    assert found(adele, "deed=class.made") == ["class.made"]
    assert found(adele, "record=classroom&number=1") == both
    assert found(adele, "from=2026-01-01&to=2026-01-01") == found(adele, "person=nobody") == []
    page = adele.get("/admin/log?record=classroom&number=1").text
    assert ("renamed a class" in page, "Tahir (test)" in page) == (True, True)


@pytest.mark.parametrize(
    "query", ["from=yesterday", "to=0001-01-01", "number=3", "person=nobody", "record=user&number=x"]
)
def test_a_search_that_is_not_understood_says_so_and_does_not_show_everything(adele: Browser, query: str) -> None:
    page = adele.get(f"/admin/log?{query}").text
    assert 'class="flash"' in page
    assert "signed in" not in page.split("</form>")[-1]
    assert found(adele, query) == []


def test_the_pages_of_the_log_go_on(app: Flask, adele: Browser) -> None:
    with app.app_context():
        for _ in range(audit.PAGE_SIZE):
            audit.note(db.session(), audit.Deed("quiz.made", NOW, record="quiz", record_id=1))
        db.session.commit()
    page = adele.get("/admin/log").text
    older = page.split('<a href="/admin/log?before=')[1].split('"')[0]
    assert "Older" not in adele.get(f"/admin/log?before={older}").text


def test_an_erased_person_has_no_name_in_the_log(app: Flask, adele: Browser, ayesha: Browser) -> None:
    number = number_of(app, "ayesha")
    ayesha.get("/account/data.zip")
    adele.post(f"/admin/people/{number}/erase", {"typed": "ayesha"}, follow_redirects=True)
    page = adele.get(f"/admin/log?person={number}").text
    assert f"{number}, erased" in page
    assert "Ayesha" not in page
