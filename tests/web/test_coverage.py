"""The coverage map, and the findings beside the editor."""

import sqlite3
from contextlib import closing

import pytest
from flask import Flask

from quizapp.models import db
from tests.conftest import Browser, question_named
from tests.databases import only_on_sqlite
from tests.web.test_teach import COMMON, KINDS, new_address

MAP = "/teach/banks/harbour/coverage"


def test_the_map_shows_each_passage_with_its_figure_and_leads_to_it(tahir: Browser) -> None:
    page = tahir.get(MAP).text
    assert 'class="tile step-5"' in page
    assert 'href="/read/harbour#beginnings"' in page


def test_marks_lost_wait_for_enough_answers(tahir: Browser) -> None:
    page = tahir.get(f"{MAP}?shade=errors").text
    assert "No passage has been answered by 5 students yet" in page
    assert 'class="tile unknown"' in page


@pytest.mark.parametrize("shade", ["", "x", "errors"])
def test_any_shade_in_the_address_is_answered(tahir: Browser, shade: str) -> None:
    assert tahir.get(MAP, query_string={"shade": shade}).status_code == 200


def test_findings_come_for_a_question_not_saved_yet(tahir: Browser) -> None:
    fields = {**COMMON, **KINDS["single_choice"], "stem": "According to the writer, which of these is not named?"}
    part = tahir.post(f"{new_address('single_choice')}/findings", fields)
    assert part.status_code == 200
    assert "<html" not in part.text
    assert "“not” turns the question round" in part.text
    assert "guideline 17" in part.text


def test_a_question_half_written_has_no_findings_yet(tahir: Browser) -> None:
    part = tahir.post(f"{new_address('numeric')}/findings", {**COMMON, "answer": "soon"}).text
    assert "Findings appear here as soon as" in part


def test_the_editor_opens_with_the_findings_on_what_is_saved(app: Flask, tahir: Browser) -> None:
    with app.app_context():
        number = question_named(db.session(), "founder").id
    page = tahir.get(f"/teach/questions/{number}").text
    assert "What the rules of item writing say" in page
    assert f'data-findings="/teach/questions/{number}/findings"' in page


def test_words_of_a_finding_cannot_bring_in_html(tahir: Browser) -> None:
    fields = {**COMMON, **KINDS["single_choice"], "choices-0-text": "always <b>so</b>"}
    part = tahir.post(f"{new_address('single_choice')}/findings", fields).text
    assert "<b>so</b>" not in part
    assert "&lt;b&gt;so&lt;/b&gt;" in part


@only_on_sqlite("it takes one writer at a time")
def test_asking_the_rules_keeps_no_writer_waiting(app: Flask, tahir: Browser) -> None:
    fields = {**COMMON, **KINDS["single_choice"]}
    token = tahir.token()
    with closing(sqlite3.connect(f"{app.instance_path}/quizapp.db", timeout=0)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        asked = tahir.client.post(f"{new_address('single_choice')}/findings", data={**fields, "csrf_token": token})
        writer.rollback()
    assert asked.status_code == 200


def test_a_waiver_stands_beside_the_findings_with_its_reason(app: Flask, tahir: Browser) -> None:
    with app.app_context():
        question = question_named(db.session(), "founder")
        question.waivers = [{"rule": "clang", "reason": "The word has no other."}]
        db.session.commit()
        number = question.id
    assert "Waived: clang. The word has no other." in tahir.get(f"/teach/questions/{number}").text
