"""A teacher's marks."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.models import Attempt
from quizapp.services.attempts import marking, marking_queue
from quizapp.services.attempts.answering import NoSuchAttempt
from quizapp.services.attempts.marking import MarkRefused
from quizapp.services.attempts.marking_queue import Place, Queue
from quizapp.services.sharing import give_right
from tests.classes import classroom_of, joins_cast
from tests.conftest import NOW, person, teacher_id
from tests.essays import essay_of, with_essay
from tests.services.attempts.steps import began


@pytest.fixture(autouse=True)
def _bank_with_an_essay(session: Session) -> None:
    with_essay(session)


def mark(session: Session, attempt: Attempt, *points: int, comment: str = "") -> None:
    """Tahir marks the essay of an attempt."""
    marking.mark(session, attempt.id, 1, points, comment, person(session, "tahir").id, NOW + timedelta(hours=1))
    session.refresh(attempt)


def test_a_mark_gives_the_points_share_and_scores_the_attempt_anew(session: Session) -> None:
    attempt = essay_of(session, "ayesha")
    assert (attempt.score, attempt.awaiting) == (1.0, 1)
    mark(session, attempt, 2, 1, comment=" Well told.\r\nAnd the bell? ")
    assert (attempt.score, attempt.max_score, attempt.awaiting) == (1.5, 2.0, 0)
    slot = attempt.slots[0]
    assert (slot.fraction, slot.points, slot.comment) == (0.5, [2, 1], "Well told.\nAnd the bell?")
    assert (slot.marked_by_id, slot.marked) == (person(session, "tahir").id, NOW + timedelta(hours=1))


def test_a_mark_can_be_changed(session: Session) -> None:
    attempt = essay_of(session, "ayesha")
    mark(session, attempt, 0, 0)
    mark(session, attempt, 2, 4)
    assert (attempt.slots[0].fraction, attempt.score) == (1.0, 2.0)
    (answer,) = marking_queue.marked(session, Queue(teacher_id(session)))
    assert (answer.place, answer.fraction, answer.student) == (Place(attempt.id, 1), 1.0, "Ayesha (test)")


@pytest.mark.parametrize("points", [(), (2,), (3, 0), (0, -1), (0, 5), (1, 1, 1)])
def test_points_that_the_rubric_does_not_have_are_refused(session: Session, points: tuple[int, ...]) -> None:
    attempt = essay_of(session, "ayesha")
    with pytest.raises(MarkRefused):
        mark(session, attempt, *points)
    session.refresh(attempt)
    assert (attempt.slots[0].fraction, attempt.awaiting) == (None, 1)


def test_a_comment_without_end_is_refused(session: Session) -> None:
    attempt = essay_of(session, "ayesha")
    with pytest.raises(MarkRefused, match="5,000"):
        mark(session, attempt, 1, 1, comment="x" * 5001)


def test_who_may_only_look_at_a_class_does_not_mark_in_it(session: Session) -> None:
    tamar, classroom = joins_cast(session, "tamar").id, classroom_of(session)
    attempt = essay_of(session, "ayesha")
    give_right(session, classroom, tamar, Right.VIEW)
    with pytest.raises(NoSuchAttempt):
        marking.mark(session, attempt.id, 1, (1, 1), "", tamar, NOW)
    give_right(session, classroom, tamar, Right.EDIT)
    marking.mark(session, attempt.id, 1, (1, 1), "", tamar, NOW)


def test_nothing_but_a_submitted_essay_is_marked(session: Session) -> None:
    running, attempt = began(session, "essay-test", "ben"), essay_of(session, "ayesha")
    for attempt_id, position in ((running.id, 1), (attempt.id, 2), (attempt.id, 9), (999, 1)):
        with pytest.raises(NoSuchAttempt):
            marking.mark(session, attempt_id, position, (1, 1), "", teacher_id(session), NOW)
