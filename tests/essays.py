"""The small bank with an essay and a test on it, and answers that wait for a teacher."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.models import Attempt
from quizapp.services import banks
from quizapp.services.attempts import starting, submitting
from quizapp.services.attempts.answering import Answerer, Sent, save_answer
from tests.bank import BANK, FALL, small_bank
from tests.conftest import NOW, Browser, person, quiz_named

ESSAY = """
  - id: decline
    kind: essay
    frame: essay
    level: cause
    objective: 2
    stem: Why did the harbour decline, according to the writer?
    rubric:
      - {text: Names the silt of the river, points: 2, hint: The Ouzel is named.}
      - {text: Follows what was left, points: 4}
    model_answer: The river *Ouzel* filled the harbour.
    explanation: The second section tells the decline from the silt to the last bell.
    evidence: [{passage: silting, quote: The river Ouzel filled the harbour}]
"""
QUIZ = """
  - id: essay-test
    title: An essay on the decline
    description: One essay and one question.
    mode: test
    settings: {minutes: 30, attempts: 2}
    slots: [{question: decline}, {question: river}]
"""


def with_essay(session: Session) -> None:
    """Load the small bank with an essay in it."""
    document = small_bank(bank=BANK + QUIZ.lstrip("\n"), fall=FALL + ESSAY.lstrip("\n"))
    banks.load_bank(session, document, "with an essay", NOW)
    session.commit()


def essay_of(session: Session, username: str, text: str = "Because of the silt.", minutes: int = 5) -> Attempt:
    """A submitted attempt with an essay, and a short answer that is right; submitted `minutes` after NOW."""
    user = person(session, username)
    begun = NOW + timedelta(minutes=minutes - 5)
    attempt = starting.start(session, user, quiz_named(session, "essay-test"), 7, begun)
    _save(session, attempt, 1, text, begun)
    _save(session, attempt, 2, "Ouzel", begun)
    submitting.submit(session, attempt.id, user.id, NOW + timedelta(minutes=minutes))
    session.commit()
    session.refresh(attempt)
    return attempt


def _save(session: Session, attempt: Attempt, position: int, text: str, now: datetime) -> None:
    user = person(session, attempt.user.username or "")
    save_answer(session, Answerer(user.id, user.sign_in_epoch), attempt.id, position, Sent({"answer": [text]}, 1), now)


def writes_essay(browser: Browser, text: str = "Because of the silt.") -> int:
    """Somebody writes the essay in the browser and submits; the attempt's id."""
    attempt = browser.start("essay-test")
    browser.answer(attempt, 1, text)
    browser.answer(attempt, 2, "Ouzel")
    assert browser.post(f"/attempts/{attempt}/submit").status_code == 303
    return attempt
