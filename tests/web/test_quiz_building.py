"""The page of a quiz: order and marks, what a draw gives, a copy, and a try-out."""

import re

import pytest
from flask import Flask

from quizapp.domain.access import Right
from quizapp.models import Attempt, Quiz, Section, db
from quizapp.services import sharing
from tests.classes import classroom_of
from tests.conftest import Browser, person, quiz_named


@pytest.fixture
def quiz(app: Flask) -> int:
    """The id of a quiz of eight certain questions, which every teacher may edit."""
    with app.app_context():
        return quiz_named(db.session(), "whole-test").id


def slots(app: Flask, quiz: int) -> list[tuple[int, float]]:
    """The quiz's slots in order: id and marks."""
    with app.app_context():
        return [(slot.id, slot.max_mark) for slot in db.session.get_one(Quiz, quiz).slots]


def narrowed(app: Flask, quiz: int, right: Right | None) -> None:
    """From now on the quiz is Tahir's own, and every other teacher has this right."""
    with app.app_context():
        found = db.session.get_one(Quiz, quiz)
        found.everyone = right
        sharing.give_right(db.session(), found, person(db.session(), "tahir").id, Right.OWN)
        db.session.commit()


def test_a_question_moves_up_and_down_and_no_further_than_the_ends(app: Flask, tahir: Browser, quiz: int) -> None:
    (first, _), (second, _), *_rest = slots(app, quiz)
    for slot, to in ((second, "up"), (second, "up"), (first, "down"), (first, "up")):
        assert tahir.post(f"/teach/quizzes/{quiz}/slots/{slot}/move", {"to": to}).status_code == 303
    assert [slot for slot, _ in slots(app, quiz)][:2] == [second, first]


@pytest.mark.parametrize(
    ("sent", "kept"), [("2", 2.0), ("0,5", 0.5), ("0", 1.0), ("101", 1.0), ("much", 1.0), ("nan", 1.0)]
)
def test_marks_are_a_number_above_nothing(app: Flask, tahir: Browser, quiz: int, sent: str, kept: float) -> None:
    slot = slots(app, quiz)[0][0]
    page = tahir.post(f"/teach/quizzes/{quiz}/slots/{slot}/marks", {"marks": sent}, follow_redirects=True).text
    assert slots(app, quiz)[0] == (slot, kept)
    assert ("was not taken" in page) is (kept == 1.0)


def test_the_table_shows_what_a_draw_would_give_before_it_is_added(app: Flask, tahir: Browser, quiz: int) -> None:
    before = slots(app, quiz)
    part = tahir.post(f"/teach/quizzes/{quiz}/blueprint", {"count": "3", "section": "rise"}).text
    assert "With the draw above" in part
    assert "would find only" in part
    assert slots(app, quiz) == before
    assert "With the draw above" not in tahir.post(f"/teach/quizzes/{quiz}/blueprint", {"count": "x"}).text


def test_a_section_s_title_is_words_in_the_table_and_nothing_else(app: Flask, tahir: Browser, quiz: int) -> None:
    with app.app_context():
        section = db.session.scalars(db.select(Section).where(Section.slug == "rise")).one()
        section.title = "<i id=injected>50% of it</i>"
        db.session.commit()
    page = tahir.get(f"/teach/quizzes/{quiz}")
    assert page.status_code == 200
    assert "<i id=injected>" not in page.text
    assert '<th scope="row">&lt;i id=injected&gt;50% of it&lt;/i&gt;</th>' in page.text


def test_words_narrow_the_questions_offered(tahir: Browser, app: Flask) -> None:
    with app.app_context():
        drawn = quiz_named(db.session(), "rise-practice").id
    page = tahir.get(f"/teach/quizzes/{drawn}?find=river").text
    assert len(re.findall(r'<option value="\d+">', page.split('name="question_id"')[1].split("</select>")[0])) == 1


def test_a_copy_asks_the_same_and_is_one_s_own(app: Flask, tamar: Browser, quiz: int) -> None:
    narrowed(app, quiz, Right.VIEW)
    copied = int(tamar.post(f"/teach/quizzes/{quiz}/copy").location.rsplit("/", 1)[1])
    assert [marks for _, marks in slots(app, copied)] == [marks for _, marks in slots(app, quiz)]
    assert tamar.post(f"/teach/quizzes/{copied}/slots/{slots(app, copied)[0][0]}/remove").status_code == 303


def test_a_quiz_is_tried_out_as_a_student_meets_it_and_then_is_gone(app: Flask, tahir: Browser, quiz: int) -> None:
    attempt = int(tahir.post(f"/teach/quizzes/{quiz}/try").location.rsplit("/", 1)[1])
    page = tahir.get(f"/attempts/{attempt}", follow_redirects=True).text
    assert "You are trying this quiz out" in page
    assert f'href="/attempts/{attempt}"' in tahir.get(f"/teach/quizzes/{quiz}").text
    assert tahir.post(f"/attempts/{attempt}/submit").status_code == 303
    review = tahir.get(f"/attempts/{attempt}/review").text
    assert "End the try-out" in review
    assert "Report a problem" not in review
    assert "nothing of it was kept" in tahir.post(f"/teach/quizzes/{quiz}/try/end", follow_redirects=True).text
    with app.app_context():
        assert db.session.get(Attempt, attempt) is None


def test_a_student_cannot_open_a_teacher_s_try_out(tahir: Browser, ayesha: Browser, quiz: int) -> None:
    attempt = tahir.post(f"/teach/quizzes/{quiz}/try").location
    assert ayesha.get(attempt).status_code == 404


@pytest.mark.parametrize(("everyone", "status"), [(None, 404), (Right.VIEW, 403)])
def test_who_may_not_edit_a_quiz_changes_nothing(
    app: Flask, tamar: Browser, quiz: int, everyone: Right | None, status: int
) -> None:
    narrowed(app, quiz, everyone)
    before, slot = slots(app, quiz), slots(app, quiz)[0][0]
    for deed in (f"slots/{slot}/move", f"slots/{slot}/marks", f"slots/{slot}/remove", "questions", "draws", ""):
        assert tamar.post(f"/teach/quizzes/{quiz}/{deed}".rstrip("/"), {"marks": "3"}).status_code == status
    for deed in ("try", "copy", "blueprint"):
        assert (tamar.post(f"/teach/quizzes/{quiz}/{deed}").status_code == 404) is (everyone is None)
    assert tamar.get(f"/teach/quizzes/{quiz}").status_code == (404 if everyone is None else 200)
    assert slots(app, quiz) == before


def test_a_quiz_is_set_for_a_class_from_its_own_page(app: Flask, tahir: Browser, tamar: Browser, quiz: int) -> None:
    assert "Make a class to set it for" in tahir.get(f"/teach/quizzes/{quiz}").text
    with app.app_context():
        number = classroom_of(db.session()).id
    address = f"/teach/classes/{number}/assignments/new?quiz={quiz}"
    assert address in tahir.get(f"/teach/quizzes/{quiz}").text
    assert address not in tamar.get(f"/teach/quizzes/{quiz}").text


def test_a_quiz_on_a_text_that_not_everybody_may_read_is_not_found_by_its_address(
    app: Flask, tahir: Browser, ayesha: Browser, quiz: int
) -> None:
    assert ayesha.get("/quizzes/whole-test").status_code == 200
    with app.app_context():
        db.session.get_one(Quiz, quiz).bank.listed = False
        db.session.commit()
    assert ayesha.get("/quizzes/whole-test").status_code == 404
    assert ayesha.post("/quizzes/whole-test/attempts").status_code == 404
    assert "when everybody may read its text" in tahir.get(f"/teach/quizzes/{quiz}").text
