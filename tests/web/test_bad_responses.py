"""What is no answer gets a clear word, by form and by script, and changes nothing; for all nine kinds."""

from typing import Any

import pytest
from flask import Flask

from quizapp.domain.settings import QuizSettings
from quizapp.models import AttemptSlot, db
from quizapp.services import quiz_building
from tests.conftest import Browser, question_named, quiz_named
from tests.essays import with_essay

LONG = "x" * 30_000
BAD: dict[str, tuple[int, list[Any]]] = {
    "single_choice": (1, ["99", "0", ["1", "2"], LONG, "<script>"]),
    "multiple_response": (2, ["99", ["1", "1"], ["1", "x"], LONG]),
    "true_false": (3, ["maybe", ["true", "false"], "1", LONG]),
    "short_answer": (4, [["Ouzel", "Ouse"], LONG, "Ou\0zel"]),
    "numeric": (5, ["long ago", ["1851", "1850"], "1e999999", LONG]),
    "matching": (6, ["1", ["9", "", ""], ["1"] * 40, [LONG, "", ""]]),
    "ordering": (7, ["1", ["1", "1", "2", "3"], ["5", "6", "7", "8"], ["1", "2", "3"], [LONG] * 4]),
    "cloze": (8, [["canoe", ""], ["cart"], ["cart"] * 5, ["cart", LONG]]),
    "essay": (9, [LONG, ["one", "two"]]),
}
"""Where each kind stands in the test, and what is no answer to it: missing, extra, forged, huge, another question's."""
CASES = [(kind, position, bad) for kind, (position, every) in BAD.items() for bad in every]


@pytest.fixture
def attempt(app: Flask, ayesha: Browser) -> int:
    """Ayesha's attempt at the whole test with an essay at its end."""
    with app.app_context():
        with_essay(db.session())
        quiz = quiz_named(db.session(), "whole-test")
        quiz_building.add_question(db.session(), quiz, question_named(db.session(), "decline").id)
        db.session.commit()
    return ayesha.start("whole-test")


def untouched(app: Flask, attempt: int) -> bool:
    """Whether nothing of the attempt was answered."""
    with app.app_context():
        slots = db.session.execute(
            db.select(AttemptSlot.response, AttemptSlot.revision, AttemptSlot.saved).where(
                AttemptSlot.attempt_id == attempt
            )
        ).all()
    return set(slots) == {(None, 0, None)}


@pytest.mark.parametrize(("kind", "position", "bad"), CASES, ids=lambda value: str(value)[:30])
def test_a_bad_response_is_refused_with_a_sentence_and_changes_nothing(
    app: Flask, ayesha: Browser, attempt: int, kind: str, position: int, bad: Any
) -> None:
    by_form = ayesha.answer(attempt, position, bad)
    assert by_form.status_code == 422
    assert 'role="alert"' in by_form.text
    by_script = ayesha.post(f"/attempts/{attempt}/questions/{position}/save", {"answer": bad, "revision": 1})
    assert by_script.status_code == 422
    assert by_script.json["problem"].endswith(".")
    assert untouched(app, attempt)


def test_all_of_them_on_one_page_are_refused_each_with_a_sentence(app: Flask, ayesha: Browser, attempt: int) -> None:
    ayesha.post(f"/attempts/{attempt}/submit")
    with app.app_context():
        quiz_named(db.session(), "whole-test").settings = QuizSettings(one_page=True).plain()
        db.session.commit()
    second = ayesha.start("whole-test")
    form = {f"answer-{position}": every[0] for position, every in BAD.values()}
    refused = ayesha.post(f"/attempts/{second}/questions", form)
    assert refused.status_code == 422
    assert refused.text.count('role="alert"') == len(BAD)
    assert untouched(app, second)


def test_nothing_at_all_is_a_blank(app: Flask, ayesha: Browser, attempt: int) -> None:
    for position, _ in BAD.values():
        saved = ayesha.post(f"/attempts/{attempt}/questions/{position}/save", {"revision": 1})
        assert saved.json["state"] == "saved"
    assert all(not slot["answered"] for slot in ayesha.get(f"/attempts/{attempt}/state").json["slots"])
