"""A teacher puts right a question in the browser, and the students it touched are told."""

import re

import pytest
from flask import Flask

from quizapp.domain.access import Right
from quizapp.models import Bank, Correction, QuestionVersion, db
from quizapp.services.sharing import give_right
from tests.classes import classroom_of, joins_cast
from tests.conftest import Browser, SignedIn, person, question_named, quiz_named
from tests.contracts.test_html import assert_well_formed

WRONG = "Bela Stone"
_TIME = re.compile(r'\d{13}|name="csrf_token" value="[^"]+"')
"""What a page has of the time at which it was made: the server's clock, and the signature of its forms."""
FORM = {"deed": "key", "key": "1", "reason": "The charter names Bela Stone."}


@pytest.fixture
def question(app: Flask) -> int:
    """The question on the founder."""
    with app.app_context():
        return question_named(db.session(), "founder").id


def takes_test(browser: Browser, words: str = WRONG) -> int:
    """Somebody submits the test with this founder; the attempt's id."""
    attempt = browser.start("whole-test")
    browser.answer(attempt, 1, browser.option(attempt, 1, words))
    assert browser.post(f"/attempts/{attempt}/submit").status_code == 303
    return attempt


def versions(app: Flask, question: int) -> list[str]:
    """The ids of the versions of a question."""
    with app.app_context():
        found = db.session.scalars(db.select(QuestionVersion.id).where(QuestionVersion.question_id == question))
        return [str(number) for number in found]


def form(app: Flask, question: int, **fields: object) -> dict[str, object]:
    """A correction as the page sends it."""
    return {**FORM, "versions": versions(app, question), **fields}


def looks(app: Flask, browser: Browser, question: int, **fields: object) -> dict[str, object]:
    """The form of the dry run: what was sent, and the fingerprint of what was seen."""
    page = browser.post(f"/teach/questions/{question}/correct/preview", form(app, question, **fields))
    assert page.status_code == 200, page.text
    found = re.search(r'name="seen" value="(\w+)"', page.text)
    assert found is not None
    return {**form(app, question, **fields), "seen": found[1]}


def applies(app: Flask, browser: Browser, question: int, **fields: object) -> str:
    """The correction, looked at and applied; the address of its entry."""
    done = browser.post(f"/teach/questions/{question}/correct", looks(app, browser, question, **fields))
    assert done.status_code == 303, done.text
    return done.location


def corrections(app: Flask) -> int:
    """How many there are."""
    with app.app_context():
        return db.session.scalar(db.select(db.func.count(Correction.id))) or 0


def test_the_page_shows_what_was_answered_and_the_dry_run_each_student(
    app: Flask, tahir: Browser, ayesha: Browser, question: int
) -> None:
    takes_test(ayesha)
    page = tahir.get(f"/teach/questions/{question}/correct?deed=key").text
    assert "1 final answer" in page
    assert re.search(r'Bela Stone</th><td class="number">1</td><td class="number">100%', page)
    shown = tahir.post(f"/teach/questions/{question}/correct/preview", form(app, question)).text
    assert_well_formed(shown)
    assert "Ayesha (test)" in shown
    assert "0 of 8" in shown
    assert "1 of 8" in shown
    assert corrections(app) == 0


def test_applied_it_stands_in_the_ledger_and_changes_the_score(
    app: Flask, tahir: Browser, ayesha: Browser, question: int
) -> None:
    attempt = takes_test(ayesha)
    entry = applies(app, tahir, question)
    pages = [tahir.get(page).text for page in (entry, f"{entry}/undo", "/teach/banks/harbour/corrections")]
    assert "1 answer was marked anew" in pages[0]
    assert "The charter names Bela Stone." in pages[2]
    review = ayesha.get(f"/attempts/{attempt}/review").text
    assert "1 of 8 marks" in review
    for page in (*pages, review):
        assert_well_formed(page)


def test_a_student_is_told_until_they_have_looked(
    app: Flask, tahir: Browser, ayesha: Browser, ben: Browser, question: int
) -> None:
    attempt = takes_test(ayesha)
    applies(app, tahir, question)
    assert "A correction changed your score in “The whole harbour” from 0% to 12%" in ayesha.get("/").text
    review = ayesha.get(f"/attempts/{attempt}/review").text
    assert "The charter names Bela Stone." in review
    assert "What it said before the correction" in review
    assert "The score went from 0 of 8 to 1 of 8 marks." in review
    assert "A correction changed your score" not in ayesha.get("/history").text
    assert "A correction changed your score" not in ben.get("/").text


def test_what_is_held_back_is_not_told_by_a_correction(
    app: Flask, tahir: Browser, ayesha: Browser, question: int
) -> None:
    with app.app_context():
        quiz = quiz_named(db.session(), "whole-test")
        quiz.settings = {"feedback": {"response": "at_once"}}
        db.session.commit()
    attempt = takes_test(ayesha)
    applies(app, tahir, question, reason="A secret reason.", explanation="A secret explanation.")
    for address in ("/", "/history", f"/attempts/{attempt}/review"):
        page = ayesha.get(address).text
        assert "secret" not in page
        assert "corrected on" not in page
        assert "A correction changed" not in page


def test_an_open_attempt_tells_nothing_of_a_correction(
    app: Flask, tahir: Browser, ayesha: Browser, question: int
) -> None:
    attempt = ayesha.start("whole-test")
    pages = []
    for correct in (lambda: None, lambda: applies(app, tahir, question, reason="A secret.", explanation="Another.")):
        correct()
        page = ayesha.get(f"/attempts/{attempt}/questions/1").text
        pages.append(_TIME.sub("now", page))
    assert pages[0] == pages[1]


def test_a_checked_practice_answer_shows_the_correction(
    app: Flask, tahir: Browser, ayesha: Browser, question: int
) -> None:
    attempt = ayesha.start("rise-practice")
    ayesha.answer(attempt, 1, ayesha.option(attempt, 1, WRONG))
    applies(app, tahir, question, deed="accept", accepted="1")
    page = ayesha.get(f"/attempts/{attempt}/questions/1").text
    assert "“Bela Stone” is right as well." in page
    assert "This answer went from 0 to 1 marks." in page


def test_sent_twice_it_is_applied_once(app: Flask, tahir: Browser, ayesha: Browser, question: int) -> None:
    takes_test(ayesha)
    seen = looks(app, tahir, question)
    first, again = (tahir.post(f"/teach/questions/{question}/correct", seen) for _ in range(2))
    assert (first.status_code, again.status_code, first.location) == (303, 303, again.location)
    assert corrections(app) == 1


def test_what_changed_since_the_dry_run_is_shown_anew_and_not_applied(
    app: Flask, tahir: Browser, ayesha: Browser, ben: Browser, question: int
) -> None:
    takes_test(ayesha)
    seen = looks(app, tahir, question)
    takes_test(ben)
    refused = tahir.post(f"/teach/questions/{question}/correct", seen)
    assert refused.status_code == 409
    assert "Something has changed since you looked" in refused.text
    assert "Ben (test)" in refused.text
    assert corrections(app) == 0


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"reason": " "}, "Say why, in words for the students."),
        ({"reason": "x" * 2001}, "Shorten this to 2,000 characters."),
        ({"key": "0"}, "This option is the key already"),
        ({"versions": []}, "Choose the versions"),
        ({"by": "999", "versions": ["1"]}, "Choose one of the versions of this question"),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_kept(
    app: Flask, tahir: Browser, question: int, fields: dict[str, object], says: str
) -> None:
    sent = form(app, question, **{"explanation": "What I typed.", **fields})
    for address in ("/preview", ""):
        page = tahir.post(f"/teach/questions/{question}/correct{address}", sent)
        assert page.status_code == 422
        assert says in page.text
        assert "What I typed." in page.text


def test_from_the_dry_run_one_goes_back_to_what_was_typed(app: Flask, tahir: Browser, question: int) -> None:
    page = tahir.post(f"/teach/questions/{question}/correct/preview", form(app, question, action="change"))
    assert page.status_code == 200
    assert "The charter names Bela Stone.</textarea>" in page.text


def test_an_answer_picked_from_those_given_is_accepted(app: Flask, tahir: Browser, ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    ayesha.answer(attempt, 4, "The Indus")
    ayesha.post(f"/attempts/{attempt}/submit")
    with app.app_context():
        river = question_named(db.session(), "river").id
    assert 'value="0|The Indus"' in tahir.get(f"/teach/questions/{river}/correct?deed=accept").text
    applies(app, tahir, river, deed="accept", suggested="0|The Indus")
    assert "1 of 8 marks" in ayesha.get(f"/attempts/{attempt}/review").text


def test_every_deed_of_every_kind_has_its_page(app: Flask, tahir: Browser) -> None:
    with app.app_context():
        ids = [row.id for row in db.session.execute(db.text("SELECT id FROM question"))]
    for number in ids:
        for deed in ("key", "accept", "drop", "everyone", "nonsense"):
            page = tahir.get(f"/teach/questions/{number}/correct?deed={deed}")
            assert page.status_code == 200
            assert_well_formed(page.text)


def test_a_correction_is_undone_after_a_look(app: Flask, tahir: Browser, ayesha: Browser, question: int) -> None:
    attempt = takes_test(ayesha)
    entry = applies(app, tahir, question)
    page = tahir.get(f"{entry}/undo").text
    assert "a new version with its words of before" in page
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    assert tahir.post(f"{entry}/undo", {"seen": "old"}).status_code == 409
    assert tahir.post(f"{entry}/undo", {"seen": found[1]}).status_code == 303
    assert "Undone by" in tahir.get(entry).text
    review = ayesha.get(f"/attempts/{attempt}/review").text
    assert "0 of 8 marks" in review
    assert "that was taken back on" in review
    assert tahir.post(f"{entry}/undo", {"seen": found[1]}).status_code == 303


def test_students_of_others_are_marked_anew_and_counted_but_not_named(
    app: Flask, tahir: Browser, ayesha: Browser, ben: Browser, question: int
) -> None:
    takes_test(ayesha)
    takes_test(ben)
    with app.app_context():
        joins_cast(db.session(), "tamar")
        classroom_of(db.session(), ["ben"], teacher="tamar", name="Hers")
    page = tahir.post(f"/teach/questions/{question}/correct/preview", form(app, question)).text
    assert "Ben (test)" not in page
    assert "And 1 attempt of somebody you do not teach" in page
    assert "2 attempts gain" in page
    entry = tahir.get(applies(app, tahir, question)).text
    assert "Ben (test)" not in entry
    assert "And 1 attempt of somebody you do not teach." in entry


def shared_with_tamar(app: Flask, signed_in: SignedIn, right: Right | None) -> Browser:
    """Another teacher with this right on the bank."""
    with app.app_context():
        session = db.session()
        tamar = joins_cast(session, "tamar")
        bank = session.scalars(db.select(Bank)).one()
        bank.everyone = None
        give_right(session, bank, person(session, "tahir").id, Right.OWN)
        if right is not None:
            give_right(session, bank, tamar.id, right)
        session.commit()
    browser = Browser(app.test_client())
    browser.sign_in("tamar")
    return browser


def test_who_may_only_look_sees_the_ledger_and_corrects_nothing(
    app: Flask, tahir: Browser, signed_in: SignedIn, question: int
) -> None:
    entry = applies(app, tahir, question)
    tamar = shared_with_tamar(app, signed_in, Right.VIEW)
    assert tamar.get("/teach/banks/harbour/corrections").status_code == 200
    assert tamar.get(entry).status_code == 200
    for address in (f"/teach/questions/{question}/correct", f"{entry}/undo"):
        assert tamar.get(address).status_code == 403
        assert tamar.post(address, form(app, question)).status_code == 403
    assert tamar.post(f"/teach/questions/{question}/correct/preview", form(app, question)).status_code == 403


def test_a_review_leads_to_the_question_only_who_may_correct_it(
    app: Flask, ayesha: Browser, signed_in: SignedIn, question: int
) -> None:
    review = f"/attempts/{takes_test(ayesha)}/review"
    tamar = shared_with_tamar(app, signed_in, Right.EDIT)
    assert f"/teach/questions/{question}/correct" in tamar.get(review).text
    assert f"/teach/questions/{question}" not in ayesha.get(review).text
    with app.app_context():
        give_right(
            db.session(), db.session.scalars(db.select(Bank)).one(), person(db.session(), "tamar").id, Right.VIEW
        )
        db.session.commit()
    assert f"/teach/questions/{question}" not in tamar.get(review).text


def test_who_has_no_right_finds_nothing(app: Flask, tahir: Browser, signed_in: SignedIn, question: int) -> None:
    entry = applies(app, tahir, question)
    tamar = shared_with_tamar(app, signed_in, None)
    for address in (f"/teach/questions/{question}/correct", f"{entry}/undo"):
        assert tamar.get(address).status_code == 404
        assert tamar.post(address, form(app, question)).status_code == 404
    assert tamar.get(entry).status_code == 404
    assert tamar.get("/teach/banks/harbour/corrections").status_code == 404


def test_what_is_not_there_is_not_found(tahir: Browser, ayesha: Browser, question: int) -> None:
    for address in ("questions/999/correct", "corrections/999", "corrections/999/undo", "banks/x/corrections"):
        assert tahir.get(f"/teach/{address}").status_code == 404
    assert tahir.post("/teach/questions/999/correct", FORM).status_code == 404
    assert ayesha.get(f"/teach/questions/{question}/correct").status_code == 404


def test_reports_stand_beside_the_question_s_figures_and_are_handled_together(
    tahir: Browser, ayesha: Browser, ben: Browser, question: int
) -> None:
    for browser in (ayesha, ben):
        attempt = takes_test(browser)
        browser.post(f"/attempts/{attempt}/questions/1/report", {"reason": "key", "text": "Bela Stone it was."})
    page = tahir.get("/teach/reports").text
    assert "2 final answers; on average 0% of the marks." in page
    assert f"/teach/questions/{question}/correct" in page
    assert "Bela Stone it was." in tahir.get(f"/teach/questions/{question}/correct").text
    listed = re.findall(r'name="report" value="(\d+)"', page)
    assert len(listed) == 2
    assert tahir.post("/teach/reports/handle", {"report": listed}).status_code == 303
    assert "No report is open." in tahir.get("/teach/reports").text
