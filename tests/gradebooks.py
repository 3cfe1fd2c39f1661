"""Attempts for the assignments of a class, put where a gradebook finds them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Mode
from quizapp.models import Assignment, Attempt, Enrolment, State
from quizapp.services.attempts import starting, submitting
from quizapp.services.attempts.answering import Answerer, Sent, save_answer
from tests.conftest import NOW, person, quiz_named
from tests.services.attempts.steps import place_of


def handed_in(
    session: Session,
    assignment: Assignment,
    username: str,
    score: float | None,
    at: datetime = NOW + timedelta(hours=1),
    **values: Any,
) -> Attempt:
    """A finished attempt with so many of 10 marks, begun ten minutes earlier; one that runs for a score of None."""
    runs = score is None
    values = {"number": 1, "max_score": 10.0, "started": at - timedelta(minutes=10), "seed": 1, **values}
    attempt = Attempt(
        user_id=person(session, username).id,
        quiz_id=assignment.quiz_id,
        assignment_id=assignment.id,
        mode=Mode.TEST,
        state=State.OPEN if runs else State.SUBMITTED,
        submitted=None if runs else at,
        score=score,
        **values,
    )
    session.add(attempt)
    session.commit()
    return attempt


def removed(session: Session, assignment: Assignment, username: str) -> None:
    """A student is taken out of the class of this assignment."""
    user = person(session, username)
    enrolment = session.query(Enrolment).filter_by(classroom_id=assignment.classroom_id, user_id=user.id).one()
    enrolment.removed = NOW
    session.commit()


def took(session: Session, username: str, quiz: str, answers: Mapping[int, int | str], at: datetime = NOW) -> Attempt:
    """A finished attempt with these answers by position: words, or the index of a choice as the content has it."""
    user = person(session, username)
    attempt = starting.start(session, user, quiz_named(session, quiz), 7, at)
    who = Answerer(user.id, user.sign_in_epoch)
    for position, answer in answers.items():
        value = answer if isinstance(answer, str) else place_of(session, attempt, position, answer)
        save_answer(session, who, attempt.id, position, Sent({"answer": [value]}, 1), at)
    submitting.submit(session, attempt.id, user.id, at)
    session.commit()
    return attempt
