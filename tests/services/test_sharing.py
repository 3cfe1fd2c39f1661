"""Who may do what with what teachers make."""

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.models import Bank, db
from quizapp.services import sharing
from tests.classes import classroom_of, joins_cast
from tests.conftest import person, quiz_named, teacher_id


def bank(session: Session, everyone: Right | None = None) -> Bank:
    """The small bank, open to every teacher so far."""
    found = session.scalars(db.select(Bank)).one()
    found.everyone = everyone
    return found


def test_a_bank_from_files_is_every_teachers_to_edit(session: Session) -> None:
    found = session.scalars(db.select(Bank)).one()
    assert sharing.right_on(session, teacher_id(session), found) is Right.EDIT


def test_without_a_share_there_is_no_right(session: Session) -> None:
    found = bank(session)
    assert sharing.right_on(session, teacher_id(session), found) is None
    assert sharing.banks_of(session, teacher_id(session)) == []


def test_the_larger_of_what_is_shared_and_what_everyone_has_holds(session: Session) -> None:
    found = bank(session, everyone=Right.EDIT)
    sharing.share(session, found, "tahir", Right.VIEW)
    assert sharing.right_on(session, teacher_id(session), found) is Right.EDIT
    sharing.share(session, found, "Tahir ", Right.OWN)
    assert sharing.right_on(session, teacher_id(session), found) is Right.OWN


@pytest.mark.parametrize(("held", "fitting"), [(Right.VIEW, 1), (Right.EDIT, 2), (Right.OWN, 3)])
def test_the_lists_hold_what_the_right_is_large_enough_for(session: Session, held: Right, fitting: int) -> None:
    sharing.share(session, bank(session), "tahir", held)
    quiz = quiz_named(session, "whole-test")
    quiz.everyone = None
    sharing.share(session, quiz, "tahir", held)
    enough = [right for right in Right if sharing.has_right(session, teacher_id(session), quiz, right)]
    listed = [
        right
        for right in Right
        if quiz.id in session.scalars(sharing.quizzes_open_to(teacher_id(session), right)).all()
    ]
    banks = [right for right in Right if session.scalars(sharing.banks_open_to(teacher_id(session), right)).all()]
    assert (len(enough), listed, banks) == (fitting, enough, enough)


def test_only_a_teacher_can_be_given_a_right(session: Session) -> None:
    for username in ("ayesha", "nobody"):
        with pytest.raises(sharing.NotATeacher):
            sharing.share(session, bank(session), username, Right.VIEW)


def test_the_last_owner_stays_one(session: Session) -> None:
    classroom = classroom_of(session)
    for deed in (
        lambda: sharing.share(session, classroom, "tahir", Right.EDIT),
        lambda: sharing.unshare(session, classroom, teacher_id(session)),
    ):
        with pytest.raises(sharing.LastOwner):
            deed()
    joins_cast(session, "tamar")
    sharing.share(session, classroom, "tamar", Right.OWN)
    assert sharing.unshare(session, classroom, teacher_id(session))
    assert [share.user.username for share in sharing.shares_of(session, classroom)] == ["tamar"]
    assert not sharing.unshare(session, classroom, person(session, "tahir").id)
