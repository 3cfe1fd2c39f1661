"""Reports of problems with questions."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.models import Reason, Report
from quizapp.services import problem_reports
from quizapp.services.attempts.answering import NoSuchAttempt
from quizapp.services.problem_reports import ReportRefused
from quizapp.services.problem_reports import report as send
from tests.conftest import NOW, person, question_named, teacher_id
from tests.services.attempts.steps import began


def reported(session: Session, reason: str = "key", text: str = "", minutes: int = 0, position: int = 1) -> Report:
    """A report of Ayesha's on a question of a test she has begun."""
    attempt, now = began(session), NOW + timedelta(minutes=minutes)
    return send(session, person(session, "ayesha").id, attempt.id, position, reason, text, now)


def test_a_report_says_who_finds_what_wrong_with_which_version(session: Session) -> None:
    reported(session, "unclear", "  Two of them fit.\r\nWhich one? ")
    (row,) = problem_reports.open_reports(session, teacher_id(session))
    assert (row.reason, row.text) == (Reason.UNCLEAR, "Two of them fit.\nWhich one?")
    assert (row.name, row.stem) == ("Ayesha (test)", "According to the writer, who founded Saltmouth?")
    assert (row.question_id, row.version) == (question_named(session, "founder").id, 1)
    assert not row.edited_since


def test_the_same_said_again_adds_to_the_open_report(session: Session) -> None:
    first = reported(session, text="It is wrong.")
    again = reported(session, text="See the charter.", minutes=5)
    assert again.id == first.id
    assert (again.text, again.created) == ("See the charter.", NOW + timedelta(minutes=5))
    assert reported(session, text="", minutes=6).text == "See the charter."


def test_another_reason_or_question_is_another_report(session: Session) -> None:
    reported(session, "key")
    reported(session, "typo")
    reported(session, "key", position=2)
    assert problem_reports.count_open(session, teacher_id(session)) == 3


def test_what_was_dealt_with_is_not_added_to(session: Session) -> None:
    first = reported(session)
    problem_reports.handle(session, first.id, person(session, "tahir").id, NOW)
    assert reported(session).id != first.id


@pytest.mark.parametrize(
    ("reason", "text", "says"),
    [
        ("", "It is wrong.", "Choose what is wrong"),
        ("nonsense", "It is wrong.", "Choose what is wrong"),
        ("other", " \n ", "in a few words"),
        ("key", "x" * 2001, "too long"),
    ],
)
def test_a_report_that_says_too_little_or_too_much_is_refused(
    session: Session, reason: str, text: str, says: str
) -> None:
    with pytest.raises(ReportRefused, match=says):
        reported(session, reason, text)
    assert problem_reports.open_reports(session, teacher_id(session)) == []


def test_nobody_reports_from_somebody_else_s_attempt_or_a_question_that_is_not_there(session: Session) -> None:
    attempt = began(session)
    for user, position in ((person(session, "ben").id, 1), (person(session, "ayesha").id, 99)):
        with pytest.raises(NoSuchAttempt):
            send(session, user, attempt.id, position, "key", "", NOW)


def test_a_report_is_dealt_with_once_and_can_be_taken_up_again(session: Session) -> None:
    found, tahir = reported(session), person(session, "tahir").id
    problem_reports.handle(session, found.id, tahir, NOW)
    problem_reports.handle(session, found.id, person(session, "ben").id, NOW + timedelta(days=1))
    (row,) = problem_reports.handled_reports(session, teacher_id(session))
    assert (row.handled, row.handled_by) == (NOW, "Tahir (test)")
    assert problem_reports.count_open(session, teacher_id(session)) == 0
    problem_reports.reopen(session, found.id, teacher_id(session))
    assert [row.handled_by for row in problem_reports.open_reports(session, teacher_id(session))] == [None]


def test_a_report_outlives_its_attempt_and_its_sender(session: Session) -> None:
    found = reported(session)
    found.user_id, found.attempt_id = None, None
    session.flush()
    (row,) = problem_reports.open_reports(session, teacher_id(session))
    assert (row.name, row.attempt_id, row.submitted) == (None, None, None)


def test_a_report_that_is_not_there_is_not_dealt_with(session: Session) -> None:
    with pytest.raises(problem_reports.NoSuchReport):
        problem_reports.handle(session, 99, 1, NOW)
    with pytest.raises(problem_reports.NoSuchReport):
        problem_reports.reopen(session, 99, teacher_id(session))
