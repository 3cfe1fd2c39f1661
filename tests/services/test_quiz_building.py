"""Making quizzes."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.domain.feedback import Aspect, FeedbackPolicy, Moment
from quizapp.domain.quizzes import Draw, Mode
from quizapp.domain.settings import QuizSettings
from quizapp.models import Bank, db
from quizapp.services import quiz_building, sharing
from tests.classes import joins_cast
from tests.conftest import NOW, question_named, quiz_named, teacher_id


@pytest.fixture
def bank(session: Session) -> Bank:
    """The small bank."""
    return session.scalars(db.select(Bank)).one()


def test_a_quiz_takes_a_question_once_and_only_of_its_own_bank(session: Session, bank: Bank) -> None:
    quiz = quiz_building.create_quiz(
        session, bank, quiz_building.QuizFields("My quiz", "On all.", Mode.PRACTICE, True), teacher_id(session)
    )
    river = question_named(session, "river")
    assert quiz_building.add_question(session, quiz, river.id)
    assert not quiz_building.add_question(session, quiz, river.id)
    assert not quiz_building.add_question(session, quiz, 999)
    assert [slot.question_id for slot in quiz.slots] == [river.id]


def test_slots_close_up_when_one_is_taken_out(session: Session) -> None:
    quiz = quiz_named(session, "whole-test")
    assert quiz_building.remove_slot(session, quiz, quiz.slots[1].id)
    assert [slot.position for slot in quiz.slots] == [0, 1, 2, 3, 4, 5, 6]
    assert not quiz_building.remove_slot(session, quiz, 999)


def test_a_draw_with_nothing_named_asks_for_any(session: Session) -> None:
    quiz = quiz_named(session, "rise-practice")
    quiz_building.add_draw(session, quiz, {"count": 2, "section": "", "level": "recall", "kind": "", "objective": None})
    slot = quiz.slots[-1]
    assert (slot.count, slot.section, slot.level, slot.kind, slot.objective) == (2, None, "recall", None, None)


WAITING = FeedbackPolicy(dict.fromkeys(Aspect, Moment.AFTER_CLOSING))


def fields(settings: QuizSettings) -> quiz_building.QuizFields:
    """What a teacher says of a quiz that is run so."""
    return quiz_building.QuizFields("My quiz", "On all.", Mode.TEST, True, settings)


def test_settings_are_stored_without_what_is_usual(session: Session, bank: Bank) -> None:
    quiz = quiz_building.create_quiz(
        session, bank, fields(QuizSettings(minutes=30, open_book=True)), teacher_id(session)
    )
    assert quiz.settings == {"minutes": 30, "open_book": True}
    quiz_building.edit_quiz(session, quiz, fields(QuizSettings()))
    assert quiz.settings == {}


def test_nothing_is_to_be_shown_after_a_closing_that_never_comes(session: Session, bank: Bank) -> None:
    with pytest.raises(quiz_building.NothingToWaitFor):
        quiz_building.create_quiz(session, bank, fields(QuizSettings(feedback=WAITING)), teacher_id(session))
    closing = QuizSettings(feedback=WAITING, closes=NOW + timedelta(days=1))
    assert quiz_building.create_quiz(session, bank, fields(closing), teacher_id(session)).settings == closing.plain()


def test_a_slot_moves_within_the_ends_and_takes_its_marks(session: Session) -> None:
    quiz = quiz_named(session, "whole-test")
    first, second = quiz.slots[0].id, quiz.slots[1].id
    assert quiz_building.move_slot(session, quiz, second, -5)
    assert [slot.id for slot in quiz.slots][:2] == [second, first]
    assert [slot.position for slot in quiz.slots] == list(range(8))
    assert quiz_building.set_marks(session, quiz, second, 2.5)
    assert quiz.slots[0].max_mark == 2.5
    assert not quiz_building.move_slot(session, quiz, 999, 1)
    assert not quiz_building.set_marks(session, quiz, 999, 1)


def test_a_plan_counts_a_draw_that_is_only_thought_of(session: Session) -> None:
    quiz = quiz_named(session, "rise-practice")
    as_it_is, offered = quiz_building.planned(session, quiz)
    with_more, _ = quiz_building.planned(session, quiz, Draw(1, section="fall"))
    assert with_more.questions == as_it_is.questions + 1
    assert len(offered) == 8


def test_a_copy_is_its_author_s_alone(session: Session) -> None:
    copied = quiz_building.copy_quiz(session, quiz_named(session, "whole-test"), teacher_id(session), "My own")
    assert (copied.published, copied.everyone, copied.title) == (False, None, "My own")
    assert sharing.right_on(session, teacher_id(session), copied) is Right.OWN
    assert sharing.right_on(session, joins_cast(session, "tamar").id, copied) is None
