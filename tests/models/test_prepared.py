"""A prepared statement gives and takes what SQLAlchemy would, on whatever database the tests run."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, event, select, update
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Mode
from quizapp.models import Attempt, AttemptSlot, db
from quizapp.models.base import table_of
from quizapp.models.engine import connection_of, writing, writing_once
from quizapp.models.prepared import Prepared
from quizapp.services.attempts import answering, presence, submitting
from tests.conftest import NOW
from tests.services.attempts.steps import began

LOOK = (
    select(Attempt.id, Attempt.mode, Attempt.settings, AttemptSlot.position, AttemptSlot.order, AttemptSlot.saved)
    .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
    .where(Attempt.id == bindparam("attempt"), Attempt.mode == Mode.TEST)
    .order_by(AttemptSlot.position)
)
ANSWER = (
    update(table_of(AttemptSlot))
    .where(AttemptSlot.attempt_id == bindparam("attempt"), AttemptSlot.position == 1)
    .values(
        response=bindparam("sent", type_=AttemptSlot.response.type), saved=bindparam("at", type_=AttemptSlot.saved.type)
    )
    .returning(AttemptSlot.id)
)


@pytest.fixture
def attempt(session: Session) -> int:
    """An attempt of Ayesha's at the whole test, written down."""
    attempt = began(session).id
    session.rollback()
    return attempt


def saved(session: Session, attempt: int) -> Any:
    """The first answer and when it came."""
    slot = select(AttemptSlot.response, AttemptSlot.saved).where(AttemptSlot.attempt_id == attempt)
    found = session.execute(slot.where(AttemptSlot.position == 1)).one()
    session.rollback()
    return tuple(found)


def test_rows_are_what_sqlalchemy_makes_of_them(session: Session, attempt: int) -> None:
    usual = [tuple(row) for row in session.execute(LOOK, {"attempt": attempt})]
    head, rows = Prepared(LOOK).head_and_rows(connection_of(session), {"attempt": attempt}, 3)
    assert [head + row for row in rows] == usual
    assert Prepared(LOOK).row(connection_of(session), {"attempt": attempt}) == usual[0]


def test_nothing_found_is_nothing(session: Session, attempt: int) -> None:
    assert Prepared(LOOK).head_and_rows(connection_of(session), {"attempt": attempt + 1}, 3) == ((), [])
    assert Prepared(LOOK).row(connection_of(session), {"attempt": attempt + 1}) is None


@pytest.mark.parametrize("way", [writing, writing_once])
@pytest.mark.parametrize("sent", [{"text": "100 % ’quoted’"}, None])
def test_values_are_stored_as_sqlalchemy_stores_them(session: Session, attempt: int, sent: Any, way: Any) -> None:
    at = datetime(2026, 3, 14, 9, 26, 53, 589793, tzinfo=UTC)
    with way(db.engine) as connection:
        done = Prepared(ANSWER).run(connection, {"attempt": attempt, "sent": sent, "at": at})
        assert done.scalar_one_or_none() is not None
    assert saved(session, attempt) == (sent, at)


def test_what_fails_half_way_is_not_kept(session: Session, attempt: int) -> None:
    writer = writing(db.engine)
    Prepared(ANSWER).run(writer.__enter__(), {"attempt": attempt, "sent": {"text": "Ouse"}, "at": NOW}).all()
    assert not writer.__exit__(ValueError, ValueError(), None)
    assert saved(session, attempt) == (None, None)


def test_one_statement_is_on_the_disk_once_its_result_is_read(session: Session, attempt: int) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite ends a lone statement's transaction by itself")
    with writing_once(db.engine) as connection:
        done = Prepared(ANSWER).run(connection, {"attempt": attempt, "sent": {"text": "Ouse"}, "at": NOW})
        assert done.scalar_one_or_none() is not None
        assert saved(session, attempt) == ({"text": "Ouse"}, NOW)


def test_those_who_watch_statements_see_it(session: Session, attempt: int) -> None:
    seen: list[str] = []
    watch = lambda _connection, _cursor, sql, *_rest: seen.append(sql)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", watch)
    Prepared(LOOK).row(connection_of(session), {"attempt": attempt})
    event.remove(db.engine, "before_cursor_execute", watch)
    assert [sql.split()[0] for sql in seen] == ["BEGIN", "SELECT"][-len(seen) :]


@pytest.mark.parametrize("statement", [answering._SAVE, answering._FLAG, presence._SEE, submitting._CLOSE])
def test_the_hot_statements_bind_nothing_that_has_sqlite_plan_them_anew(session: Session, statement: Prepared) -> None:
    compiled = statement._for(db.engine.dialect)
    assert "'open'" in compiled.sql
    assert "open" not in compiled.fixed.values()
