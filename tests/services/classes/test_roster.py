"""The list of a class: who is in it, and when they were last active."""

from datetime import timedelta

from sqlalchemy.orm import Session

from quizapp.services.attempts.answering import save_answer
from quizapp.services.classes import roster
from tests.classes import classroom_of, joins_cast
from tests.conftest import NOW, person
from tests.services.attempts.steps import began, sent, who
from tests.spaced import answered

LATER = NOW + timedelta(hours=2)


def test_the_list_tells_what_was_finished_and_when_each_was_last_active(session: Session) -> None:
    classroom = classroom_of(session, ["ayesha", "ben"])
    answered(session, "river", NOW, username="ayesha")
    attempt = began(session, username="ben")
    save_answer(session, who(session, "ben"), attempt.id, 4, sent("Ouzel"), LATER)
    inside = roster.roster_of(session, classroom).inside
    assert [(student.username, student.seen) for student in inside] == [("ayesha", NOW), ("ben", LATER)]
    assert [student.finished for student in inside] == [0, 0]


def test_who_is_taken_out_stands_apart_and_keeps_everything(session: Session) -> None:
    classroom = classroom_of(session, ["ayesha", "ben"])
    gone = roster.remove(session, classroom, [person(session, "ben").id, 999], NOW)
    found = roster.roster_of(session, classroom)
    assert [user.username for user in gone] == ["ben"]
    assert [student.username for student in found.inside] == ["ayesha"]
    assert [(student.username, student.removed) for student in found.removed] == [("ben", NOW)]
    assert roster.ids_in(session, classroom.id) == {person(session, "ayesha").id}


def test_nobody_is_let_in_again_who_was_never_taken_out(session: Session) -> None:
    classroom = classroom_of(session)
    for username in ("ayesha", "ben"):
        assert roster.take_back(session, classroom, person(session, username).id) is None


def test_the_classes_of_a_student_are_those_that_the_teacher_may_look_at(session: Session) -> None:
    joins_cast(session, "tamar")
    classroom_of(session, teacher="tamar", name="Secret")
    own = classroom_of(session)
    found = roster.classes_with(session, person(session, "ayesha").id, person(session, "tahir").id)
    assert found == [own]
