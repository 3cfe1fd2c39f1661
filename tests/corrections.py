"""Answers to the small bank, and corrections of them, in a word each."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from quizapp.models import Attempt, Correction, Deed, Question, db
from quizapp.services.attempts import starting, submitting
from quizapp.services.attempts.answering import Answerer, Sent, save_answer
from quizapp.services.attempts.showing import attempt_state
from quizapp.services.corrections import applying, planning, undoing
from quizapp.services.corrections.planning import Plan
from quizapp.services.corrections.proposals import Proposal
from tests.bank import QUESTIONS
from tests.conftest import NOW, person, question_named, quiz_named, teacher_id

LATER = NOW + timedelta(days=1)
Answers = Mapping[str, Any]
"""What is answered, by the question's slug: indexes of choices for the kinds with choices, else the form's values."""


def began_with(session: Session, answers: Answers, username: str = "ayesha", quiz: str = "whole-test") -> Attempt:
    """An attempt with these answers, which is not submitted."""
    user = person(session, username)
    attempt = starting.start(session, user, quiz_named(session, quiz), 7, NOW)
    session.commit()
    state = attempt_state(session, attempt.id)
    for slug, answer in answers.items():
        question = question_named(session, slug)
        slot = next(slot for slot in state.slots if slot.version_id in {version.id for version in question.versions})
        values = [str(slot.order.index(index) + 1) for index in answer] if isinstance(answer, tuple) else answer
        sent = Sent({"answer": [values] if isinstance(values, str) else values}, 1)
        save_answer(session, Answerer(user.id, user.sign_in_epoch), attempt.id, slot.position, sent, NOW, final=True)
    session.commit()
    return attempt


def submitted(session: Session, answers: Answers, username: str = "ayesha", quiz: str = "whole-test") -> Attempt:
    """A submitted attempt with these answers."""
    attempt = began_with(session, answers, username, quiz)
    submit(session, attempt)
    return attempt


def submit(session: Session, attempt: Attempt, now: datetime = NOW + timedelta(minutes=9)) -> None:
    """Submit it."""
    submitting.submit(session, attempt.id, attempt.user_id, now)
    session.commit()
    session.expire_all()


def proposed(session: Session, slug: str, deed: Deed, *, by: int | None = None, **fields: Any) -> Proposal:
    """A correction of all versions of a question; `lowers`, `retires`, `versions`, `explanation`, or fields."""
    options = {name: fields.pop(name) for name in ("lowers", "retires", "versions", "explanation") if name in fields}
    question = question_named(session, slug)
    options.setdefault("versions", tuple(version.id for version in question.versions))
    sent = {name: [value] if isinstance(value, str) else value for name, value in fields.items()}
    return Proposal(deed, reason="The charter says so.", by=by, fields=sent, **options)


def dry_run(session: Session, slug: str, deed: Deed, **fields: Any) -> Plan:
    """What a correction would do."""
    return planning.plan(session, question_named(session, slug), None, proposed(session, slug, deed, **fields))


def correct(session: Session, slug: str, deed: Deed, now: datetime = LATER, **fields: Any) -> Correction:
    """Tahir looks at what a correction would do, and makes it."""
    proposal = proposed(session, slug, deed, **fields)
    question = question_named(session, slug)
    seen = planning.plan(session, question, None, proposal).seen
    made = applying.apply(session, question, None, proposal, seen, teacher_id(session), now)
    session.commit()
    return made


def take_back(session: Session, correction: Correction, now: datetime = LATER + timedelta(days=1)) -> None:
    """Tahir undoes a correction."""
    seen = undoing.plan_undo(session, correction).seen
    undoing.undo(session, correction, seen, teacher_id(session), now)
    session.commit()


def standing(session: Session, attempt: Attempt, slug: str) -> tuple[float | None, float | None, float]:
    """The fraction of the answer to a question, and the attempt's score and what was possible."""
    session.refresh(attempt)
    question = question_named(session, slug)
    numbers = {version.id for version in question.versions}
    slot = next(slot for slot in attempt.slots if slot.question_version_id in numbers)
    session.refresh(slot)
    return slot.fraction, attempt.score, attempt.max_score


def everything(session: Session) -> list[tuple[Any, ...]]:
    """All that is stored of marks and rulings."""
    session.expire_all()
    return [
        *session.execute(
            db.text("SELECT attempt_id, position, fraction, spared, kept_ruling FROM attempt_slot ORDER BY 1, 2")
        ),
        *session.execute(db.text("SELECT id, score, max_score, awaiting FROM attempt ORDER BY 1")),
    ]


def content_of(question: Question) -> dict[str, Any]:
    """What it asks now."""
    return dict(question.current.content)


ALL_RIGHT: dict[str, Any] = {
    "founder": (0,),
    "goods": (0, 1),
    "walls": "false",
    "river": "Ouzel",
    "first-year": "1851",
}
"""Right answers to five of the eight questions of the whole-test."""
assert set(ALL_RIGHT) < set(QUESTIONS)
