"""Once more: the same question, or another one on the same lines, tried apart from what counts."""

from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from quizapp.domain.feedback import Aspect
from quizapp.models import Attempt, Purpose, Question
from quizapp.services.attempts.answering import NoSuchAttempt
from quizapp.services.attempts.showing import AttemptState, own_attempt, questions_in
from quizapp.services.attempts.starting import NothingToAsk, slots_for, start_without_quiz
from quizapp.services.same_lines import question_on_same_lines


def redo(session: Session, attempt_id: int, user_id: int, position: int, seed: int, now: datetime) -> Attempt:
    """An attempt at the question again, as it stands today and with its options shuffled anew.

    Only where the key has been shown, and never from a trial, of which nothing is kept. Raises NoSuchAttempt, also
    where it has not, and NothingToAsk for a question that exists no more.
    """
    state, question_id = _explained_question(session, attempt_id, user_id, position, now)
    return _attempt_at(session, state, question_id, seed, now)


def another(session: Session, attempt_id: int, user_id: int, position: int, seed: int, now: datetime) -> Attempt:
    """An attempt at another question on the same lines, of those the attempt does not ask.

    Raises NoSuchAttempt as `redo` does, and NothingToAsk where there is none.
    """
    state, question_id = _explained_question(session, attempt_id, user_id, position, now)
    asked = {question.question_id for question in questions_in(session, state.slots).values()}
    found = question_on_same_lines(session, question_id, asked)
    if found is None:
        raise NothingToAsk
    return _attempt_at(session, state, found, seed, now)


def _explained_question(
    session: Session, attempt_id: int, user_id: int, position: int, now: datetime
) -> tuple[AttemptState, int]:
    state = own_attempt(session, attempt_id, user_id)
    slot = state.slot(position)
    if Aspect.KEY not in state.shown(slot, now) or state.trial_of_id is not None:
        raise NoSuchAttempt
    return state, questions_in(session, [slot])[slot.version_id].question_id


def _attempt_at(session: Session, state: AttemptState, question_id: int, seed: int, now: datetime) -> Attempt:
    question = session.get(Question, question_id)
    if question is None or question.current_version_id is None:
        raise NothingToAsk
    slots = slots_for(session, [question_id], Random(seed))  # noqa: S311  a shuffle of options, not a secret
    return start_without_quiz(session, state.user_id, Purpose.REDO, slots, seed, now, origin_id=state.id)
