"""Two teachers change one thing at a time: the second is asked first, and what they typed stays."""

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from flask import Flask

from quizapp.models import Assignment, Quiz, db
from quizapp.services.accommodations import accommodation_of
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, Browser, person, quiz_named

SAYS = "Somebody has changed this since you opened the page."


def form(page: str, action: str) -> dict[str, str]:
    """What the form of this address holds: texts, choices made, and the stamp."""
    (found,) = re.findall(rf'<form [^>]*action="{action}"[^>]*>(.*?)</form>', page, re.S)
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", found):
        given = dict(re.findall(r'(\S+?)="([^"]*)"', tag))
        if given.get("type") not in ("radio", "checkbox") or re.search(r"\bchecked\b", tag):
            fields[given["name"]] = given.get("value", "")
    fields |= dict(re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>\s*([^<]*)</textarea>', found))
    chosen = r'<select [^>]*name="(\w+)".*?<option selected value="(\w+)"'
    return fields | dict(re.findall(chosen, found, re.S))


@pytest.fixture
def addresses(app: Flask) -> dict[str, tuple[str, str]]:
    """For each thing: the address of its page, and that of its form."""
    with app.app_context():
        assignment = assigned(db.session(), classroom_of(db.session()), due=NOW + timedelta(days=1)).id
        quiz, ayesha = quiz_named(db.session(), "whole-test").id, person(db.session(), "ayesha").id
    student, edited = f"/teach/students/{ayesha}", f"/teach/assignments/{assignment}/edit"
    return {
        "quiz": (f"/teach/quizzes/{quiz}",) * 2,
        "assignment": (edited, edited),
        "student": (student, f"{student}/accommodation"),
    }


CHANGES: Mapping[str, tuple[dict[str, str], dict[str, str]]] = {
    "quiz": ({"attempts": "3"}, {"title": "Another title"}),
    "assignment": ({"due": "2026-03-20T12:00"}, {"title": "Another title"}),
    "student": ({"factor": "1.5"}, {"extra_days": "3"}),
}


def stored(app: Flask) -> tuple[object, ...]:
    """All that these forms change."""
    with app.app_context():
        quiz, assignment = quiz_named(db.session(), "whole-test"), db.session.get_one(Assignment, 1)
        more = accommodation_of(db.session(), person(db.session(), "ayesha").id)
        dates = (assignment.title, assignment.due, dict(assignment.settings))
        return (quiz.title, dict(quiz.settings), *dates, more)


@pytest.mark.parametrize("thing", CHANGES)
def test_who_saves_second_is_asked_and_then_may(
    app: Flask, tahir: Browser, addresses: dict[str, tuple[str, str]], thing: str
) -> None:
    (page, address), (first, second) = addresses[thing], CHANGES[thing]
    opened = form(tahir.get(page).text, address)
    assert tahir.post(address, {**opened, **first}).status_code == 303
    after_first = stored(app)
    asked = tahir.post(address, {**opened, **second})
    assert (asked.status_code, SAYS in asked.text, stored(app)) == (409, True, after_first)
    again = form(asked.text, address)
    assert again.items() >= second.items()
    assert tahir.post(address, again).status_code == 303
    assert stored(app) != after_first


@pytest.mark.parametrize("thing", CHANGES)
def test_the_same_form_sent_twice_surprises_nobody(
    tahir: Browser, addresses: dict[str, tuple[str, str]], thing: str
) -> None:
    page, address = addresses[thing]
    opened = form(tahir.get(page).text, address) | CHANGES[thing][0]
    assert [tahir.post(address, opened).status_code for _ in range(2)] == [303, 303]


def test_a_quiz_is_changed_by_a_form_that_does_not_tell_what_it_was_opened_with(
    app: Flask, tahir: Browser, addresses: dict[str, tuple[str, str]]
) -> None:
    page, address = addresses["quiz"]
    opened = form(tahir.get(page).text, address)
    del opened["seen"]
    assert tahir.post(address, {**opened, "title": "Told nothing"}).status_code == 303
    with app.app_context():
        assert db.session.scalar(db.select(Quiz.id).where(Quiz.title == "Told nothing")) is not None
