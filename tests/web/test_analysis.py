"""The teacher's pages of item analysis."""

import re
import sqlite3
from contextlib import closing

import pytest
from flask import Flask

from quizapp.domain.item_analysis import showing
from quizapp.formats.bank_yaml import read_bank
from quizapp.models import Bank, Quiz, Report, db
from quizapp.services import banks
from quizapp.web.charts import column_chart
from tests.bank import QUESTIONS
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, Browser, question_named, quiz_named
from tests.contracts.test_html import assert_well_formed
from tests.databases import only_on_sqlite
from tests.item_analysis import each, files_with, fold, new_students, takes
from tests.lsat import Patterns

ODD: Patterns = {"01111": 16, "01110": 4, "11000": 6, "10000": 14}
"""The strongest miss the first question."""


def with_answers(app: Flask, patterns: Patterns, folded: bool = False) -> tuple[int, int]:
    """Students have taken the quiz of five by these patterns; the ids of the quiz and of its first question."""
    with app.app_context():
        session = db.session()
        banks.load_bank(session, read_bank(files_with("five")), "with five", NOW)
        quiz, answers = quiz_named(session, "five"), list(each(patterns))
        for student, pattern in zip(new_students(session, len(answers)), answers, strict=True):
            takes(session, student, quiz, [1 - int(right) for right in pattern])
        session.commit()
        if folded:
            fold(session, quiz)
        return quiz.id, question_named(session, "five-1").id


def texts(page: str) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def test_whoever_looks_first_sees_everything_that_was_handed_in(app: Flask, tahir: Browser) -> None:
    quiz, _ = with_answers(app, ODD)
    page = tahir.get(f"/teach/quizzes/{quiz}/analysis").text
    assert_well_formed(page)
    said = texts(page)
    assert "40 students’ first finished attempts are counted." in said
    assert "α, internal consistency" in said
    assert "The strongest students choose “A lure of 1” (100%), not the key (0%): check the key." in said


def test_a_flag_leads_to_the_question_its_passage_and_a_suggestion(app: Flask, tahir: Browser) -> None:
    quiz, question = with_answers(app, ODD)
    page = tahir.get(f"/teach/quizzes/{quiz}/analysis").text
    assert f'href="/teach/questions/{question}/analysis"' in page
    assert f'href="/teach/questions/{question}"' in page
    assert 'href="/read/harbour#beginnings"' in page
    assert "Read the passage again with this option in mind." in page


def test_a_question_has_its_figures_by_thirds_and_its_reports_beside(app: Flask, tahir: Browser) -> None:
    _, question = with_answers(app, ODD)
    with app.app_context():
        version = question_named(db.session(), "five-1").current.id
        db.session.add(Report(question_version_id=version, position=1, reason="key", created=NOW, text="It is <b>B."))
        db.session.commit()
    page = tahir.get(f"/teach/questions/{question}/analysis").text
    assert_well_formed(page)
    said = texts(page)
    assert "A lure of 1 50% 100% 50% 0%" in said
    assert "It is &lt;b&gt;B." in said
    assert "about 10 s" in said


@pytest.mark.parametrize("patterns", [{}, {"11111": 4}, {"11111": 6}, {"11111": 15, "00000": 16}, {"11111": 45}])
def test_pages_with_few_or_equal_answers_say_what_is_missing(app: Flask, tahir: Browser, patterns: Patterns) -> None:
    quiz, question = with_answers(app, patterns)
    for address in (f"/teach/quizzes/{quiz}/analysis", f"/teach/questions/{question}/analysis"):
        page = tahir.get(address)
        assert page.status_code == 200
        assert_well_formed(page.text)
        assert "None" not in texts(page.text)
        assert (sum(patterns.values()) >= showing.FACILITY_FROM) == (
            "Facility" in texts(page.text).split("What these")[0]
        )


def test_every_kind_of_question_has_a_page(tahir: Browser, ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    ayesha.answer(attempt, 4, "Ouse")
    ayesha.post(f"/attempts/{attempt}/submit")
    for question in range(1, len(QUESTIONS) + 1):
        page = tahir.get(f"/teach/questions/{question}/analysis")
        assert page.status_code == 200
        assert_well_formed(page.text)


def test_one_assignment_is_shown_to_who_teaches_its_class(app: Flask, tahir: Browser, tamar: Browser) -> None:
    quiz, _ = with_answers(app, ODD)
    with app.app_context():
        assignment = assigned(db.session(), classroom_of(db.session(), ()), "five").id
    address = f"/teach/quizzes/{quiz}/analysis?assignment={assignment}"
    said = texts(tahir.get(address).text)
    assert "Only what was done for “five” in History 10." in said
    assert "0 students’ first finished attempts are counted." in said
    assert tamar.get(address).status_code == 404
    assert tamar.get(f"/teach/quizzes/{quiz}/analysis").status_code == 200


def test_an_assignment_of_another_quiz_is_not_found(app: Flask, tahir: Browser) -> None:
    quiz, _ = with_answers(app, {})
    with app.app_context():
        other = assigned(db.session(), classroom_of(db.session(), ()), "rise-practice").id
    for number in (other, 999):
        assert tahir.get(f"/teach/quizzes/{quiz}/analysis?assignment={number}").status_code == 404


def test_what_is_not_shared_with_a_teacher_is_not_found(app: Flask, tamar: Browser) -> None:
    quiz, question = with_answers(app, {})
    with app.app_context():
        db.session.execute(db.update(Quiz).values(everyone=None))
        db.session.execute(db.update(Bank).values(everyone=None))
        db.session.commit()
    assert tamar.get(f"/teach/quizzes/{quiz}/analysis").status_code == 404
    assert tamar.get(f"/teach/questions/{question}/analysis").status_code == 404
    assert tamar.get("/teach/quizzes/999/analysis").status_code == 404
    assert tamar.get("/teach/questions/999/analysis").status_code == 404


@only_on_sqlite("it takes one writer at a time")
def test_looking_again_keeps_no_writer_waiting(app: Flask, tahir: Browser) -> None:
    quiz, question = with_answers(app, {"11111": 2}, folded=True)
    with closing(sqlite3.connect(f"{app.instance_path}/quizapp.db", timeout=0)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert tahir.get(f"/teach/quizzes/{quiz}/analysis").status_code == 200
        assert tahir.get(f"/teach/questions/{question}/analysis").status_code == 200
        writer.rollback()


def test_the_columns_of_a_chart_stand_between_their_bounds() -> None:
    chart = column_chart([2, 0, 4], ["0", "33", "67", "100"])
    assert [round(column.height / chart.columns[2].height, 2) for column in chart.columns] == [0.5, 0.0, 1.0]
    edges = [x for x, _ in chart.bounds]
    assert all(low < column.x < high for low, column, high in zip(edges, chart.columns, edges[1:], strict=False))
    assert column_chart([], []).columns == ()
