"""The live preview, rows added, and the buttons of the editor."""

import pytest
from flask import Flask

from quizapp.domain.access import Right
from quizapp.kinds import KINDS as ALL
from quizapp.models import db
from tests.conftest import Browser, question_named
from tests.web.test_question_list import may_only
from tests.web.test_teach import COMMON, KINDS, as_a_browser_sends, new_address


def preview(browser: Browser, kind: str, **data: str) -> str:
    """The part of the page that keeps up with what is typed."""
    response = browser.post(f"{new_address(kind)}/preview", data)
    assert response.status_code == 200
    return str(response.text)


@pytest.mark.parametrize("kind", ALL)
def test_of_an_empty_question_the_preview_shows_what_there_is_and_says_what_is_missing(
    tahir: Browser, kind: str
) -> None:
    part = preview(tahir, kind)
    assert "Question: This is missing." in part
    assert '<fieldset class="asked" disabled>' in part
    assert "<html" not in part


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_question_misses_nothing_and_shows_its_answer_folded(tahir: Browser, kind: str) -> None:
    part = preview(tahir, kind, **{**COMMON, **KINDS[kind]})
    assert "Still to do" not in part
    assert '<details class="after-answer"' in part
    assert '<mark class="evidence">wool and tin</mark>' in part


def test_what_is_missing_is_named_by_its_field(tahir: Browser) -> None:
    sent = {**COMMON, **KINDS["single_choice"], "choices-1-feedback": "", "evidence-0-quote": ""}
    part = preview(tahir, "single_choice", **sent)
    assert "Reason for choice 2: This is missing." in part
    assert "Give at least one quote that decides the question" in part


def test_words_that_stand_in_no_passage_are_told_while_typing(tahir: Browser) -> None:
    sent = {**COMMON, **KINDS["true_false"], "evidence-0-quote": "wool and lead"}
    assert "“wool and lead”" in preview(tahir, "true_false", **sent)


def test_the_preview_tells_of_a_newer_version(app: Flask, tahir: Browser) -> None:
    with app.app_context():
        number = question_named(db.session(), "walls").id
    sent = {**COMMON, **KINDS["true_false"], "seen_version": "1"}
    address = f"/teach/questions/{number}"
    assert "newer version" not in tahir.post(f"{address}/preview", sent).text
    tahir.post(address, sent)
    assert "A newer version of this question, by Tahir (test)" in tahir.post(f"{address}/preview", sent).text


def test_who_may_only_look_may_look_at_the_preview_and_write_nothing_new(app: Flask, tahir: Browser) -> None:
    may_only(app, Right.VIEW)
    with app.app_context():
        number = question_named(db.session(), "walls").id
    assert tahir.post(f"/teach/questions/{number}/preview", {}).status_code == 200
    assert "You may look at this question, but not change it." in tahir.get(f"/teach/questions/{number}").text
    assert tahir.post(f"{new_address('numeric')}/preview", {}).status_code == 403
    may_only(app, None)
    assert tahir.post(f"/teach/questions/{number}/preview", {}).status_code == 404


def test_an_unknown_kind_or_question_has_no_preview(tahir: Browser) -> None:
    assert tahir.post(f"{new_address('riddle')}/preview", {}).status_code == 404
    assert tahir.post("/teach/questions/999/preview", {}).status_code == 404
    assert tahir.get(f"{new_address('numeric')}/preview").status_code == 405


@pytest.mark.parametrize(
    ("kind", "rows", "field"),
    [
        ("true_false", "evidence", "evidence-3-quote"),
        ("single_choice", "choices", "choices-6-text"),
        ("single_choice", "choices-1-evidence", "choices-1-evidence-1-quote"),
        ("matching", "pairs", "pairs-5-left"),
        ("cloze", "blanks-0-reject", "blanks-0-reject-2-text"),
    ],
)
def test_another_row_comes_without_scripts_and_keeps_what_is_typed(
    tahir: Browser, kind: str, rows: str, field: str
) -> None:
    page = tahir.post(new_address(kind), {**COMMON, **KINDS[kind], "stem": "", "action": f"row:{rows}"})
    sent = dict(as_a_browser_sends(page.text))
    assert field in sent
    assert sent["explanation"] == COMMON["explanation"]
    assert "This was not saved yet" not in page.text


@pytest.mark.parametrize("rows", ["", "nothing", "stem", "choices-99-evidence"])
def test_a_row_of_no_list_is_no_failure(tahir: Browser, rows: str) -> None:
    assert tahir.post(new_address("single_choice"), {"action": f"row:{rows}"}).status_code == 200


def test_two_quotes_against_one_choice_are_both_kept(tahir: Browser) -> None:
    quotes = {
        f"choices-0-evidence-{row}-{name}": value
        for row, words in enumerate(("wool and tin", "never glass"))
        for name, value in (("passage", "beginnings"), ("quote", words))
    }
    made = tahir.post(new_address("single_choice"), {**COMMON, **KINDS["single_choice"], **quotes})
    sent = dict(as_a_browser_sends(tahir.get(made.location).text))
    assert sent.items() >= quotes.items()


def test_a_quote_against_a_choice_that_is_in_no_passage_is_tied_to_its_row(tahir: Browser) -> None:
    quote = {"choices-1-evidence-0-passage": "beginnings", "choices-1-evidence-0-quote": "wool and lead"}
    refused = tahir.post(new_address("single_choice"), {**COMMON, **KINDS["single_choice"], **quote})
    assert refused.status_code == 422
    assert 'id="choices-1-evidence-0-quote-error"' in refused.text


@pytest.mark.parametrize(
    ("button", "status", "says"),
    [
        ("publish", "published", "It is published: quizzes ask it from now on."),
        ("retire", "retired", "It is retired: no new attempt asks it, past ones keep it."),
        ("draft", "draft", "It is a draft: no student is asked it."),
    ],
)
def test_a_button_saves_and_says_what_becomes_of_the_question(
    tahir: Browser, button: str, status: str, says: str
) -> None:
    sent = {**COMMON, **KINDS["true_false"], "status": "draft", "action": button}
    page = tahir.post(new_address("true_false"), sent, follow_redirects=True).text
    assert says in page
    assert f'checked id="status-{["draft", "published", "retired"].index(status)}"' in page


def test_tags_are_saved_and_too_long_ones_refused_with_all_kept(tahir: Browser) -> None:
    sent = {**COMMON, **KINDS["true_false"], "tags": "exam, " + "x" * 41}
    refused = tahir.post(new_address("true_false"), sent)
    assert refused.status_code == 422
    assert 'id="tags-error"' in refused.text
    made = tahir.post(new_address("true_false"), {**sent, "tags": "Exam, exam,week 3"})
    assert 'value="Exam, week 3"' in tahir.get(made.location).text


def test_a_numeric_question_keeps_how_near_is_near_enough(tahir: Browser) -> None:
    near = {"tolerance": "2", "relative_tolerance": "0.05"}
    made = tahir.post(new_address("numeric"), {**COMMON, **KINDS["numeric"], **near})
    sent = dict(as_a_browser_sends(tahir.get(made.location).text))
    assert sent.items() >= near.items()
