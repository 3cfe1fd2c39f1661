"""Classes: made, put away, and listed for those who may look at them."""

import random

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.models import Classroom, db
from quizapp.services.classes import classrooms, joining, roster
from quizapp.services.classes.classrooms import ClassArchived, classes_of
from quizapp.services.sharing import give_right, right_on
from tests.classes import classroom_of, joins_cast
from tests.conftest import NOW, person, teacher_id


def test_who_makes_a_class_owns_it_and_it_has_a_code(session: Session) -> None:
    made = classrooms.create(session, " History 10 ", teacher_id(session), NOW)
    assert (made.name, made.joining, len(made.join_code)) == ("History 10", True, classrooms.CODE_LENGTH)
    assert right_on(session, teacher_id(session), made) is Right.OWN


def test_two_classes_never_have_the_same_code(session: Session) -> None:
    tahir, names = teacher_id(session), ("History", "Maths")
    codes = {classrooms.create(session, name, tahir, NOW, random.Random(1).choice).join_code for name in names}
    assert len(codes) == 2


def test_a_teacher_lists_the_classes_shared_with_them_and_no_others(session: Session) -> None:
    tamar = joins_cast(session, "tamar")
    own, shared = classroom_of(session, ["ayesha", "ben"]), classroom_of(session, (), "tamar", "Maths")
    classroom_of(session, (), "tamar", "Secret")
    give_right(session, shared, teacher_id(session), Right.VIEW)
    found = [(row.id, row.students, row.right) for row in classes_of(session, teacher_id(session))]
    assert found == [(own.id, 2, Right.OWN), (shared.id, 0, Right.VIEW)]
    assert len(classes_of(session, tamar.id)) == 2


def test_an_archived_class_takes_no_change_until_it_is_in_use_again(session: Session) -> None:
    classroom = classroom_of(session)
    ayesha = person(session, "ayesha").id
    classrooms.archive(session, classroom, NOW)
    for deed in (
        lambda: classrooms.rename(session, classroom, "New"),
        lambda: joining.renew_code(session, classroom),
        lambda: joining.let_join(session, classroom, False),
        lambda: roster.remove(session, classroom, [ayesha], NOW),
        lambda: roster.take_back(session, classroom, ayesha),
    ):
        with pytest.raises(ClassArchived):
            deed()
    classrooms.take_out_of_archive(session, classroom)
    classrooms.rename(session, classroom, "New")
    assert session.scalar(db.select(Classroom.name)) == "New"


def test_a_class_archived_twice_keeps_the_first_moment(session: Session) -> None:
    classroom = classroom_of(session)
    classrooms.archive(session, classroom, NOW)
    classrooms.archive(session, classroom, NOW.replace(year=2030))
    assert classroom.archived == NOW
