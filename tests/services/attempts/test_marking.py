"""A teacher's marks."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.models import Attempt, db
from quizapp.services.attempts import marking, submitting
from quizapp.services.attempts.answering import NoSuchAttempt
from quizapp.services.attempts.marking import MarkRefused, Place
from tests.classes import joins_cast
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


def test_answers_wait_question_by_question_the_first_submitted_first(session: Session) -> None:
    later, first = essay_of(session, "ben", minutes=9), essay_of(session, "ayesha", minutes=5)
    assert later.id < first.id
    (question,) = marking.waiting(session, teacher_id(session))
    assert (question.waiting, question.first) == (2, Place(first.id, 1))
    assert question.since == NOW + timedelta(minutes=5)
    assert marking.count_waiting(session, teacher_id(session)) == 2


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
    (answer,) = marking.marked(session, teacher_id(session))
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


def test_the_next_answer_is_the_next_that_waits_and_after_the_last_the_first(session: Session) -> None:
    joins_cast(session, "chen")
    one, two, three = (essay_of(session, name, minutes=n) for name, n in (("ayesha", 5), ("ben", 6), ("chen", 7)))
    assert marking.next_waiting(session, teacher_id(session), one.id, 1) == Place(two.id, 1)
    mark(session, two, 1, 1)
    assert marking.next_waiting(session, teacher_id(session), one.id, 1) == Place(three.id, 1)
    assert marking.next_waiting(session, teacher_id(session), three.id, 1) == Place(one.id, 1)
    mark(session, one, 1, 1)
    assert marking.next_waiting(session, teacher_id(session), three.id, 1) is None


def test_an_answer_comes_with_its_place_its_rubric_and_its_passage(session: Session) -> None:
    essay_of(session, "ben", minutes=9)
    attempt = essay_of(session, "ayesha", "The Ouzel did it.")
    answer = marking.answer_to_mark(session, teacher_id(session), attempt.id, 1)
    assert (answer.number, answer.count, answer.waiting, answer.marked) == (1, 2, 2, None)
    assert answer.reviewed.explained.given == "The Ouzel did it."
    assert [criterion.points for criterion in answer.content.rubric] == [2, 4]
    assert [passage.slug for passage in answer.reviewed.passages] == ["silting"]


def test_only_submitted_essays_of_account_holders_are_marked(session: Session) -> None:
    running = began(session, "essay-test", "ben")
    attempt = essay_of(session, "ayesha")
    for attempt_id, position in ((running.id, 1), (attempt.id, 2), (attempt.id, 9), (999, 1)):
        with pytest.raises(NoSuchAttempt):
            marking.answer_to_mark(session, teacher_id(session), attempt_id, position)
        with pytest.raises(NoSuchAttempt):
            marking.mark(session, attempt_id, position, (1, 1), "", 3, NOW)
    person(session, "ayesha").role = Role.GUEST
    session.flush()
    assert marking.count_waiting(session, teacher_id(session)) == 0


def test_a_blank_essay_waits_for_nobody(session: Session) -> None:
    attempt = began(session, "essay-test")
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    session.commit()
    assert marking.waiting(session, teacher_id(session)) == []
    assert session.scalar(db.select(Attempt.awaiting).where(Attempt.id == attempt.id)) == 0


def test_an_attempt_that_was_opened_again_is_not_marked_until_it_is_submitted(session: Session) -> None:
    attempt = essay_of(session, "ayesha")
    mark(session, attempt, 2, 4, comment="Good.")
    submitting.reopen(session, attempt.id, 10, NOW)
    assert (marking.waiting(session, teacher_id(session)), marking.marked(session, teacher_id(session))) == ([], [])
    submitting.submit(session, attempt.id, attempt.user_id, NOW + timedelta(minutes=5))
    assert [question.waiting for question in marking.waiting(session, teacher_id(session))] == [1]
