"""Every page is well-formed HTML, with ids that stand for one thing each."""

import re
from collections import Counter

import html5lib
import pytest
from flask import Flask

from quizapp.kinds import KINDS
from quizapp.models import db
from tests.bank import QUESTIONS
from tests.conftest import Browser, question_named
from tests.essays import with_essay, writes_essay
from tests.web.test_teach import COMMON
from tests.web.test_teach import KINDS as WRITTEN

PUBLIC = [
    "/",
    "/read/harbour",
    "/quizzes/rise-practice",
    "/history",
    "/account/sign-in",
    "/account/sign-up",
    "/join",
    "/nowhere",
]
TEACHING = [
    "/teach/",
    "/teach/banks/harbour/questions",
    "/teach/questions/1/versions",
    "/teach/questions/1/duplicate",
    *(f"/teach/banks/harbour/questions/new/{kind}" for kind in KINDS),
    "/teach/banks/new",
    "/teach/banks/harbour/text",
    "/teach/banks/harbour/text/new",
    "/teach/banks/harbour/orphans",
    "/teach/passages/1",
    "/teach/passages/1/versions",
    "/teach/passages/1/remove",
    "/teach/sections/1",
    "/teach/banks/harbour/coverage",
    "/teach/banks/harbour/coverage?shade=errors",
    "/teach/banks/harbour/quizzes",
    "/teach/banks/harbour/quizzes/new",
    "/teach/quizzes/1",
    "/teach/classes",
    "/teach/students",
    "/teach/students/1",
    "/teach/attempts",
    "/teach/marking",
    "/teach/reports",
    "/account/password",
    "/account/delete",
    "/review",
    "/review/forecast",
]


def assert_well_formed(page: str) -> None:
    """Fail with what the parser of the standard says, or with the ids given twice."""
    html5lib.HTMLParser(strict=True).parse(page)
    ids = Counter(re.findall(r'\sid="([^"]+)"', page))
    assert [name for name, count in ids.items() if count > 1] == []
    lost = set(re.findall(r'\sfor="([^"]+)"', page)) - ids.keys()
    assert lost == set()


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_for_everyone_is_well_formed(visitor: Browser, address: str) -> None:
    assert_well_formed(visitor.get(address).text)


@pytest.mark.parametrize("address", TEACHING)
def test_a_page_for_teachers_is_well_formed(tahir: Browser, address: str) -> None:
    assert_well_formed(tahir.get(address).text)


def test_the_pages_of_an_attempt_are_well_formed(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    for position in range(1, len(QUESTIONS) + 1):
        assert_well_formed(ayesha.get(f"/attempts/{attempt}/questions/{position}").text)
    ayesha.answer(attempt, 2, "1")
    assert_well_formed(ayesha.answer(attempt, 5, "no number").text)
    for position in (6, 7, 8):
        assert_well_formed(ayesha.answer(attempt, position, ["<1>", '"2']).text)
    ayesha.answer(attempt, 6, ["1", "", "2"])
    ayesha.answer(attempt, 7, ["1", "2", "3", "4"])
    ayesha.answer(attempt, 8, ["cart", "<silver>"])
    assert_well_formed(ayesha.get(f"/attempts/{attempt}/submit").text)
    ayesha.post(f"/attempts/{attempt}/submit")
    assert_well_formed(ayesha.get(f"/attempts/{attempt}/review").text)
    assert_well_formed(ayesha.get("/history").text)


def test_what_a_teacher_marks_and_manages_is_well_formed(app: Flask, ayesha: Browser, tahir: Browser) -> None:
    with app.app_context():
        with_essay(db.session())
    attempt = writes_essay(ayesha)
    running = ayesha.start("essay-test")
    ayesha.post(f"/attempts/{attempt}/questions/2/report", {"reason": "key", "text": "<b>No.\n\nNo."})
    pages = [f"/teach/marking/{attempt}/1", "/teach/marking", "/teach/reports", f"/teach/attempts/{attempt}/reopen"]
    for address in ("/teach/", "/teach/students/1", *pages):
        assert_well_formed(tahir.get(f"{address}?names=1").text)
    for address in (pages[0], pages[3], "/teach/students/1/accommodation"):
        refused = tahir.post(address, {"minutes": "", "factor": "other", "points-0": "9"})
        assert refused.status_code == 422, address
        assert_well_formed(refused.text)
    tahir.post(pages[0], {"points-0": "1", "points-1": "1"})
    tahir.post("/teach/reports/1/handle")
    for address in ("/teach/marking?names=1", "/teach/reports"):
        assert_well_formed(tahir.get(address).text)
    assert running != attempt


def test_a_quiz_whose_settings_are_refused_is_well_formed(tahir: Browser) -> None:
    sent = {"minutes": "0", "closes": "soon", "attempts": "x", "feedback": "own", "shown-correctness": "never"}
    for address in ("/teach/quizzes/1", "/teach/banks/harbour/quizzes/new"):
        refused = tahir.post(address, sent)
        assert refused.status_code == 422
        assert_well_formed(refused.text)


@pytest.mark.parametrize("kind", KINDS)
def test_the_preview_beside_the_editor_is_well_formed(tahir: Browser, kind: str) -> None:
    written = {**COMMON, **WRITTEN[kind], "action": "preview"}
    previewed = tahir.post(f"/teach/banks/harbour/questions/new/{kind}", written)
    assert previewed.status_code == 200
    assert_well_formed(previewed.text)


@pytest.mark.parametrize("slug", QUESTIONS)
def test_an_editor_that_refuses_is_well_formed(app: Flask, tahir: Browser, slug: str) -> None:
    with app.app_context():
        number = question_named(db.session(), slug).id
    refused = tahir.post(f"/teach/questions/{number}", {"stem": "", "section": "rise", "status": "draft"})
    assert refused.status_code == 422
    assert_well_formed(refused.text)


def test_many_questions_changed_and_one_edited_twice_are_well_formed(app: Flask, tahir: Browser) -> None:
    tahir.post("/teach/banks/harbour/questions/bulk/apply", {})
    for deed, to in (("tag", "<b>, x"), ("status", "retired"), ("objective", "2"), ("move", "fall")):
        sent = {"all": "1", "deed": deed, f"to-{deed}": to, "words": "the"}
        assert_well_formed(tahir.post("/teach/banks/harbour/questions/bulk", sent).text)
    made = tahir.post("/teach/banks/harbour/questions/new/single_choice", {**COMMON, **WRITTEN["single_choice"]})
    sent = {**COMMON, **WRITTEN["single_choice"], "seen_version": "1"}
    tahir.post(made.location, {**sent, "stem": "One <b>?\n\nTwo", "choices-0-text": "<i>", "explanation": "E\n\nF"})
    refused = tahir.post(made.location, {**sent, "explanation": "Mine,\r\nin two lines", "tags": "mine"})
    assert refused.status_code == 409
    assert_well_formed(refused.text)
    assert_well_formed(tahir.get(f"{made.location}/versions?from=1&to=2").text)
