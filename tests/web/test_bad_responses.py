"""What is no answer gets a clear word, by form, sheet and script, and changes nothing; for all nine kinds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import Row
from werkzeug.test import TestResponse

from quizapp.domain.settings import QuizSettings
from quizapp.kinds import KINDS
from quizapp.models import Attempt, AttemptSlot, db
from quizapp.services import quiz_building
from tests.conftest import Browser, question_named, quiz_named
from tests.essays import with_essay

LONG = "x" * 30_000
NO_TEXT = b"\xff\xfe"
"""Bytes that are no UTF-8."""
Values = Sequence[str | bytes]


@dataclass(frozen=True)
class Case:
    """Where a kind stands in the test, a good answer to it, and what is none.

    None is too little, too much, forged, made for another question, huge, no text, or text that cannot be kept.
    """

    position: int
    good: Values
    bad: tuple[Values, ...]


CASES = {
    "single_choice": Case(
        1, ["2"], (["99"], ["0"], ["-1"], ["1", "2"], ["1", ""], ["true"], ["Ada Marsh"], ["١"], [LONG], [NO_TEXT]),
    ),
    "multiple_response": Case(
        2, ["1", "3"],
        (["99"], ["1", "1"], ["1", "x"], ["1", "2", "3", "4", "5"], ["1", ""], ["true"], [LONG], [NO_TEXT]),
    ),
    "true_false": Case(3, ["false"], (["maybe"], ["true", "false"], ["1"], ["True"], [LONG], [NO_TEXT])),
    "short_answer": Case(4, ["Ouse"], (["Ouzel", "Ouse"], ["1", "2", ""], [LONG], ["Ou\0zel"])),
    "numeric": Case(
        5, ["1850"], (["long ago"], ["1851", "1850"], ["1e999999"], ["nan"], ["Ouzel"], [LONG], ["18\0 51"], [NO_TEXT]),
    ),
    "matching": Case(
        6, ["1", "2", ""],
        (["1"], ["1"] * 40, ["9", "", ""], ["0", "", ""], ["the mole", "", ""], ["4", "3", "2", "1"], [LONG, "", ""],
         [NO_TEXT, "", ""]),
    ),
    "ordering": Case(
        7, ["4", "3", "2", "1"],
        (["1"], ["1", "2", "3"], ["1", "2", "3", ""], ["1", "1", "2", "3"], ["0", "1", "2", "3"], ["5", "6", "7", "8"],
         ["a", "b", "c", "d"], ["1"] * 40, [LONG] * 4, [NO_TEXT, "2", "3", "4"]),
    ),
    "cloze": Case(
        8, ["boat", "silver"],
        (["cart"], ["cart"] * 5, ["canoe", ""], ["1", "2", ""], ["cart", LONG], ["cart", "cop\0per"], [NO_TEXT, ""]),
    ),
    "essay": Case(9, ["Because.\n\nThe end."], (["one", "two"], ["1", "2", ""], [LONG], ["The\0 end."])),
}  # fmt: skip


def prepare(app: Flask, **settings: Any) -> None:
    """Let the whole test end with an essay, and be run so."""
    with app.app_context():
        with_essay(db.session())
        quiz = quiz_named(db.session(), "whole-test")
        quiz_building.add_question(db.session(), quiz, question_named(db.session(), "decline").id)
        quiz.settings = QuizSettings(certainty="asked", **settings).plain()
        db.session.commit()


def kept(app: Flask) -> list[Row[Any]]:
    """All that is kept of the attempts and their answers."""
    with app.app_context():
        slots = db.session.execute(db.select(*AttemptSlot.__table__.columns).order_by(AttemptSlot.id)).all()
        return [*db.session.execute(db.select(*Attempt.__table__.columns)).all(), *slots]


def send(browser: Browser, address: str, fields: Iterable[tuple[str, str | bytes | int]]) -> TestResponse:
    """Send a form with the token, byte by byte as it is."""
    body = urlencode([("csrf_token", browser.token()), *fields])
    return browser.client.post(address, data=body, content_type="application/x-www-form-urlencoded")


def json_of(response: TestResponse) -> Any:
    """What a script is told."""
    return response.json


def answers(values: Values, revision: int, suffix: str = "") -> list[tuple[str, str | bytes | int]]:
    """An answer as a form has it."""
    return [(f"revision{suffix}", revision), *((f"answer{suffix}", value) for value in values)]


@pytest.fixture
def answered(app: Flask, ayesha: Browser) -> str:
    """The address of Ayesha's test, with a good answer to every question."""
    prepare(app)
    here = f"/attempts/{ayesha.start('whole-test')}"
    for case in CASES.values():
        good = [*answers(case.good, revision=5), ("certainty", "2"), ("flagged", "1")]
        assert send(ayesha, f"{here}/questions/{case.position}/save", good).status_code == 200
    return here


def test_every_kind_is_here() -> None:
    assert set(CASES) == set(KINDS)


@pytest.mark.parametrize("kind", CASES)
def test_what_is_no_answer_is_refused_with_a_sentence_and_changes_nothing(
    app: Flask, ayesha: Browser, answered: str, kind: str
) -> None:
    before, place = kept(app), f"{answered}/questions/{CASES[kind].position}"
    for bad in CASES[kind].bad:
        by_form = send(ayesha, place, answers(bad, revision=6))
        assert (by_form.status_code, by_form.text.count('role="alert"')) == (422, 1), bad
        by_script = send(ayesha, f"{place}/save", answers(bad, revision=6))
        assert (by_script.status_code, json_of(by_script)["state"]) == (422, "refused"), bad
        assert json_of(by_script)["problem"].endswith("."), bad
    assert kept(app) == before


def test_on_a_sheet_each_is_refused_with_a_sentence_of_its_own(app: Flask, ayesha: Browser) -> None:
    prepare(app, one_page=True)
    here, before = f"/attempts/{ayesha.start('whole-test')}", kept(app)
    for turn in range(max(len(case.bad) for case in CASES.values())):
        sheet = [
            field
            for case in CASES.values()
            for field in answers(case.bad[turn % len(case.bad)], 1, f"-{case.position}")
        ]
        refused = send(ayesha, f"{here}/questions", sheet)
        assert (refused.status_code, refused.text.count('role="alert"')) == (422, len(CASES))
    assert kept(app) == before


def test_on_a_sheet_good_answers_beside_a_bad_one_are_saved(app: Flask, ayesha: Browser) -> None:
    prepare(app, one_page=True)
    here = f"/attempts/{ayesha.start('whole-test')}"
    sheet = [field for case in CASES.values() for field in answers(case.good, 1, f"-{case.position}")]
    refused = send(ayesha, f"{here}/questions", [*sheet, ("answer-1", "3")])
    assert (refused.status_code, refused.text.count('role="alert"')) == (422, 1)
    state = json_of(ayesha.get(f"{here}/state"))["slots"]
    assert [slot["answered"] for slot in state] == [False, *[True] * 8]


def test_nothing_at_all_is_a_blank_which_clears_the_answer(ayesha: Browser, answered: str) -> None:
    for case in CASES.values():
        said = send(ayesha, f"{answered}/questions/{case.position}/save", answers([], revision=6))
        assert (said.status_code, json_of(said)["state"]) == (200, "saved")
        state = json_of(ayesha.get(f"{answered}/state"))["slots"]
        assert [slot["answered"] for slot in state] == [slot["position"] > case.position for slot in state]


def test_a_blank_cannot_be_checked(app: Flask, visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    before = kept(app)
    refused = visitor.answer(attempt, 2, " ")
    assert refused.status_code == 422
    assert "Answer first, then check" in refused.text
    assert kept(app) == before


def test_what_can_be_kept_is_shown_again_as_it_came(ayesha: Browser, answered: str) -> None:
    place = f"{answered}/questions/4"
    for revision, odd in enumerate(("Ou\x07zel", "Ou\x0bzel", "Ouz\u202eel", "O\ufffdzel", "💥"), start=6):
        assert send(ayesha, f"{place}/save", answers([odd], revision)).status_code == 200
        assert json_of(send(ayesha, f"{place}/save", answers(["late"], 5)))["given"] == [odd]
        assert f'value="{odd}"' in ayesha.get(place).text


def test_letters_in_another_encoding_are_shown_as_they_were_read(ayesha: Browser, answered: str) -> None:
    assert send(ayesha, f"{answered}/questions/4/save", answers([b"Ouz\xe9l"], revision=6)).status_code == 200
    assert 'value="Ouz%E9l"' in ayesha.get(f"{answered}/questions/4").text


def test_a_certainty_that_is_none_is_refused_and_takes_the_answer_with_it(
    app: Flask, ayesha: Browser, answered: str
) -> None:
    before, place = kept(app), f"{answered}/questions/4"
    for certainty in ("0", "4", "-1", "sure", "9" * 5000, "\0"):
        fields = [*answers(["Ouzel"], revision=6), ("certainty", certainty)]
        assert send(ayesha, place, fields).status_code == 422
        assert "how sure you are" in json_of(send(ayesha, f"{place}/save", fields))["problem"]
    assert kept(app) == before


def test_a_revision_that_is_none_replaces_nothing(app: Flask, ayesha: Browser, answered: str) -> None:
    before, place = kept(app), f"{answered}/questions/4"
    for revision in ("", "x", "-1", "1e9", "9" * 40, "٩"):
        fields = [("answer", "Ouzel"), ("revision", revision)]
        assert send(ayesha, place, fields).status_code == 409
        assert send(ayesha, f"{place}/save", fields).status_code == 409
    assert kept(app) == before


def test_a_flag_for_no_question_of_the_sheet_changes_nothing(app: Flask, ayesha: Browser) -> None:
    prepare(app, one_page=True)
    here, before = f"/attempts/{ayesha.start('whole-test')}", kept(app)
    for flag in ("99:1", "0:1", "9" * 30, "9" * 5000, "²:1", "x"):
        assert send(ayesha, f"{here}/questions", [("flag", flag), ("check", flag)]).status_code in (303, 404)
    assert kept(app) == before


def test_more_than_a_form_may_hold_is_said_to_be_too_much(app: Flask, ayesha: Browser, answered: str) -> None:
    before, place = kept(app), f"{answered}/questions/9"
    for address in (place, f"{place}/save", f"{answered}/questions"):
        refused = send(ayesha, address, answers(["x" * 600_000], revision=6))
        assert refused.status_code == 413
        assert "too much at once" in refused.text
    assert kept(app) == before


def test_who_has_no_business_there_learns_nothing_from_a_bad_response(app: Flask, ben: Browser, answered: str) -> None:
    before = kept(app)
    for case in CASES.values():
        place = f"{answered}/questions/{case.position}"
        for address in (place, f"{place}/save"):
            assert send(ben, address, answers(case.bad[0], revision=6)).status_code == 404
    assert kept(app) == before


def test_an_ended_attempt_says_so_to_a_bad_response_as_well(ayesha: Browser, answered: str) -> None:
    ayesha.post(f"{answered}/submit")
    for case in CASES.values():
        said = send(ayesha, f"{answered}/questions/{case.position}/save", answers(case.bad[0], revision=6))
        assert (said.status_code, json_of(said)["state"]) == (410, "closed")
