"""A class list is taken in: every row says what becomes of it, and good rows land."""

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Right, Role
from quizapp.formats.roster_csv import read_student_list
from quizapp.models import Classroom, User, db
from quizapp.services.classes import classrooms, importing, roster
from quizapp.services.classes.importing import Outcome, PlannedRow
from quizapp.services.sharing import give_right
from tests.classes import classroom_of, joins_cast
from tests.conftest import NOW, person, teacher_id


def taken_in(session: Session, classroom: Classroom, text: str) -> tuple[PlannedRow, ...]:
    """Tahir takes the list in; first it is planned, and the plan is what happens."""
    rows = read_student_list(text).students
    planned = importing.plan(session, classroom, teacher_id(session), rows)
    done = importing.apply(session, classroom, teacher_id(session), rows, NOW)
    assert [(row.outcome, row.username) for row in planned] == [(row.outcome, row.username) for row in done]
    return done


def outcomes(session: Session, classroom: Classroom, text: str) -> list[Outcome]:
    """What becomes of each row."""
    return [row.outcome for row in taken_in(session, classroom, text)]


def test_a_new_student_gets_an_account_without_a_password_and_is_in_the_class(session: Session) -> None:
    classroom = classroom_of(session, ())
    (row,) = taken_in(session, classroom, "name,username\nZara Ali,Zara")
    zara = session.get_one(User, row.user_id)
    assert (zara.username, zara.display_name, zara.role, zara.password_hash) == (
        "zara", "Zara Ali", Role.STUDENT, None,
    )  # fmt: skip
    assert roster.ids_in(session, classroom.id) == {zara.id}


@pytest.mark.parametrize(
    "text", ["Zara Ali\nOmar\nOmar", "name,username\nZara Ali,zara\nOmar,\nOmar,", "name,username\nOmar,\nZed,omar"]
)
def test_sending_the_same_list_again_changes_nothing(session: Session, text: str) -> None:
    classroom = classroom_of(session, ())
    first = taken_in(session, classroom, text)
    assert {row.outcome for row in first} == {Outcome.NEW}
    again = taken_in(session, classroom, text)
    assert {row.outcome for row in again} == {Outcome.ALREADY}
    assert [row.user_id for row in again] == [row.user_id for row in first]


def test_two_of_one_name_get_two_usernames_and_none_that_another_row_asks_for(session: Session) -> None:
    classroom = classroom_of(session, ())
    rows = taken_in(session, classroom, "name,username\nZara Ali,\nZara Ali,\nZed,zara.ali")
    assert [row.username for row in rows] == ["zara.ali.2", "zara.ali.3", "zara.ali"]


def test_good_rows_land_and_bad_ones_say_why(session: Session) -> None:
    classroom = classroom_of(session, ["ayesha"])
    text = f"name,username\n,zara\n{'x' * 81},long\nZed,z d\nAyesha,ayesha\nBen,BEN\nMe,tahir\nBen,ben\nZara,zara2"
    assert outcomes(session, classroom, text) == [
        Outcome.NO_NAME, Outcome.LONG_NAME, Outcome.BAD_USERNAME, Outcome.ALREADY, Outcome.ENROLLED, Outcome.TAKEN,
        Outcome.TWICE, Outcome.NEW,
    ]  # fmt: skip
    assert len(roster.ids_in(session, classroom.id)) == 3


def test_a_student_of_another_teacher_is_nobody_whom_one_may_take(session: Session) -> None:
    joins_cast(session, "tamar")
    theirs = classroom_of(session, ["ben"], "tamar", "Maths")
    classroom = classroom_of(session, ())
    assert outcomes(session, classroom, "name,username\nBen,ben") == [Outcome.TAKEN]
    give_right(session, theirs, teacher_id(session), Right.VIEW)
    assert outcomes(session, classroom, "name,username\nBen,ben") == [Outcome.TAKEN]
    give_right(session, theirs, teacher_id(session), Right.EDIT)
    assert outcomes(session, classroom, "name,username\nBen,ben") == [Outcome.ENROLLED]


@pytest.mark.parametrize("text", ["name,username\nBen,ben", "Ben (test)"])
def test_who_was_taken_out_is_not_brought_back_by_a_list(session: Session, text: str) -> None:
    classroom = classroom_of(session, ["ben"])
    roster.remove(session, classroom, [person(session, "ben").id], NOW)
    assert outcomes(session, classroom, text) == [Outcome.REMOVED]
    assert roster.ids_in(session, classroom.id) == frozenset()


def test_a_plan_changes_nothing(session: Session) -> None:
    classroom = classroom_of(session, ())
    before = session.scalar(db.select(db.func.count(User.id)))
    importing.plan(session, classroom, teacher_id(session), read_student_list("Zara\nOmar").students)
    assert session.scalar(db.select(db.func.count(User.id))) == before
    assert not session.new


def test_an_archived_class_takes_no_list(session: Session) -> None:
    classroom = classroom_of(session, ())
    classrooms.archive(session, classroom, NOW)
    with pytest.raises(classrooms.ClassArchived):
        taken_in(session, classroom, "Zara")
