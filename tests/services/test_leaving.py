"""Deleting an account: nothing of the person is left, in either way of leaving."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.models import Attempt, AttemptSlot, Base, QuestionVersion, Report, State, User, db
from quizapp.models.base import table_of
from quizapp.services import accounts, leaving, problem_reports
from quizapp.services.accommodations import Accommodations, set_accommodation
from quizapp.services.attempts import marking, starting
from quizapp.services.leaving import OnlyAdministrator, OnlyTeacher, Remains, leave
from tests import whole_person
from tests.conftest import NOW, person, question_named, quiz_named
from tests.corrections import LATER
from tests.databases import only_on_sqlite
from tests.essays import essay_of, with_essay
from tests.services.attempts.steps import began

NAMES = ("zaratustra", "Zara of Saltmouth")
"""Username and display name of somebody whom nothing else in the database is called after."""
BOTH = pytest.mark.parametrize("remains", Remains)


@pytest.fixture(autouse=True)
def _essay(session: Session) -> None:
    with_essay(session)


def zara(session: Session, role: Role = Role.STUDENT) -> User:
    """Somebody with everything that can be kept of a person: all that a student does, and all that a teacher does."""
    user = accounts.add_account(session, *NAMES, "a hash of hers", role, NOW)
    set_accommodation(session, user.id, Accommodations(2.0, 1))
    done = essay_of(session, NAMES[0])
    starting.start(session, user, quiz_named(session, "rise-practice"), 1, NOW)
    problem_reports.report(session, user.id, done.id, 1, "unclear", "Which decline?", NOW)
    problem_reports.handle(session, 1, user.id, NOW)
    question_named(session, "founder").current.author_id = user.id
    marked = essay_of(session, "ben")
    marking.mark(session, marked.id, 1, [1, 1], "Read on.", user.id, NOW)
    session.commit()
    return user


def left(session: Session, remains: Remains, role: Role = Role.STUDENT) -> int:
    """Zara has left; her former id."""
    number = zara(session, role).id
    leave(session, session.get_one(User, number), remains, NOW + timedelta(minutes=9))
    session.commit()
    return number


def cells(session: Session) -> list[str]:
    """Everything that stands in the database, as text."""
    tables = Base.metadata.sorted_tables
    return [str(value) for table in tables for row in session.execute(db.select(table)) for value in row]


def referring(session: Session, user_id: int) -> set[str]:
    """The columns in which somebody's id stands as a reference."""
    keys = [key for table in Base.metadata.sorted_tables for key in table.foreign_keys]
    theirs = [key.parent for key in keys if key.column is table_of(User).c.id]
    return {
        str(column)
        for column in theirs
        if session.scalar(db.select(db.func.count()).where(column == user_id).select_from(column.table))
    }


def test_every_trace_there_can_be_is_there_before(session: Session) -> None:
    user = zara(session)
    kept = " ".join(cells(session))
    assert all(name in kept for name in (*NAMES, "a hash of hers", "Which decline?"))
    assert referring(session, user.id) == {
        "attempt.user_id", "accommodation.user_id", "report.user_id", "report.handled_by_id",
        "question_version.author_id", "attempt_slot.marked_by_id",
    }  # fmt: skip


@BOTH
@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER])
def test_nothing_of_the_person_is_left_in_any_table(session: Session, remains: Remains, role: Role) -> None:
    left(session, remains, role)
    kept = " ".join(cells(session)).casefold()
    assert not [name for name in (*NAMES, "a hash of hers") if name.casefold() in kept]


def test_who_deletes_everything_leaves_nothing_that_they_did_as_a_student(session: Session) -> None:
    number = left(session, Remains.NOTHING)
    assert session.get(User, number) is None
    assert referring(session, number) == set()
    assert "Which decline?" not in " ".join(cells(session))
    assert set(session.scalars(db.select(Attempt.user_id))) == {person(session, "ben").id}


def test_attempts_that_stay_are_those_of_a_nameless_guest_whom_nobody_can_be(session: Session) -> None:
    user = zara(session)
    epoch = user.sign_in_epoch
    leave(session, user, Remains.ATTEMPTS, NOW)
    assert (user.role, user.username, user.display_name, user.password_hash) == (Role.GUEST, None, "", None)
    assert user.sign_in_epoch == epoch + 1
    assert referring(session, user.id) == {"attempt.user_id"}


def test_finished_attempts_and_reports_stay_for_the_statistics_and_unfinished_ones_go(session: Session) -> None:
    number = left(session, Remains.ATTEMPTS)
    (attempt,) = session.scalars(db.select(Attempt).where(Attempt.user_id == number))
    assert (attempt.state, attempt.score, len(attempt.slots)) == (State.SUBMITTED, 1.0, 2)
    report = session.scalars(db.select(Report)).one()
    assert (report.text, report.attempt_id, report.user_id) == ("Which decline?", attempt.id, None)


def test_an_attempt_whose_time_is_over_counts_as_finished(session: Session) -> None:
    user = accounts.add_account(session, *NAMES, "a hash of hers", Role.STUDENT, NOW)
    attempt = starting.start(session, user, quiz_named(session, "essay-test"), 1, NOW)
    session.commit()
    leave(session, user, Remains.ATTEMPTS, NOW + timedelta(hours=1))
    session.refresh(attempt)
    assert (attempt.state, attempt.submitted) == (State.SUBMITTED, NOW + timedelta(minutes=30))


@BOTH
def test_what_a_teacher_wrote_and_marked_stays_without_a_name(session: Session, remains: Remains) -> None:
    left(session, remains, Role.TEACHER)
    version = question_named(session, "founder").current
    assert isinstance(version, QuestionVersion)
    assert version.author_id is None
    marked = session.scalars(db.select(AttemptSlot).where(AttemptSlot.comment != "")).one()
    assert (marked.points, marked.comment, marked.marked_by_id) == ([1, 1], "Read on.", None)


@BOTH
def test_the_only_teacher_cannot_leave(session: Session, remains: Remains) -> None:
    tahir = person(session, "tahir")
    assert leaving.is_only_teacher(session, tahir)
    with pytest.raises(OnlyTeacher):
        leave(session, tahir, remains, NOW)
    assert not leaving.is_only_teacher(session, person(session, "ayesha"))


@BOTH
def test_one_of_two_teachers_can_leave_and_the_other_then_cannot(session: Session, remains: Remains) -> None:
    left(session, remains, Role.TEACHER)
    assert leaving.is_only_teacher(session, person(session, "tahir"))


def test_the_numbers_of_what_is_gone_never_come_back(session: Session) -> None:
    user = accounts.add_account(session, *NAMES, "a hash of hers", Role.STUDENT, NOW)
    attempt = starting.start(session, user, quiz_named(session, "rise-practice"), 1, NOW)
    gone = user.id, attempt.id
    leave(session, user, Remains.NOTHING, NOW)
    assert session.scalar(db.select(db.func.max(User.id))) < gone[0]
    assert accounts.new_guest(session, NOW).id > gone[0]
    assert began(session, "rise-practice").id > gone[1]


def test_every_reference_to_a_person_says_what_becomes_of_it() -> None:
    keys = [key for table in Base.metadata.sorted_tables for key in table.foreign_keys]
    silent = [str(key.parent) for key in keys if key.column is table_of(User).c.id and not key.ondelete]
    assert silent == []


def test_of_a_student_who_did_everything_no_word_is_left_in_the_whole_database(session: Session) -> None:
    user = whole_person.fill(session)
    kept = whole_person.cells(session)
    assert [word for word in whole_person.SAID if word not in kept] == []
    leave(session, user, Remains.NOTHING, LATER)
    session.commit()
    kept = whole_person.cells(session).casefold()
    assert [word for word in whole_person.SAID if word.casefold() in kept] == []


@only_on_sqlite("PostgreSQL drops old rows at its next vacuum")
def test_nor_is_it_left_in_the_file_where_sqlite_has_free_room(session: Session) -> None:
    engine = session.get_bind().engine
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")
    user = whole_person.fill(session)
    assert whole_person.NAME in in_file(session)
    leave(session, user, Remains.NOTHING, LATER)
    session.commit()
    kept = in_file(session)
    assert [word for word in whole_person.SAID if word in kept] == []


def in_file(session: Session) -> str:
    """Every byte of the database's file, with what was still beside it."""
    session.rollback()
    with session.get_bind().engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    file = Path(str(session.get_bind().engine.url.database))
    return "".join(part.read_bytes().decode("latin-1") for part in file.parent.glob(f"{file.name}*"))


@BOTH
def test_the_only_one_who_runs_the_site_cannot_leave(session: Session, remains: Remains) -> None:
    tahir = person(session, "tahir")
    zara(session, Role.TEACHER)
    tahir.administers = True
    with pytest.raises(OnlyAdministrator):
        leave(session, tahir, remains, NOW)
    person(session, NAMES[0]).administers = True
    leave(session, tahir, remains, NOW)
