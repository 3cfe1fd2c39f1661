"""Making quizzes."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.feedback import Aspect, FeedbackPolicy, Moment
from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import QuizSettings
from quizapp.models import Bank, db
from quizapp.services import quiz_building
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
