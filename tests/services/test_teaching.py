"""Whose work a teacher sees."""

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.models import Enrolment, db
from quizapp.services import reports, sharing
from quizapp.services.attempts import starting
from quizapp.services.attempts.answering import NoSuchAttempt
from quizapp.services.attempts.sittings import managed
from quizapp.services.leaving import Remains, leave
from quizapp.services.sharing import give_right
from quizapp.services.teaching import sees_attempt, taught_by, teaches
from tests.classes import assigned, classroom_of, joins_cast
from tests.conftest import NOW, person, teacher_id


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


def test_who_was_taken_out_of_their_only_class_is_nobody_s_to_look_at(session: Session) -> None:
    joins_cast(session, "tamar")
    classroom_of(session, ["ayesha"])
    session.scalars(db.select(Enrolment)).one().removed = NOW
    assert (students_of(session, "tahir"), students_of(session, "tamar")) == ({"ben"}, {"ben"})


def test_what_is_done_for_a_class_is_seen_by_its_teachers_alone(session: Session) -> None:
    tahir, tamar = person(session, "tahir").id, joins_cast(session, "tamar").id
    exam = assigned(session, classroom_of(session, ["ayesha"]))
    classroom_of(session, ["ayesha"], teacher="tamar", name="Chess club")
    ayesha = person(session, "ayesha")
    for_class = starting.start(session, ayesha, exam.quiz, 7, NOW, exam).id
    free = starting.start(session, ayesha, exam.quiz, 7, NOW).id
    assert [sees_attempt(session, tahir, attempt) for attempt in (for_class, free)] == [True, True]
    assert [sees_attempt(session, tamar, attempt) for attempt in (for_class, free)] == [False, True]
    assert [row.id for row in reports.history_of(session, tamar, ayesha.id).attempts] == [free]
    with pytest.raises(NoSuchAttempt):
        managed(session, tamar, for_class)
    session.scalars(db.select(Enrolment).where(Enrolment.classroom_id == exam.classroom_id)).one().removed = NOW
    assert [sees_attempt(session, tahir, attempt) for attempt in (for_class, free)] == [True, False]


def test_who_is_taken_out_of_one_class_stays_with_the_other(session: Session) -> None:
    joins_cast(session, "tamar")
    classroom_of(session, ["ayesha"])
    classroom_of(session, ["ayesha"], teacher="tamar", name="History 11")
    session.scalars(db.select(Enrolment).order_by(Enrolment.id)).first().removed = NOW  # type: ignore[union-attr]
    assert (students_of(session, "tahir"), students_of(session, "tamar")) == ({"ben"}, {"ayesha", "ben"})


def test_teachers_and_guests_are_nobodys_students(session: Session) -> None:
    joins_cast(session, "tamar")
    assert not teaches(session, person(session, "tahir").id, person(session, "tamar").id)


def test_who_may_only_look_at_a_class_arranges_nothing_for_its_students(session: Session) -> None:
    joins_cast(session, "tamar")
    classroom = classroom_of(session, ["ayesha"], "tamar")
    ayesha, tahir = person(session, "ayesha").id, teacher_id(session)
    give_right(session, classroom, tahir, Right.VIEW)
    assert teaches(session, tahir, ayesha)
    assert not teaches(session, tahir, ayesha, Right.EDIT)
    give_right(session, classroom, tahir, Right.EDIT)
    assert teaches(session, tahir, ayesha, Right.EDIT)


def test_the_students_of_a_class_that_lost_its_teachers_are_everybody_s(session: Session) -> None:
    tamar = joins_cast(session, "tamar")
    classroom_of(session, ["ayesha"], "tamar")
    assert not teaches(session, teacher_id(session), person(session, "ayesha").id)
    leave(session, tamar, Remains.NOTHING, NOW)
    assert teaches(session, teacher_id(session), person(session, "ayesha").id)
