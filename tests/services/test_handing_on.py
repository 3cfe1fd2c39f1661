"""What a teacher alone owns is handed on when they go, and nothing that students rely on vanishes."""

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Right, Role
from quizapp.models import Bank, Enrolment, Quiz, User, db
from quizapp.services import accounts
from quizapp.services.handing_on import legacies_of
from quizapp.services.leaving import Remains, leave
from quizapp.services.sharing import give_right, right_on
from tests.classes import classroom_of, joins_cast
from tests.conftest import NOW, person, quiz_named, teacher_id


@pytest.fixture
def tamar(session: Session) -> User:
    """Tamar, who is about to go."""
    return joins_cast(session, "tamar")


def owned(session: Session, tamar: User, thing: Bank | Quiz) -> Bank | Quiz:
    """The thing, which belongs to Tamar alone."""
    thing.everyone = None
    give_right(session, thing, tamar.id, Right.OWN)
    return thing


@pytest.mark.parametrize("remains", Remains)
def test_the_co_teacher_with_the_largest_right_becomes_the_owner(
    session: Session, tamar: User, remains: Remains
) -> None:
    classroom = classroom_of(session, ["ayesha"], "tamar")
    other = accounts.add_account(session, "aaron", "Aaron (test)", "hash", Role.TEACHER, NOW)
    give_right(session, classroom, other.id, Right.VIEW)
    give_right(session, classroom, teacher_id(session), Right.EDIT)
    assert [(legacy.name, legacy.heir) for legacy in legacies_of(session, tamar.id)] == [
        ("History 10", person(session, "tahir"))
    ]
    leave(session, tamar, remains, NOW)
    assert right_on(session, teacher_id(session), classroom) is Right.OWN
    assert (classroom.archived, right_on(session, other.id, classroom)) == (None, Right.VIEW)


@pytest.mark.parametrize("remains", Remains)
def test_without_a_co_teacher_a_class_is_archived_with_its_students(
    session: Session, tamar: User, remains: Remains
) -> None:
    classroom = classroom_of(session, ["ayesha"], "tamar")
    assert [legacy.heir for legacy in legacies_of(session, tamar.id)] == [None]
    leave(session, tamar, remains, NOW)
    assert classroom.archived == NOW
    assert session.scalar(db.select(Enrolment.user_id)) == person(session, "ayesha").id


@pytest.mark.parametrize("remains", Remains)
def test_a_bank_and_a_quiz_without_heirs_are_open_to_every_teacher(
    session: Session, tamar: User, remains: Remains
) -> None:
    quiz = quiz_named(session, "whole-test")
    things = [owned(session, tamar, quiz), owned(session, tamar, quiz.bank)]
    assert right_on(session, teacher_id(session), quiz) is None
    leave(session, tamar, remains, NOW)
    assert [right_on(session, teacher_id(session), thing) for thing in things] == [Right.VIEW, Right.VIEW]


def test_what_has_another_owner_or_is_only_shared_is_no_legacy(session: Session, tamar: User) -> None:
    shared = classroom_of(session, (), "tamar")
    give_right(session, shared, teacher_id(session), Right.OWN)
    give_right(session, classroom_of(session, (), "tahir", "Maths"), tamar.id, Right.EDIT)
    assert legacies_of(session, tamar.id) == []


def test_who_leaves_as_a_student_is_in_no_class_any_more(session: Session) -> None:
    classroom_of(session, ["ayesha"])
    leave(session, person(session, "ayesha"), Remains.ATTEMPTS, NOW)
    assert session.scalar(db.select(Enrolment.id)) is None
