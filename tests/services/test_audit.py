"""The audit log: only added to, and found again."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from quizapp.models import AuditEvent, db
from quizapp.services import audit
from quizapp.services.audit import Deed, Wanted
from tests.conftest import NOW, person

OLD = datetime.now(UTC) - timedelta(days=366)


def noted(session: Session, count: int = 1, at: datetime = NOW, **fields: object) -> None:
    """So many entries, a minute after each other."""
    for minute in range(count):
        audit.note(session, Deed(**{"name": "quiz.made", "at": at + timedelta(minutes=minute), **fields}))
    session.commit()


def numbers(session: Session, wanted: Wanted, size: int = 2) -> list[list[int]]:
    """The numbers of the entries, page by page."""
    pages, before = [], None
    while True:
        page = audit.find(session, wanted, before, size)
        pages.append([entry.event.id for entry in page.entries])
        before = page.older
        if before is None:
            return pages


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET deed = 'x'", "DELETE FROM audit_event"])
def test_an_entry_is_neither_changed_nor_taken_out(session: Session, statement: str) -> None:
    noted(session, at=datetime.now(UTC))
    with pytest.raises(DBAPIError, match="only added to"):
        session.execute(db.text(statement))
    session.rollback()
    assert audit.count(session) == 1


def test_an_entry_older_than_a_year_may_go_and_is_not_changed_either(session: Session) -> None:
    noted(session, at=OLD)
    with pytest.raises(DBAPIError, match="only added to"):
        session.execute(db.text("UPDATE audit_event SET deed = 'x'"))
    session.rollback()
    session.execute(db.delete(AuditEvent))
    session.commit()
    assert audit.count(session) == 0


def test_pages_go_on_where_the_one_before_ended_also_at_the_same_moment(session: Session) -> None:
    for _ in range(5):
        noted(session)
    assert numbers(session, Wanted()) == [[5, 4], [3, 2], [1]]


def test_the_latest_comes_first_by_time_and_not_by_number(session: Session) -> None:
    noted(session, at=NOW + timedelta(days=1))
    noted(session, at=NOW)
    assert numbers(session, Wanted()) == [[1, 2]]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(actor_id=7), [1]),
        (Wanted(deed="quiz.made"), [3, 2]),
        (Wanted(record="quiz", record_id=5), [2]),
        (Wanted(request_id="abc"), [3]),
        (Wanted(since=NOW + timedelta(days=1)), [3, 2]),
        (Wanted(until=NOW + timedelta(days=1)), [1]),
        (Wanted(actor_id=7, deed="quiz.made"), []),
    ],
)
def test_entries_are_found_by_who_what_and_when(session: Session, wanted: Wanted, found: list[int]) -> None:
    noted(session, name="sign_in", actor_id=7)
    noted(session, at=NOW + timedelta(days=1), record="quiz", record_id=5)
    noted(session, at=NOW + timedelta(days=2), request_id="abc")
    assert [entry.event.id for entry in audit.find(session, wanted).entries] == found


def test_who_did_it_has_a_name_while_they_are_here(session: Session) -> None:
    ayesha = person(session, "ayesha").id
    noted(session, actor_id=ayesha)
    noted(session, actor_id=9999)
    assert [entry.username for entry in audit.find(session, Wanted()).entries] == [None, "ayesha"]


def test_every_entry_is_given_once_and_not_more_than_are_asked_for(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_AT_ONCE", 2)
    noted(session, 5)
    assert [entry.event.id for entry in audit.every(session, Wanted(), 100)] == [5, 4, 3, 2, 1]
    assert [entry.event.id for entry in audit.every(session, Wanted(), 3)] == [5, 4, 3]
