"""The gradebook of a class."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.gradebook import Standing
from quizapp.domain.lateness import LatePolicy
from quizapp.models import Accommodation, Assignment, Classroom
from quizapp.services import gradebook as books
from quizapp.services.gradebook import Gradebook, Order
from tests.benchmark.workload import counted
from tests.classes import assigned, classroom_of, joins_cast
from tests.conftest import NOW, person, teacher_id
from tests.gradebooks import handed_in, removed

DUE = NOW + timedelta(days=1)
LATER = NOW + timedelta(days=30)


@pytest.fixture
def classroom(session: Session) -> Classroom:
    """A class of three."""
    joins_cast(session, "chen")
    return classroom_of(session, ("ayesha", "ben", "chen"))


@pytest.fixture
def first(session: Session, classroom: Classroom) -> Assignment:
    """A test set for the class, due in a day; late work loses a quarter a day."""
    return assigned(session, classroom, title="First", due=DUE, late=LatePolicy.DEDUCT, late_percent=25)


def book_of(session: Session, classroom: Classroom, with_removed: bool = False, **options: object) -> Gradebook:
    """The gradebook a month later, as Tahir sees it."""
    records = books.read(session, classroom.id, teacher_id(session), with_removed)
    return books.gradebook(records, LATER, **options)  # type: ignore[arg-type]


def test_every_student_has_a_line_and_every_assignment_a_column(session: Session, first: Assignment) -> None:
    second = assigned(session, first.classroom, "rise-practice", title="Second")
    handed_in(session, first, "ayesha", 8.0)
    handed_in(session, second, "ayesha", 4.0)
    handed_in(session, first, "ben", None)
    book = book_of(session, first.classroom)
    assert [assignment.title for assignment in book.assignments] == ["First", "Second"]
    ayesha, ben, chen = book.lines
    assert ([cell.share for cell in ayesha.cells], ayesha.mean) == ([0.8, 0.4], pytest.approx(0.6))
    assert [cell.standing for cell in ben.cells] == [Standing.RUNNING, Standing.NOT_BEGUN]
    assert [cell.standing for cell in chen.cells] == [Standing.MISSING, Standing.NOT_BEGUN]
    assert (ben.mean, [column.number for column in book.columns], book.spread.number) == (None, [1, 1], 1)


def test_the_grading_of_the_assignment_says_which_attempt_counts(session: Session, first: Assignment) -> None:
    handed_in(session, first, "ayesha", 8.0)
    handed_in(session, first, "ayesha", 5.0, number=2)
    assert book_of(session, first.classroom).lines[0].cells[0].share == 0.8
    first.settings = {"grading": "latest"}
    session.commit()
    assert book_of(session, first.classroom).lines[0].cells[0].share == 0.5


def test_late_work_loses_what_the_policy_takes_by_the_student_s_own_date(session: Session, first: Assignment) -> None:
    session.add(Accommodation(user_id=person(session, "ben").id, extra_days=3))
    for username in ("ayesha", "ben"):
        handed_in(session, first, username, 8.0, at=DUE + timedelta(hours=30))
    ayesha, ben, _chen = (line.cells[0] for line in book_of(session, first.classroom).lines)
    assert (ayesha.share, ayesha.late_by) == (pytest.approx(0.4), 2)
    assert (ben.share, ben.late_by) == (0.8, 0)


def test_missing_work_counts_as_nothing_where_that_is_asked_for(session: Session, first: Assignment) -> None:
    handed_in(session, first, "ayesha", 8.0)
    session.add(Accommodation(user_id=person(session, "ben").id, extra_days=60))
    session.commit()
    book = book_of(session, first.classroom, missing_is_nothing=True)
    assert [line.mean for line in book.lines] == [0.8, None, 0.0]
    assert (book.spread.mean, book.spread.median) == (pytest.approx(0.4), pytest.approx(0.4))


def test_who_was_removed_is_shown_only_when_asked_for_and_counts_in_no_mean(
    session: Session, first: Assignment
) -> None:
    for username, score in (("ayesha", 8.0), ("ben", 2.0)):
        handed_in(session, first, username, score)
    removed(session, first, "ben")
    assert [line.student.name for line in book_of(session, first.classroom).lines] == ["Ayesha (test)", "Chen (test)"]
    book = book_of(session, first.classroom, with_removed=True)
    assert [(line.student.username, line.mean) for line in book.lines][-1] == ("ben", 0.2)
    assert (book.spread.mean, book.columns[0].number) == (0.8, 1)


def test_the_page_of_a_removed_student_is_for_whoever_teaches_them_now(session: Session, first: Assignment) -> None:
    removed(session, first, "ben")
    assert not book_of(session, first.classroom, with_removed=True).lines[-1].student.open_to_me
    classroom_of(session, ("ben",), "tahir", "Elsewhere")
    assert book_of(session, first.classroom, with_removed=True).lines[-1].student.open_to_me


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (Order(), ["ayesha", "ben", "chen"]),
        (Order(reverse=True), ["chen", "ben", "ayesha"]),
        (Order(mean=True), ["ben", "ayesha", "chen"]),
        (Order(assignment_id=1, reverse=True), ["ayesha", "ben", "chen"]),
        (Order(assignment_id=99), ["ayesha", "ben", "chen"]),
    ],
)
def test_lines_stand_by_name_or_by_a_column(
    session: Session, first: Assignment, order: Order, names: list[str]
) -> None:
    assert first.id == 1
    handed_in(session, first, "ayesha", 8.0)
    handed_in(session, first, "ben", 2.0)
    book = book_of(session, first.classroom, order=order)
    assert [line.student.username for line in book.lines] == names


def test_only_what_was_done_for_the_class_stands_in_it(session: Session, first: Assignment) -> None:
    elsewhere = assigned(session, classroom_of(session, ("ayesha",), name="Other"), title="Elsewhere")
    handed_in(session, elsewhere, "ayesha", 9.0)
    hidden = assigned(session, first.classroom, title="Hidden", published=False)
    assert [assignment.title for assignment in book_of(session, first.classroom).assignments] == ["First"]
    handed_in(session, hidden, "ayesha", 1.0)
    book = book_of(session, first.classroom)
    assert [cell.share for cell in book.lines[0].cells] == [None, 0.1]


def test_a_gradebook_of_any_size_is_read_in_three_statements(app: Flask, session: Session, first: Assignment) -> None:
    for number in range(5):
        handed_in(session, assigned(session, first.classroom, title=f"More {number}"), "ayesha", 5.0)
    classroom_id, teacher = first.classroom_id, teacher_id(session)
    with counted(app) as statements:
        books.read(session, classroom_id, teacher, with_removed=True)
    assert len(statements) == 3


def test_an_empty_class_has_an_empty_gradebook(session: Session) -> None:
    book = book_of(session, classroom_of(session, ()))
    assert (book.lines, book.assignments, book.spread.mean) == ((), (), None)
