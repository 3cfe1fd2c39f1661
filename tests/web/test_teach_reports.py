"""The teacher's page of reports."""

import pytest
from flask import Flask

from quizapp.models import Report, db
from tests.classes import classroom_of
from tests.conftest import Browser


def report(browser: Browser, text: str = "Both rivers are named.") -> int:
    """Somebody reports a question of an attempt; the report's id, the first being 1."""
    attempt = browser.start("rise-practice")
    sent = browser.post(f"/attempts/{attempt}/questions/1/report", {"reason": "unclear", "text": text})
    assert sent.status_code == 303
    return 1


def handled(app: Flask) -> bool:
    """Whether the first report is dealt with."""
    with app.app_context():
        return db.session.get_one(Report, 1).handled is not None


def test_reports_are_counted_and_listed_with_their_words(tahir: Browser, ayesha: Browser) -> None:
    assert "No report is open." in tahir.get("/teach/reports").text
    report(ayesha, "It is <wrong>.\n\nSee the charter.")
    assert "1 report of a problem with a question" in tahir.get("/teach/").text
    page = tahir.get("/teach/reports").text
    for words in ("It is unclear, or has two right answers", "It is &lt;wrong&gt;.", "Ayesha (test)", "who founded"):
        assert words in page


def test_a_report_of_a_guest_names_nobody(tahir: Browser, visitor: Browser) -> None:
    report(visitor)
    assert "a guest" in tahir.get("/teach/reports").text


def test_a_report_is_dealt_with_and_taken_up_again(app: Flask, tahir: Browser, ayesha: Browser) -> None:
    report(ayesha)
    page = tahir.post("/teach/reports/1/handle", follow_redirects=True).text
    assert handled(app)
    assert "No report is open." in page
    assert "dealt with by" in page
    assert "Both rivers are named." in tahir.post("/teach/reports/1/reopen", follow_redirects=True).text
    assert not handled(app)


@pytest.mark.parametrize("deed", ["handle", "reopen"])
def test_nobody_but_a_teacher_deals_with_reports(
    app: Flask, visitor: Browser, ayesha: Browser, tahir: Browser, deed: str
) -> None:
    report(ayesha)
    address = f"/teach/reports/1/{deed}"
    assert ayesha.post(address).status_code == 404
    assert visitor.post(address).status_code == 302
    assert tahir.client.post(address).status_code == 400
    assert tahir.get(address).status_code == 405
    assert tahir.post(f"/teach/reports/999/{deed}").status_code == 404
    assert not handled(app)


def test_a_teacher_reads_no_name_of_another_teacher_s_student(app: Flask, tamar: Browser, ayesha: Browser) -> None:
    report(ayesha)
    assert "Ayesha (test)" in tamar.get("/teach/reports").text
    with app.app_context():
        classroom_of(db.session(), ["ayesha"])
    page = tamar.get("/teach/reports").text
    assert "a student of another teacher" in page
    assert "Ayesha" not in page
