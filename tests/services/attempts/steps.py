"""What Ayesha and the others do in the tests of attempts, in a word each."""

from typing import Any

from sqlalchemy.orm import Session

from quizapp.domain.feedback import Aspect
from quizapp.domain.settings import QuizSettings
from quizapp.models import Attempt
from quizapp.services.attempts import answering, reviewing, showing, starting
from quizapp.services.attempts.answering import Answerer, Sent, save_answer
from quizapp.services.attempts.reviewing import ReviewedSlot
from tests.conftest import NOW, person, quiz_named


def began(session: Session, quiz: str = "whole-test", username: str = "ayesha", seed: int = 7) -> Attempt:
    """An attempt of somebody of the cast."""
    attempt = starting.start(session, person(session, username), quiz_named(session, quiz), seed, NOW)
    session.commit()
    return attempt


def who(session: Session, username: str = "ayesha") -> Answerer:
    """Somebody of the cast, as the session cookie says it."""
    user = person(session, username)
    return Answerer(user.id, user.sign_in_epoch)


def sent(answer: str | list[str], revision: int = 1, **further: Any) -> Sent:
    """What a page sends."""
    return Sent({"answer": [answer] if isinstance(answer, str) else answer}, revision, **further)


def save(
    session: Session, attempt: Attempt, position: int, answer: str | list[str], revision: int = 1, final: bool = True
) -> answering.Saved:
    """Save an answer of Ayesha's; in practice it is checked with that."""
    saved = save_answer(session, who(session), attempt.id, position, sent(answer, revision), NOW, final)
    session.commit()
    return saved


def place_of(session: Session, attempt: Attempt, position: int, index: int) -> str:
    """The page value of the choice with this index in the content."""
    slot = showing.attempt_state(session, attempt.id).slot(position)
    return str(slot.order.index(index) + 1)


def run_so(session: Session, quiz: str, **settings: Any) -> None:
    """Run a quiz with these settings from now on."""
    quiz_named(session, quiz).settings = QuizSettings(**settings).plain()
    session.commit()


def reviewed_slots(session: Session, attempt: Attempt, *positions: int) -> list[ReviewedSlot]:
    """The review of these positions, or of all, with nothing held back."""
    slots = showing.attempt_state(session, attempt.id).slots
    chosen = [slot for slot in slots if not positions or slot.position in positions]
    return reviewing.review_slots(session, chosen, lambda _slot: frozenset(Aspect))
