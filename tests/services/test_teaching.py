"""Whose work a teacher sees."""

from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.models import Enrolment, db
from quizapp.services import sharing
from quizapp.services.teaching import taught_by, teaches
from tests.classes import classroom_of, joins_cast
from tests.conftest import NOW, person


def students_of(session: Session, teacher: str) -> set[str | None]:
    """Whose work this teacher sees, by username."""
    wanted = taught_by(person(session, teacher).id)
    return {username for username in ("ayesha", "ben") if person(session, username).id in session.scalars(wanted).all()}


def test_students_in_no_class_are_every_teachers(session: Session) -> None:
    joins_cast(session, "tamar")
    assert students_of(session, "tahir") == students_of(session, "tamar") == {"ayesha", "ben"}


def test_a_class_makes_its_students_its_teachers_alone(session: Session) -> None:
    joins_cast(session, "tamar")
    classroom = classroom_of(session, ["ayesha"])
    assert (students_of(session, "tahir"), students_of(session, "tamar")) == ({"ayesha", "ben"}, {"ben"})
    sharing.share(session, classroom, "tamar", Right.VIEW)
    assert students_of(session, "tamar") == {"ayesha", "ben"}


def test_who_is_taken_out_of_one_class_stays_with_the_other(session: Session) -> None:
    joins_cast(session, "tamar")
    classroom_of(session, ["ayesha"])
    classroom_of(session, ["ayesha"], teacher="tamar", name="History 11")
    session.scalars(db.select(Enrolment).order_by(Enrolment.id)).first().removed = NOW  # type: ignore[union-attr]
    assert (students_of(session, "tahir"), students_of(session, "tamar")) == ({"ben"}, {"ayesha", "ben"})


def test_teachers_and_guests_are_nobodys_students(session: Session) -> None:
    joins_cast(session, "tamar")
    assert not teaches(session, person(session, "tahir").id, person(session, "tamar").id)
