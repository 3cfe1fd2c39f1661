"""A new kind is one folder and one registry line: here a whole one, from bank file to review page."""

from collections.abc import Iterator

import pytest
from flask import Flask

from quizapp.formats.bank_yaml import read_bank, write_bank
from quizapp.kinds import KINDS
from quizapp.models import db
from quizapp.services import banks
from tests.bank import FILES
from tests.conftest import NOW, Browser
from tests.contracts.yes_no.kind import YesNo

QUESTION = """
  - id: is-it
    kind: yes_no
    frame: essay
    level: recall
    objective: 1
    stem: According to the writer, did ships carry glass?
    yes_is_right: false
    explanation: Glass is named as never carried, in the second sentence.
    evidence: [{passage: beginnings, quote: and never glass}]
"""
QUIZ = """
  - id: one-kind
    title: One new kind
    description: A quiz of one question.
    mode: practice
    slots: [{kind: yes_no}]
"""


@pytest.fixture
def _registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(KINDS, "yes_no", YesNo())
    return


@pytest.fixture
def files() -> dict[str, str]:
    """The small bank with a question of the new kind and a quiz that draws it."""
    return {**FILES, "rise.yaml": FILES["rise.yaml"] + QUESTION, "bank.yaml": FILES["bank.yaml"] + QUIZ}


@pytest.mark.usefixtures("_registered")
def test_a_new_kind_is_loaded_taken_reviewed_and_written_back(
    app: Flask, visitor: Browser, files: dict[str, str]
) -> None:
    document = read_bank(files)
    assert read_bank(write_bank(document)) == document
    with app.app_context():
        banks.load_bank(db.session(), document, "digest", NOW)
        db.session.commit()
    attempt = visitor.start("one-kind")
    visitor.answer(attempt, 1, "no")
    page = visitor.get(f"/attempts/{attempt}/questions/1").text
    assert "You said no, and no it is." in page
    assert "Glass is named as never carried" in page


@pytest.mark.usefixtures("_registered")
def test_a_new_kind_is_written_in_the_editor(tahir: Browser) -> None:
    data = {
        "section": "rise", "status": "published", "frame": "essay", "level": "recall", "objective": "1",
        "stem": "According to the writer, was it tin?", "explanation": "Tin is named.", "yes_is_right": "y",
        "evidence-0-passage": "beginnings", "evidence-0-quote": "wool and tin", "action": "save",
    }  # fmt: skip
    made = tahir.post("/teach/banks/harbour/questions/new/yes_no", data)
    assert made.status_code == 303
    assert "Yes or no" in tahir.get("/teach/banks/harbour/questions?kind=yes_no").text
