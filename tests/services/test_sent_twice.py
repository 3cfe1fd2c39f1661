"""What is sent twice, by a double click or a page sent again, is made once."""

from datetime import timedelta

from sqlalchemy.orm import Session

from quizapp.domain.assignments import Dates
from quizapp.domain.quizzes import Mode
from quizapp.domain.splitting import Part, Piece
from quizapp.services import quiz_building
from quizapp.services.assignments import setting
from quizapp.services.classes import classrooms
from quizapp.services.quiz_building import QuizFields
from quizapp.services.texts.making import About, make_bank
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, person, quiz_named, teacher_id

LATER = NOW + timedelta(minutes=2)


def test_a_class_is_made_once_and_another_of_the_same_name_later(session: Session) -> None:
    tahir = teacher_id(session)
    made = classrooms.create(session, "History 10", tahir, NOW)
    assert classrooms.create(session, "History 10", tahir, NOW) is made
    assert classrooms.create(session, "History 11", tahir, NOW) is not made
    assert classrooms.create(session, "History 10", person(session, "ben").id, NOW) is not made
    assert classrooms.create(session, "History 10", tahir, LATER) is not made


def test_an_assignment_is_set_once_and_a_different_one_beside_it(session: Session) -> None:
    classroom, quiz, tahir = classroom_of(session), quiz_named(session, "whole-test"), teacher_id(session)
    fields = setting.AssignmentFields("First", Dates(due=LATER))
    made = setting.set_quiz(session, classroom, quiz, fields, tahir, NOW)
    assert setting.set_quiz(session, classroom, quiz, fields, tahir, NOW) is made
    assert setting.set_quiz(session, classroom, quiz, fields, tahir, LATER) is not made
    other = setting.AssignmentFields("First", Dates(due=LATER), {"attempts": 1})
    assert setting.set_quiz(session, classroom, quiz, other, tahir, NOW) is not made


def test_an_assignment_is_copied_once(session: Session) -> None:
    assignment, tahir = assigned(session, classroom_of(session)), teacher_id(session)
    target = classroom_of(session, (), name="History 9")
    made = setting.copy(session, assignment, target, tahir, NOW)
    assert setting.copy(session, assignment, target, tahir, NOW) is made


def test_a_quiz_is_made_once_and_anew_when_the_first_asks_something(session: Session) -> None:
    bank, tahir = quiz_named(session, "whole-test").bank, teacher_id(session)
    fields = QuizFields("New", "On everything.", Mode.PRACTICE, False)
    made = quiz_building.create_quiz(session, bank, fields, tahir)
    assert quiz_building.create_quiz(session, bank, fields, tahir) is made
    quiz_building.add_draw(session, made, {"count": 2, "section": "", "level": "", "kind": "", "objective": None})
    assert quiz_building.create_quiz(session, bank, fields, tahir) is not made


def test_a_quiz_is_copied_once_and_anew_when_the_copy_was_changed(session: Session) -> None:
    quiz, tahir = quiz_named(session, "whole-test"), teacher_id(session)
    made = quiz_building.copy_quiz(session, quiz, tahir, "Copy")
    assert quiz_building.copy_quiz(session, quiz, tahir, "Copy") is made
    quiz_building.set_marks(session, made, made.slots[0].id, 3.0)
    assert quiz_building.copy_quiz(session, quiz, tahir, "Copy") is not made


def test_a_text_is_saved_once_and_another_one_of_the_same_title_too(session: Session) -> None:
    about, tahir = About("A town", "N. Body", "", "en", {1: "Date the events"}), teacher_id(session)
    parts = [Part("Rise", (Piece("Beginnings", "It began in 1804."),))]
    made = make_bank(session, about, parts, tahir, NOW)
    assert make_bank(session, about, parts, tahir, NOW) is made
    assert make_bank(session, about, parts, tahir, LATER) is not made
    other = [Part("Rise", (Piece("Beginnings", "It began in 1810."),))]
    assert make_bank(session, about, other, tahir, NOW) is not made
