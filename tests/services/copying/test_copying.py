"""From SQLite to PostgreSQL and back: every value the same, or nothing kept."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, insert, inspect, select

from quizapp.domain.access import Role
from quizapp.models import AuditEvent, Deed, User, db
from quizapp.models.base import table_of
from quizapp.models.engine import prepare_sqlite
from quizapp.services import copying
from quizapp.services.backups import copy_database
from quizapp.services.copying import CannotCopy, moving
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, Template
from tests.corrections import correct, submitted
from tests.databases import only_on_sqlite, postgres
from tests.gradebooks import handed_in
from tests.proof.postgres import fresh_database

pytestmark = only_on_sqlite("what is copied is a file")


@pytest.fixture(scope="module")
def full(template: Template, tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Path]:
    """An app on a database with a class, its work, a correction and an entry of the audit log."""
    template.start_anew()
    file = tmp_path_factory.mktemp("full") / "quiz.db"
    with template.app.app_context():
        session = db.session()
        room = classroom_of(session)
        handed_in(session, assigned(session, room), "ayesha", 0)
        submitted(session, {"founder": (1,)}, "ben")
        correct(session, "founder", Deed.VOID)
        session.execute(
            insert(AuditEvent).values(at=NOW, by_command=True, deed="some-deed", details={"of": "‘Ä’ \\ \t \n \u0007"})
        )
        session.execute(insert(User).values(display_name="\\N", role=Role.STUDENT, created=NOW, sign_in_epoch=0))
        flask_migrate.stamp()
        session.commit()
        copy_database(Path(template.app.instance_path) / "quizapp.db", file)
        db.session.remove()
        db.engine.dispose()
    return template.app, file


@pytest.fixture
def file(full: tuple[Flask, Path], tmp_path: Path) -> Path:
    """A file of its own that holds the same."""
    copy = tmp_path / "quiz.db"
    copy.write_bytes(full[1].read_bytes())
    return copy


@pytest.fixture
def target(full: tuple[Flask, Path]) -> Iterator[Engine]:
    """An empty PostgreSQL database."""
    with fresh_database(postgres()) as address, full[0].app_context():
        engine = create_engine(address)
        yield engine
        engine.dispose()


def quietly(_: object) -> None:
    """Tell nobody how far it is."""


def on_file(file: Path) -> Engine:
    """An engine on a SQLite file."""
    engine = create_engine(f"sqlite:///{file}")
    prepare_sqlite(engine, "NORMAL")
    return engine


def everything_in(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, as the models read them."""
    with engine.connect() as connection:
        held = {
            name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for name, table in db.metadata.tables.items()
        }
    engine.dispose()
    return held


def test_every_row_is_there_as_it_was(file: Path, target: Engine) -> None:
    copying.file_into_postgres(file, target, quietly)
    there = everything_in(target)
    assert there == everything_in(on_file(file))
    filled = {name for name, rows in there.items() if rows}
    assert {"attempt_slot", "correction_effect", "enrolment", "audit_event", "deciding_passage"} <= filled


def test_foreign_keys_and_triggers_are_there(file: Path, target: Engine) -> None:
    copying.file_into_postgres(file, target, quietly)
    keys = {name: inspect(target).get_foreign_keys(name) for name in db.metadata.tables}
    for name, table in db.metadata.tables.items():
        assert len(keys[name]) == len(table.foreign_key_constraints)
    with target.begin() as connection, pytest.raises(db.exc.SQLAlchemyError, match="only added to"):
        connection.exec_driver_sql("UPDATE audit_event SET deed = 'other'")


def test_numbers_go_on_after_the_last_even_of_what_is_gone(file: Path, target: Engine) -> None:
    with closing(sqlite3.connect(file)) as source:
        source.execute("UPDATE sqlite_sequence SET seq = 900 WHERE name = 'user'")
        (slot,) = source.execute("SELECT max(id) FROM attempt_slot").fetchone()
        source.commit()
    copying.file_into_postgres(file, target, quietly)
    values = {"display_name": "New", "role": Role.STUDENT, "created": NOW, "sign_in_epoch": 0}
    with target.begin() as connection:
        assert connection.execute(insert(User).values(values).returning(User.id)).scalar_one() == 901
        assert connection.exec_driver_sql("SELECT nextval('attempt_slot_id_seq')").scalar_one() == slot + 1


def test_a_copy_of_postgresql_holds_the_same_and_can_go_there_again(file: Path, target: Engine, tmp_path: Path) -> None:
    copying.file_into_postgres(file, target, quietly)
    with target.begin() as connection:
        connection.exec_driver_sql("""SELECT setval('user_id_seq', 700)""")
    copying.postgres_into_file(target, tmp_path / "back.db", quietly)
    assert everything_in(on_file(tmp_path / "back.db")) == everything_in(on_file(file))
    assert (tmp_path / "back.db").stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(tmp_path / "back.db")) as back:
        assert back.execute("SELECT seq FROM sqlite_sequence WHERE name = 'user'").fetchone() == (700,)


def test_a_copy_sees_one_moment_of_a_database_in_use(file: Path, target: Engine, tmp_path: Path) -> None:
    copying.file_into_postgres(file, target, quietly)
    before = everything_in(target)

    def meanwhile(_: object) -> None:
        with target.begin() as connection:
            connection.exec_driver_sql("UPDATE bank SET title = upper(title)")
            connection.exec_driver_sql('UPDATE "user" SET sign_in_epoch = sign_in_epoch + 1')

    copying.postgres_into_file(target, tmp_path / "back.db", meanwhile)
    assert everything_in(on_file(tmp_path / "back.db")) == before
    assert everything_in(target) != before


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE bank SET title = 'a' || char(0) WHERE id = 1",
            "Table bank, row with id 1: title holds a NUL character",
        ),
        (
            "UPDATE bank SET title = CAST(x'ff41' AS TEXT)",
            "Table bank, row with id 1: title holds bytes that are no text",
        ),
        (
            "UPDATE quiz SET settings = '{\"x\": NaN}' WHERE id = 1",
            "row with id 1: settings holds NaN, which is no JSON",
        ),
        ("UPDATE attempt SET user_id = 99", "refers to a row of user that is not there"),
        ("ALTER TABLE bank ADD COLUMN more TEXT", "Table bank does not have the same columns"),
    ],
)
def test_what_postgresql_would_not_take_is_named_before_anything_is_written(
    file: Path, target: Engine, monkeypatch: pytest.MonkeyPatch, statement: str, sentence: str
) -> None:
    monkeypatch.setattr(moving, "_write_to_postgres", lambda *_: pytest.fail("it has begun to write"))
    with closing(sqlite3.connect(file)) as source:
        source.execute(statement)
        source.commit()
    with pytest.raises(CannotCopy) as refused:
        copying.file_into_postgres(file, target, quietly)
    assert sentence in str(refused.value)
    assert inspect(target).get_table_names() == []


def test_a_database_that_is_not_empty_is_left_alone(file: Path, target: Engine) -> None:
    with target.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE mine (id int)")
    with pytest.raises(CannotCopy, match="is not empty \\(it has the table mine\\)"):
        copying.file_into_postgres(file, target, quietly)
    assert inspect(target).get_table_names() == ["mine"]


def test_where_one_value_differs_nothing_is_kept(file: Path, target: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def go_wrong(_source: object, connection: Any, _shapes: object) -> None:
        connection.exec_driver_sql("UPDATE attempt_slot SET fraction = 0.30000000000000004 WHERE id = 1")

    monkeypatch.setattr(moving, "_continue_numbers", go_wrong)
    with pytest.raises(CannotCopy, match="Table attempt_slot is not the same after copying"):
        copying.file_into_postgres(file, target, quietly)
    assert inspect(target).get_table_names() == []


def test_the_models_and_the_copy_know_the_same_tables(file: Path, target: Engine) -> None:
    found = copying.file_into_postgres(file, target, quietly)
    assert set(found) == set(db.metadata.tables)
    assert found["user"][0] == len(everything_in(on_file(file))[table_of(User).name])
