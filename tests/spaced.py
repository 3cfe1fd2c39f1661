"""Answers of the past, as the tests of the spaced review want them."""

from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from quizapp.models import Attempt, Purpose, State
from quizapp.services import banks
from quizapp.services.attempts.starting import slots_for, start_without_quiz
from tests.bank import RISE, small_bank
from tests.conftest import NOW, person, question_named


def answered(
    session: Session,
    slug: str,
    at: datetime,
    fraction: float | None = 0.0,
    *,
    username: str = "ayesha",
    certainty: int | None = None,
    stands_for: str | None = None,
    blank: bool = False,
) -> Attempt:
    """A finished attempt at one question, outside any quiz, whose answer earned `fraction`."""
    question = question_named(session, slug).id
    other = {} if stands_for is None else {question: question_named(session, stands_for).id}
    slots = slots_for(session, [question], Random(1), stands_for=other)
    slots[0].response = None if blank else {"any": "answer"}
    slots[0].settled, slots[0].fraction, slots[0].certainty = at, fraction, certainty
    attempt = start_without_quiz(session, person(session, username).id, Purpose.REDO, slots, 1, at)
    attempt.state, attempt.submitted, attempt.score = State.SUBMITTED, at, fraction
    session.commit()
    return attempt


def with_same_lines(session: Session) -> None:
    """Load the bank so that “goods” rests on words of “founder”, and “walls” on its claim."""
    rise = RISE.replace("quote: wool and tin from it", "quote: 'by Ada Marsh, the writer'")
    rise = rise.replace("  - id: walls\n", "  - id: walls\n    claims: [P1.1]\n")
    assert rise.count("P1.1") == RISE.count("P1.1") + 1
    banks.load_bank(session, small_bank(rise=rise), "with same lines", NOW)
    session.commit()
