"""Joining a class by its code, and why somebody may not."""

import pytest
from sqlalchemy.orm import Session

from quizapp.models import User
from quizapp.services import accounts
from quizapp.services.classes import classrooms, joining, roster
from quizapp.services.classes.joining import CannotJoin, Obstacle, class_with_code, classes_of_student
from tests.classes import classroom_of
from tests.conftest import NOW, person


def obstacle(session: Session, username: str) -> Obstacle:
    """Why somebody of the cast cannot join the one class."""
    classroom = class_with_code(session, "history 10")
    assert classroom is not None
    with pytest.raises(CannotJoin) as refused:
        joining.join(session, classroom, person(session, username), NOW)
    return refused.value.obstacle


def test_a_student_joins_by_the_code_however_it_is_typed(session: Session) -> None:
    classroom = classroom_of(session, ())
    found = class_with_code(session, "hIs-tory l0")
    assert found is classroom
    joining.join(session, classroom, person(session, "ben"), NOW)
    assert [(own.name, own.teachers) for own in classes_of_student(session, person(session, "ben").id)] == [
        ("History 10", ("Tahir (test)",))
    ]


def test_nobody_joins_twice_and_teachers_do_not_join(session: Session) -> None:
    classroom_of(session)
    assert obstacle(session, "ayesha") is Obstacle.INSIDE
    assert obstacle(session, "tahir") is Obstacle.TEACHES


def test_who_was_taken_out_does_not_join_again_by_the_code(session: Session) -> None:
    classroom = classroom_of(session)
    ayesha = person(session, "ayesha")
    roster.remove(session, classroom, [ayesha.id], NOW)
    assert obstacle(session, "ayesha") is Obstacle.REMOVED
    assert classes_of_student(session, ayesha.id) == []
    assert roster.take_back(session, classroom, ayesha.id) == ayesha
    assert obstacle(session, "ayesha") is Obstacle.INSIDE


def test_a_closed_class_and_an_archived_one_take_nobody_in(session: Session) -> None:
    classroom = classroom_of(session, ())
    joining.let_join(session, classroom, False)
    assert obstacle(session, "ben") is Obstacle.CLOSED
    classrooms.archive(session, classroom, NOW)
    assert obstacle(session, "ben") is Obstacle.ARCHIVED


def test_a_new_code_ends_the_old_one(session: Session) -> None:
    classroom = classroom_of(session)
    joining.renew_code(session, classroom)
    assert class_with_code(session, "history 10") is None
    assert class_with_code(session, classroom.join_code) is classroom


def test_a_visitor_and_a_guest_are_not_kept_from_it_by_anything(session: Session) -> None:
    classroom = classroom_of(session)
    guest: User = accounts.new_guest(session, NOW)
    assert joining.obstacle_for(session, classroom, None) is None
    assert joining.obstacle_for(session, classroom, guest) is None
