"""The gradebook in the browser, and its files."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from openpyxl import load_workbook

from quizapp.domain.access import Right
from quizapp.models import Assignment, Attempt, Classroom, db
from quizapp.services.sharing import give_right
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, Browser, person
from tests.contracts.test_html import assert_well_formed
from tests.gradebooks import handed_in, removed, took

PAGE, FILE = "/teach/classes/1/gradebook", "/teach/classes/1/gradebook/file"
LONG_AGO = NOW - timedelta(days=400)


@pytest.fixture(autouse=True)
def _class_with_scores(app: Flask) -> None:
    """Ayesha has 80% on the first and a running second one, Ben came late to the first."""
    with app.app_context():
        session = db.session()
        classroom = classroom_of(session, ("ayesha", "ben"))
        first = assigned(session, classroom, title="=First", due=LONG_AGO)
        second = assigned(session, classroom, "rise-practice", title="Second <b>")
        handed_in(session, first, "ayesha", 8.0, at=LONG_AGO - timedelta(hours=1))
        handed_in(session, second, "ayesha", None)
        handed_in(session, first, "ben", 5.0, at=LONG_AGO + timedelta(hours=30), awaiting=1)


def rows_of(browser: Browser, file: str, **further: str) -> list[list[str]]:
    """A CSV file, read."""
    response = browser.get(FILE, query_string={"file": file, **further})
    assert response.content_type == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))


def test_each_cell_says_how_the_student_stands_and_leads_there(tahir: Browser) -> None:
    page = tahir.get(PAGE).text
    for words in (
        '<a href="/attempts/1/review">80%</a>',
        "in progress</a>",
        "2 days late",
        "waits for marking",
        "not begun",
        "Second &lt;b&gt;",
        "1 student has a score; the mean is 80%.",
    ):
        assert words in page
    assert 'href="/teach/students/1"' in page


def test_lines_are_sorted_by_what_the_address_says(tahir: Browser) -> None:
    page = tahir.get(f"{PAGE}?sort=1").text
    assert page.index("<bdi>Ben") < page.index("<bdi>Ayesha")
    assert 'aria-sort="ascending"' in page
    assert "sort=1&amp;down=1" in page
    page = tahir.get(f"{PAGE}?sort=mean&down=1&missing=1").text
    assert page.index("<bdi>Ayesha") < page.index("<bdi>Ben")
    assert "sort=mean&amp;missing=1" in page


def test_who_was_removed_is_shown_when_asked_for(app: Flask, tahir: Browser) -> None:
    with app.app_context():
        removed(db.session(), assigned(db.session(), db.session.get_one(Classroom, 1)), "ben")
    assert "<bdi>Ben" not in tahir.get(PAGE).text
    assert '<span class="note-below">removed</span>' in tahir.get(f"{PAGE}?removed=1").text


def test_a_class_without_students_or_assignments_says_what_to_do(app: Flask, tahir: Browser) -> None:
    with app.app_context():
        classroom = classroom_of(db.session(), (), name="Empty")
    assert "Nothing has been set for this class yet." in tahir.get("/teach/classes/2/gradebook").text
    with app.app_context():
        assigned(db.session(), db.session.merge(classroom))
    assert "Nobody is in this class yet." in tahir.get("/teach/classes/2/gradebook").text


def test_the_workbook_holds_numbers_and_dates_and_no_formula(tahir: Browser) -> None:
    response = tahir.get(FILE)
    assert 'filename="gradebook-1-' in response.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(response.data))
    assert book.sheetnames == ["Scores", "Assignments", "Attempts"]
    scores = book["Scores"]
    assert [cell.value for cell in scores[1]] == ["Student", "Username", "Mean", "=First", "Second <b>"]
    assert scores["D1"].data_type == "s"
    assert (scores["A2"].value, scores["D2"].value, scores["D2"].number_format) == ("Ayesha (test)", 0.8, "0.0%")
    assert book["Assignments"]["D2"].is_date
    assert book["Assignments"]["D2"].value == LONG_AGO.replace(tzinfo=None)
    assert [row[2].value for row in book["Attempts"].iter_rows(min_row=2)] == ["=First", "Second <b>", "=First"]


def test_a_csv_of_scores_has_percentages_and_no_formula(tahir: Browser) -> None:
    head, ayesha, ben = rows_of(tahir, "scores")
    assert head[2:4] == ["Mean, in percent", "'=First, in percent"]
    assert ayesha == ["Ayesha (test)", "ayesha", "80.0", "80.0", ""]
    assert ben == ["Ben (test)", "ben", "", "50.0", ""], "what waits for a mark is in no mean"


def test_a_csv_of_attempts_has_a_line_for_each(tahir: Browser) -> None:
    head, *lines = rows_of(tahir, "attempts")
    ben = dict(zip(head, lines[-1], strict=True))
    assert len(lines) == 3
    assert (ben["Minutes taken"], ben["Days late"], ben["Score, in percent"]) == ("10", "2", "50.0")
    assert (ben["Answers that wait for a mark"], ben["Submitted (UTC)"]) == ("1", "2025-02-08T18:00:00Z")


def test_a_file_without_names_tells_nobody(tahir: Browser) -> None:
    for file in ("scores", "attempts"):
        rows = rows_of(tahir, file, anonymous="1")
        text = str(rows)
        assert not any(word in text for word in ("Ayesha", "ayesha", "Ben", "ben", "T18:00", "12:00"))
        assert {row[0] for row in rows[1:]} == {"Student 1", "Student 2"}
        assert rows == rows_of(tahir, file, anonymous="1")
    response = tahir.get(f"{FILE}?anonymous=1")
    assert 'filename="gradebook-anonymous-' in response.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(response.data))
    values = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any("yesha" in value or "18:" in value or "12:" in value for value in values)


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_a_gradebook_is_for_the_teachers_of_the_class(
    app: Flask, visitor: Browser, ayesha: Browser, tamar: Browser, address: str
) -> None:
    assert visitor.get(address).status_code == 302
    assert ayesha.get(address).status_code == 404
    assert tamar.get(address).status_code == 404
    assert tamar.get(address.replace("1", "999")).status_code == 404
    assert tamar.client.post(address).status_code in (400, 405)
    with app.app_context():
        give_right(db.session(), db.session.get_one(Classroom, 1), person(db.session(), "tamar").id, Right.VIEW)
        db.session.commit()
    assert tamar.get(address).status_code == 200


def test_the_page_is_well_formed_however_it_is_asked_for(app: Flask, tahir: Browser) -> None:
    with app.app_context():
        removed(db.session(), db.session.get_one(Assignment, 1), "ben")
    for query in ("", "?removed=1&missing=1", "?sort=1&down=1", "?sort=mean"):
        assert_well_formed(tahir.get(f"{PAGE}{query}").text)


@pytest.mark.parametrize("value", ["", "-1", "9" * 40, "١٢", "\x00", "<script>", "mean' --"])
def test_nonsense_in_the_address_is_the_usual_gradebook(tahir: Browser, value: str) -> None:
    asked = dict.fromkeys(("sort", "down", "removed", "missing", "file", "anonymous"), value)
    assert "80%" in tahir.get(PAGE, query_string=asked).text
    assert tahir.get(FILE, query_string=asked).status_code == 200


def test_a_review_leads_back_to_student_and_gradebook(tahir: Browser, app: Flask, ayesha: Browser) -> None:
    with app.app_context():
        attempt = took(db.session(), "ayesha", "rise-practice", {1: 0}).id
    page = tahir.get(f"/attempts/{attempt}/review").text
    assert 'href="/teach/students/1"' in page
    assert "/teach/classes/1/gradebook" not in page
    with app.app_context():
        found = db.session.get_one(Attempt, attempt)
        found.assignment_id, found.number = 1, 2
        db.session.commit()
    assert 'href="/teach/classes/1/gradebook"' in tahir.get(f"/attempts/{attempt}/review").text
    assert "/teach/" not in ayesha.get(f"/attempts/{attempt}/review").text


def test_the_list_of_attempts_can_be_that_of_one_class(app: Flask, tahir: Browser, tamar: Browser) -> None:
    with app.app_context():
        classroom_of(db.session(), ("ben",), name="Other")
    page = tahir.get("/teach/attempts?class=2").text
    assert '<option value="2" selected>Other</option>' in page
    assert "<bdi>Ben" in page
    assert "<bdi>Ayesha" not in page
    assert "<bdi>" not in tamar.get("/teach/attempts?class=1").text.partition("<main")[2]
