"""Quizzes to sit in a browser: twenty questions on one page or one a page, a timed one, practice; and who sits them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy.orm import Session

from quizapp.formats.bank_yaml import read_bank
from quizapp.models import Attempt, AttemptSlot, db
from quizapp.services import banks
from quizapp.web.clock import utcnow
from tests.browser.conftest import Visit, visit_of
from tests.conftest import NOW, Template
from tests.databases import Kept, keep

COUNT = 20

_BANK = """
id: paper
title: Twenty questions
source: {title: A list of words, author: N. Body, about: An invented text for tests.}
objectives: {1: Recall the words}
sections: [words]
quizzes:
  - {id: sheet, title: The sheet, description: All on one page., mode: test, settings: {one_page: true}, slots: ALL}
  - {id: leaves, title: The leaves, description: One a page., mode: test, settings: {certainty: asked}, slots: ALL}
  - {id: timed, title: Against time, description: Half an hour., mode: test, settings: {minutes: 30}, slots: ALL}
  - {id: figures, title: Figures, description: Numbers., mode: test, slots: [{question: figure}, {question: word-1}]}
  - {id: trial, title: The trial, description: Practice., mode: practice, slots: ALL}
"""
_SECTION = """
section: words
title: The words
dated: "1804"
passages:
  - {id: list, title: The list, retells: P1, text: "The words are WORDS."}
questions:
"""
_QUESTION = """
  - id: word-{number}
    kind: short_answer
    frame: essay
    level: recall
    objective: 1
    stem: Which word stands at place {number} of the list?
    accept: [word{number}]
    explanation: The list has it there, as everybody who reads it can see.
    evidence: [{{passage: list, quote: word{number}}}]
"""
_FIGURE = """
  - id: figure
    kind: numeric
    frame: essay
    level: recall
    objective: 1
    stem: How many words stand in the list?
    answer: 20
    unit: words
    explanation: The list has twenty of them, as everybody who counts can see.
    evidence: [{passage: list, quote: The words are}]
"""


def _paper() -> dict[str, str]:
    numbers = range(1, COUNT + 1)
    all_slots = "[" + ", ".join(f"{{question: word-{number}}}" for number in numbers) + "]"
    words = ", ".join(f"word{number}" for number in numbers)
    questions = "".join(_QUESTION.format(number=number) for number in numbers)
    return {
        "bank.yaml": _BANK.replace("ALL", all_slots),
        "words.yaml": _SECTION.replace("WORDS", words) + questions + _FIGURE,
    }


@dataclass
class Sitting:
    """A student at a quiz: the attempt, in one browser."""

    app: Flask
    visit: Visit
    attempt: int

    @property
    def page(self) -> Page:
        """The page on which the student began."""
        return self.visit.page

    @property
    def context(self) -> BrowserContext:
        """The browser of the student."""
        return self.page.context

    def question(self, position: int, page: Page | None = None) -> "Question":
        """A question of the page on which the student began, or of another."""
        return Question((page or self.page).locator(f"[data-slot='{position}']"))

    def open_tab(self, address: str = "") -> Page:
        """Another tab of the same browser, on this attempt or at another address."""
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        page.goto(self.visit.site + (address or f"/attempts/{self.attempt}"))
        return page

    def saved(self) -> dict[int, str]:
        """What is saved, by position; blanks left out."""
        with self.app.app_context():
            slots = db.session.scalars(db.select(AttemptSlot).where(AttemptSlot.attempt_id == self.attempt))
            return {slot.position: _words(slot) for slot in slots if slot.response is not None}

    def ends_in(self, time: timedelta) -> None:
        """Move the deadline to so long from now."""
        with self.app.app_context():
            _move(db.session(), self.attempt, utcnow() + time)


@dataclass
class Question:
    """One question on a page."""

    section: Locator

    @property
    def field(self) -> Locator:
        """Where the answer is typed."""
        return self.section.get_by_label("Your answer")

    def is_told(self, state: str, words: str = ".") -> None:
        """Wait until the question says so of its answer, in words that match."""
        told = self.section.locator("[data-save-state]")
        expect(told).to_have_attribute("data-save-state", state)
        expect(told.locator("[data-seen]")).to_have_text(re.compile(words))

    def save(self, words: str) -> None:
        """Type an answer, leave it, and wait until it is saved."""
        self.field.fill(words)
        self.field.blur()
        self.is_told("saved")


def _words(slot: AttemptSlot) -> str:
    return str((slot.response or {}).get("text", slot.response))


def _move(session: Session, attempt: int, deadline: datetime) -> None:
    session.execute(db.update(Attempt).where(Attempt.id == attempt).values(deadline=deadline))
    session.commit()


@pytest.fixture(scope="session")
def with_paper(template: Template) -> Kept:
    """A database with the quizzes of this folder."""
    template.start_anew()
    with template.app.app_context():
        banks.load_bank(db.session(), read_bank(_paper()), "digest", NOW)
        db.session.commit()
    return keep(template.app)


@pytest.fixture
def paper(template: Template, app: Flask, with_paper: Kept) -> None:
    """The quizzes of this folder, loaded."""
    template.start_anew(with_paper)


def sit(app: Flask, visit: Visit, quiz: str, username: str = "ayesha") -> Sitting:
    """Sign in and begin a quiz, or go on with it."""
    visit.sign_in(username)
    return Sitting(app, visit, visit.begin(quiz))


@pytest.fixture
def sheet(app: Flask, paper: None, visit: Visit) -> Sitting:
    """Ayesha at twenty questions on one page."""
    return sit(app, visit, "sheet")


@pytest.fixture
def leaves(app: Flask, paper: None, visit: Visit) -> Sitting:
    """Ayesha at twenty questions, one a page, on the first."""
    return sit(app, visit, "leaves")


@pytest.fixture
def timed(app: Flask, paper: None, visit: Visit) -> Sitting:
    """Ayesha at a quiz of half an hour, on its first question."""
    return sit(app, visit, "timed")


@pytest.fixture
def figures(app: Flask, paper: None, visit: Visit) -> Sitting:
    """Ayesha at a question that takes only numbers."""
    return sit(app, visit, "figures")


@pytest.fixture
def device(chromium: Browser, site: str) -> Iterator[Visit]:
    """Another browser, on another device."""
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    yield visit_of(context, site)
    context.close()
