"""The queue of answers that wait for a teacher."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Right, Role
from quizapp.models import Attempt, db
from quizapp.services.attempts import marking, submitting
from quizapp.services.attempts.answering import NoSuchAttempt
from quizapp.services.attempts.marking_queue import (
    Place,
    Queue,
    answer_to_mark,
    classes_to_mark,
    count_waiting,
    marked,
    next_waiting,
    waiting,
)
from quizapp.services.sharing import give_right
from tests.classes import assigned, classroom_of, joins_cast
from tests.conftest import NOW, person, teacher_id
from tests.essays import essay_of, with_essay
from tests.services.attempts.steps import began


@pytest.fixture(autouse=True)
def _bank_with_an_essay(session: Session) -> None:
    with_essay(session)


@pytest.fixture
def queue(session: Session) -> Queue:
    """Tahir's, with names, so that it stands in the order of submission."""
    return Queue(teacher_id(session), named=True)


@pytest.fixture
def mark(session: Session) -> Callable[[Attempt], None]:
    """Tahir marks the essay of an attempt."""
    teacher = teacher_id(session)
    return lambda attempt: marking.mark(session, attempt.id, 1, (1, 1), "", teacher, NOW + timedelta(hours=1))


def essays(session: Session) -> list[Attempt]:
    """One of everybody, submitted one after the other."""
    joins_cast(session, "chen")
    return [essay_of(session, name, minutes=n) for name, n in (("ayesha", 5), ("ben", 6), ("chen", 7))]


def test_answers_wait_question_by_question_the_first_submitted_first(session: Session, queue: Queue) -> None:
    later, first = essay_of(session, "ben", minutes=9), essay_of(session, "ayesha", minutes=5)
    assert later.id < first.id
    (question,) = waiting(session, queue)
    assert (question.waiting, question.first) == (2, Place(first.id, 1))
    assert question.since == NOW + timedelta(minutes=5)
    assert count_waiting(session, queue.teacher_id) == 2


def test_the_next_answer_is_the_next_that_waits_and_after_the_last_the_first(
    session: Session, queue: Queue, mark: Callable[[Attempt], None]
) -> None:
    one, two, three = essays(session)
    assert next_waiting(session, queue, one.id, 1) == Place(two.id, 1)
    mark(two)
    assert next_waiting(session, queue, one.id, 1) == Place(three.id, 1)
    assert next_waiting(session, queue, three.id, 1) == Place(one.id, 1)
    mark(one)
    assert next_waiting(session, queue, three.id, 1) is None


def test_an_answer_s_neighbours_are_there_whether_marked_or_not(
    session: Session, queue: Queue, mark: Callable[[Attempt], None]
) -> None:
    one, two, three = essays(session)
    mark(one)
    answer = answer_to_mark(session, queue, two.id, 1)
    assert (answer.previous, answer.following) == (Place(one.id, 1), Place(three.id, 1))
    assert (answer.number, answer.count, answer.waiting) == (2, 3, 2)
    assert answer_to_mark(session, queue, one.id, 1).previous is None
    assert answer_to_mark(session, queue, three.id, 1).following is None


def test_without_names_the_order_is_as_good_as_chance_and_stays_the_same(session: Session) -> None:
    queue = Queue(teacher_id(session))
    names = [("ben", 1), ("ayesha", 2), ("ben", 3), ("ayesha", 4)]
    places = [Place(essay_of(session, name, minutes=minutes).id, 1) for name, minutes in names]
    answers = [answer_to_mark(session, queue, place.attempt_id, 1) for place in places]
    order = sorted(answers, key=lambda answer: answer.number)
    assert [answer.number for answer in order] == [1, 2, 3, 4]
    assert [answer.place for answer in order] != places
    (question,) = waiting(session, queue)
    assert question.first == order[0].place
    assert [answer.following for answer in order[:-1]] == [answer.place for answer in order[1:]]


def test_an_answer_comes_with_its_rubric_and_its_passage(session: Session, queue: Queue) -> None:
    attempt = essay_of(session, "ayesha", "The Ouzel did it.")
    answer = answer_to_mark(session, queue, attempt.id, 1)
    assert (answer.student, answer.marked) == ("Ayesha (test)", None)
    assert answer.reviewed.explained.given == "The Ouzel did it."
    assert [criterion.points for criterion in answer.content.rubric] == [2, 4]
    assert [passage.slug for passage in answer.reviewed.passages] == ["silting"]


def test_a_queue_can_be_that_of_a_class_or_of_an_assignment(session: Session, queue: Queue) -> None:
    classroom = classroom_of(session, ("ayesha",))
    assignment = assigned(session, classroom, "essay-test")
    ayesha, ben = essay_of(session, "ayesha"), essay_of(session, "ben")
    of_class = Queue(queue.teacher_id, classroom_id=classroom.id)
    of_assignment = Queue(queue.teacher_id, assignment_id=assignment.id)
    assert [question.first for question in waiting(session, of_class)] == [Place(ayesha.id, 1)]
    assert waiting(session, of_assignment) == []
    ben.assignment_id = assignment.id
    session.flush()
    assert [question.first for question in waiting(session, of_assignment)] == [Place(ben.id, 1)]
    with pytest.raises(NoSuchAttempt):
        answer_to_mark(session, of_class, ben.id, 1)


def test_another_teacher_s_class_narrows_a_queue_to_nothing(session: Session, queue: Queue) -> None:
    joins_cast(session, "tamar")
    classroom_of(session, ("ayesha",))
    theirs = classroom_of(session, ("ayesha",), "tamar", "Elsewhere")
    essay_of(session, "ayesha")
    assert len(waiting(session, queue)) == 1
    assert waiting(session, Queue(queue.teacher_id, classroom_id=theirs.id)) == []


def test_the_classes_to_choose_from_are_those_in_which_one_marks(session: Session, queue: Queue) -> None:
    tamar, classroom = joins_cast(session, "tamar").id, classroom_of(session)
    assignment = assigned(session, classroom, "essay-test", title="An essay")
    (found,) = classes_to_mark(session, queue.teacher_id)
    assert (found.name, found.assignments) == ("History 10", {assignment.id: "An essay"})
    give_right(session, classroom, tamar, Right.VIEW)
    assert classes_to_mark(session, tamar) == []
    essay_of(session, "ayesha")
    assert count_waiting(session, tamar) == 0


def test_only_submitted_essays_of_account_holders_wait(session: Session, queue: Queue) -> None:
    running, attempt = began(session, "essay-test", "ben"), essay_of(session, "ayesha")
    for attempt_id, position in ((running.id, 1), (attempt.id, 2), (attempt.id, 9), (999, 1)):
        with pytest.raises(NoSuchAttempt):
            answer_to_mark(session, queue, attempt_id, position)
    person(session, "ayesha").role = Role.GUEST
    session.flush()
    assert count_waiting(session, queue.teacher_id) == 0


def test_a_blank_essay_waits_for_nobody(session: Session, queue: Queue) -> None:
    attempt = began(session, "essay-test")
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    session.commit()
    assert waiting(session, queue) == []
    assert session.scalar(db.select(Attempt.awaiting).where(Attempt.id == attempt.id)) == 0


def test_an_attempt_that_was_opened_again_waits_when_it_is_submitted_again(
    session: Session, queue: Queue, mark: Callable[[Attempt], None]
) -> None:
    attempt = essay_of(session, "ayesha")
    mark(attempt)
    assert [answer.student for answer in marked(session, queue)] == ["Ayesha (test)"]
    submitting.reopen(session, attempt.id, 10, NOW)
    assert (waiting(session, queue), marked(session, queue)) == ([], [])
    submitting.submit(session, attempt.id, attempt.user_id, NOW + timedelta(minutes=5))
    assert [question.waiting for question in waiting(session, queue)] == [1]
