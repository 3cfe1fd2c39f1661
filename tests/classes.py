"""More of the cast, where a test needs them: Tamar, who teaches too, Chen, who learns, and classes they are in."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from quizapp.domain.access import Right, Role
from quizapp.domain.codes import normal_text
from quizapp.models import Assignment, Classroom, Enrolment, User
from quizapp.services import accounts
from quizapp.services.sharing import give_right
from tests.conftest import NOW, person, quiz_named

NAMES = {"tamar": ("Tamar (test)", Role.TEACHER), "chen": ("Chen (test)", Role.STUDENT)}


def joins_cast(session: Session, username: str) -> User:
    """Tamar or Chen gets an account, with the password of the cast; or has it already."""
    found = accounts.find(session, username)
    if found is None:
        name, role = NAMES[username]
        hashed = person(session, "tahir").password_hash
        assert hashed is not None
        found = accounts.add_account(session, username, name, hashed, role, NOW)
        session.commit()
    return found


def classroom_of(
    session: Session, students: Iterable[str] = ("ayesha",), teacher: str = "tahir", name: str = "History 10"
) -> Classroom:
    """A class of these students that this teacher owns; its join code is its name, as far as a code can say it."""
    classroom = Classroom(name=name, join_code=normal_text(name)[:12], created=NOW)
    session.add(classroom)
    session.flush()
    give_right(session, classroom, person(session, teacher).id, Right.OWN)
    session.add_all(
        Enrolment(classroom_id=classroom.id, user_id=person(session, username).id, joined=NOW) for username in students
    )
    session.commit()
    return classroom


def assigned(session: Session, classroom: Classroom, quiz: str = "whole-test", **values: Any) -> Assignment:
    """A quiz set for a class."""
    found = quiz_named(session, quiz)
    values = {"title": found.title, "created": NOW, **values}
    assignment = Assignment(classroom_id=classroom.id, quiz_id=found.id, **values)
    session.add(assignment)
    session.commit()
    return assignment
