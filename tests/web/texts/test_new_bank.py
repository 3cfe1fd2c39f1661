"""A bank from one's own text: brought, split, changed in the preview, saved; nothing typed is lost on the way."""

import io
import re
from typing import Any

import pytest
from flask import Flask

from quizapp.models import Bank, db
from tests.conftest import Browser
from tests.formats.own_text.word_files import essay, word_file
from tests.texts import arranged

HEAD = {"title": "The lost mill", "author": "N. Body", "about": "", "language": "en", "objectives": "Say what happened"}
TEXT = (
    "Before\n\n"
    + "The wheel turned all day and the miller slept beside it. " * 9
    + "\n\nAfter\n\n"
    + "The water came. " * 40
)
LEAVES = {
    "leaf-section": ["Before", "", "After"],
    "leaf-title": ["The wheel", "The miller", "The flood"],
    "leaf-text": ["It turned. It stopped.", "He slept.", "It came."],
}


def texts_of(page: str) -> list[str]:
    """The passages in a preview."""
    return [text.strip() for text in re.findall(r'name="leaf-text"[^>]*>([^<]*)<', page)]


def number_of_banks(app: Flask) -> int:
    """How many there are."""
    with app.app_context():
        return db.session.execute(db.select(db.func.count(Bank.id))).scalar_one()


def test_a_pasted_text_is_shown_split_and_nothing_is_kept(app: Flask, tahir: Browser) -> None:
    page = tahir.post("/teach/banks/new", {**HEAD, "text": TEXT, "written_in": "plain"}).text
    assert len(texts_of(page)) == 2
    assert 'name="leaf-section" value="Before"' in page
    assert number_of_banks(app) == 1


def test_a_word_file_brings_its_title_and_what_is_left_out_is_said(tahir: Browser) -> None:
    def fill(document: Any) -> None:
        essay(document)
        document.add_table(1, 1)

    data = {**HEAD, "title": "", "file": (io.BytesIO(word_file(fill)), "essay.docx")}
    page = tahir.post("/teach/banks/new", data, content_type="multipart/form-data").text
    assert 'value="The long way"' in page
    assert "1 table was left out." in page
    assert texts_of(page)[0] == "They left *at dawn*, **and** never came back."


def test_a_long_text_is_taken_though_other_forms_may_not_be_so_large(tahir: Browser) -> None:
    text = "پانی آیا اور سب کچھ لے گیا۔ " * 8000
    response = tahir.post("/teach/banks/new", {**HEAD, "language": "ur", "text": text})
    assert response.status_code == 200
    assert len(texts_of(response.text)) > 100


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"text": ""}, "There are no words in it."),
        ({"title": ""}, "Give the text a title."),
        ({"objectives": ""}, "Write at least one objective"),
        ({"objectives": "1. One\n1. Two"}, "The number 1 stands before two objectives."),
        ({"language": "tlh"}, "Not a valid choice"),
        ({"text": "word " * 60_000}, "The text is too long"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(tahir: Browser, changed: dict[str, str], says: str) -> None:
    response = tahir.post("/teach/banks/new", {**HEAD, "text": TEXT, **changed})
    assert response.status_code == 422
    assert says in response.text
    assert "N. Body" in response.text


def test_a_file_that_cannot_be_read_is_to_be_chosen_again(tahir: Browser) -> None:
    data = {**HEAD, "file": (io.BytesIO(b"%PDF-1.7"), "essay.docx")}
    response = tahir.post("/teach/banks/new", data, content_type="multipart/form-data")
    assert response.status_code == 422
    assert "The file is a PDF" in response.text
    assert "Choose the file again" in response.text


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ({"action": "join-1"}, ["It turned. It stopped.\n\nHe slept.", "It came."]),
        ({"action": "divide-0", "unit-0": "1"}, ["It turned.", "It stopped.", "He slept.", "It came."]),
        ({"action": "section-1"}, LEAVES["leaf-text"]),
        ({"action": "join-x"}, LEAVES["leaf-text"]),
        ({}, LEAVES["leaf-text"]),
    ],
)
def test_the_preview_is_changed_by_its_buttons(tahir: Browser, action: dict[str, str], expected: list[str]) -> None:
    page = tahir.post("/teach/banks/new/preview", {**HEAD, **LEAVES, **action}).text
    assert texts_of(page) == expected
    assert page.count('name="leaf-section" value=""') == (0 if action == {"action": "section-1"} else len(expected) - 2)


def test_saved_it_is_its_maker_s_text(app: Flask, tahir: Browser) -> None:
    response = tahir.post("/teach/banks/new/save", {**HEAD, **LEAVES, "leaf-out": ["1"]})
    assert response.location == "/teach/banks/the-lost-mill/text"
    with app.app_context():
        bank = db.session.scalars(db.select(Bank).where(Bank.slug == "the-lost-mill")).one()
        assert arranged(db.session(), bank) == {"before": ["the-wheel"], "after": ["the-flood"]}
    page = tahir.get(response.location, follow_redirects=True).text
    assert "It is not on the home page." in page


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": ""}, "Give the text a title."),
        ({"leaf-text": ["It turned.", "", "It came."]}, "There are no words in this passage"),
        ({"leaf-text": ["It turned.", "x" * 20_001, "It came."]}, "more than 20,000 characters"),
        ({"leaf-title": ["x" * 301, "", ""]}, "The title has more than 300 characters."),
        ({"leaf-out": ["0", "1", "2"]}, "No passage is left"),
        ({"leaf-section": [], "leaf-title": [], "leaf-text": []}, "No passage is left"),
    ],
)
def test_what_cannot_be_saved_is_said_and_the_rest_is_kept(
    app: Flask, tahir: Browser, changed: dict[str, Any], says: str
) -> None:
    response = tahir.post("/teach/banks/new/save", {**HEAD, **LEAVES, **changed})
    assert response.status_code == 422
    assert says in response.text
    assert "N. Body" in response.text
    assert number_of_banks(app) == 1
