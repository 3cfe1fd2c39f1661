"""Bringing a database to this version's tables: with a copy first, once, and as it was where that fails."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, inspect

from quizapp.config import PACKAGE, ConfigurationError
from quizapp.models import db, revisions
from quizapp.models.engine import prepare_sqlite
from quizapp.services import upgrading
from quizapp.services.backups import copies, files
from tests.conftest import NOW, Template
from tests.databases import EACH_DATABASE, postgres
from tests.proof.postgres import fresh_database

WORKS = "op.create_table('later', sa.Column('id', sa.Integer(), primary_key=True))"
FAILS = f"{WORKS}; op.execute('DELETE FROM source'); op.execute('SELECT * FROM nowhere')"
FAILS_AFTER_COMMITTING = (
    f"{WORKS}; op.execute('DELETE FROM source'); op.get_bind().connection.commit(); op.execute('SELECT * FROM nowhere')"
)
NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "next", "{newest}", None, None
def upgrade(): {does}
"""
A_SOURCE = "INSERT INTO source (id, slug, title, author, about, language) VALUES (1, 'old', 'Old', 'Ä', 'B', 'en')"


class Migrations:
    """Those there are, and one more that the program of tomorrow brings."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = Path(shutil.copytree(PACKAGE / "migrations", folder / "migrations"))
        self.patch = patch

    def add(self, does: str) -> None:
        """From now on the program has one more, which does this."""
        text = NEXT.format(newest=revisions.newest(), does=does)
        (self.folder / "versions" / "next.py").write_text(text)
        self.patch.setattr(revisions, "SCRIPTS", self.folder)
        revisions.known.cache_clear()


@pytest.fixture
def migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Migrations]:
    """Migrations to add to."""
    yield Migrations(tmp_path, monkeypatch)
    revisions.known.cache_clear()


def filled(engine: Engine) -> Engine:
    """The engine of a database that has this version's tables, and a source."""
    upgrading.upgrade(engine, None, 1, NOW)
    with engine.begin() as connection:
        connection.exec_driver_sql(A_SOURCE)
    return engine


def engine_on(file: Path) -> Engine:
    """An engine on a SQLite file."""
    engine = create_engine(f"sqlite:///{file}")
    prepare_sqlite(engine, "NORMAL")
    return engine


@pytest.fixture(scope="module")
def a_file(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a filled SQLite database."""
    file = tmp_path_factory.mktemp("filled") / "quiz.db"
    with template.app.app_context():
        filled(engine_on(file)).dispose()
    return file


@pytest.fixture
def on_sqlite(app: Flask, a_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """A filled SQLite database."""
    shutil.copy(a_file, tmp_path / "quiz.db")
    with app.app_context():
        engine = engine_on(tmp_path / "quiz.db")
        yield engine
        engine.dispose()


@pytest.fixture
def on_postgres(app: Flask) -> Iterator[Engine]:
    """A filled PostgreSQL database."""
    with fresh_database(postgres()) as address, app.app_context():
        engine = filled(create_engine(address))
        yield engine
        engine.dispose()


@pytest.fixture(params=EACH_DATABASE)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each of them."""
    found: Engine = request.getfixturevalue("on_sqlite" if request.param == "sqlite" else "on_postgres")
    return found


def dump(file: Path) -> list[str]:
    """Everything a SQLite database holds, as statements."""
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def names(folder: Path) -> list[str]:
    """The copies in a folder."""
    return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []


def test_a_copy_is_made_before_the_tables_change(on_sqlite: Engine, tmp_path: Path, migrations: Migrations) -> None:
    before = dump(tmp_path / "quiz.db")
    migrations.add(WORKS)
    upgrading.upgrade(on_sqlite, tmp_path / "backups", 3, NOW)
    assert inspect(on_sqlite).has_table("later")
    assert names(tmp_path / "backups") == ["quizapp-20260314-120000.db"]
    assert dump(tmp_path / "backups" / "quizapp-20260314-120000.db") == before


def test_as_many_copies_stay_as_are_wanted(on_sqlite: Engine, tmp_path: Path, migrations: Migrations) -> None:
    (tmp_path / "backups").mkdir()
    for day in ("01", "02", "03"):
        (tmp_path / "backups" / f"quizapp-202603{day}-120000.db").touch()
    migrations.add(WORKS)
    upgrading.upgrade(on_sqlite, tmp_path / "backups", 2, NOW)
    assert names(tmp_path / "backups") == ["quizapp-20260303-120000.db", "quizapp-20260314-120000.db"]


def test_a_new_database_and_one_that_is_current_are_not_copied(app: Flask, tmp_path: Path) -> None:
    engine = engine_on(tmp_path / "new.db")
    with app.app_context():
        upgrading.upgrade(engine, tmp_path / "backups", 3, NOW)
        upgrading.upgrade(engine, tmp_path / "backups", 3, NOW)
    engine.dispose()
    assert names(tmp_path / "backups") == []


def test_a_migration_that_fails_leaves_everything_as_it_was(
    engine: Engine, tmp_path: Path, migrations: Migrations
) -> None:
    migrations.add(FAILS)
    with pytest.raises(ConfigurationError, match=r"could not be upgraded to revision next .* it is as it was before"):
        upgrading.upgrade(engine, tmp_path / "backups", 3, NOW)
    assert not inspect(engine).has_table("later")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT author FROM source").scalars().all() == ["Ä"]
        assert revisions.current(connection) == revisions.known()[1]


def test_the_bytes_of_its_content_are_the_same_afterwards(
    on_sqlite: Engine, tmp_path: Path, migrations: Migrations
) -> None:
    before = dump(tmp_path / "quiz.db")
    migrations.add(FAILS)
    with pytest.raises(ConfigurationError, match=r"with a copy in .*quizapp-20260314-120000\.db"):
        upgrading.upgrade(on_sqlite, tmp_path / "backups", 3, NOW)
    assert dump(tmp_path / "quiz.db") == before


def test_the_copy_is_put_back_where_a_migration_committed_before_it_failed(
    on_sqlite: Engine, tmp_path: Path, migrations: Migrations
) -> None:
    before = dump(tmp_path / "quiz.db")
    migrations.add(FAILS_AFTER_COMMITTING)
    with pytest.raises(ConfigurationError, match="it is as it was before"):
        upgrading.upgrade(on_sqlite, tmp_path / "backups", 3, NOW)
    assert dump(tmp_path / "quiz.db") == before


def test_an_upgrade_that_was_killed_after_committing_is_told_of(on_sqlite: Engine, tmp_path: Path) -> None:
    with on_sqlite.connect() as connection:
        upgrading.refuse_half_upgraded(connection, tmp_path)
        connection.exec_driver_sql("PRAGMA user_version = 1")
        with pytest.raises(ConfigurationError, match="`quizapp restore` with the newest file"):
            upgrading.refuse_half_upgraded(connection, tmp_path)


def test_without_room_for_the_copy_nothing_changes(
    on_sqlite: Engine, tmp_path: Path, migrations: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations.add(WORKS)
    monkeypatch.setattr(files, "ROOM_LEFT", 1e12)
    with pytest.raises(ConfigurationError, match="make room there first"):
        upgrading.upgrade(on_sqlite, tmp_path / "backups", 3, NOW)
    assert not inspect(on_sqlite).has_table("later")
    assert names(tmp_path / "backups") == []


def test_a_copy_that_cannot_be_made_stops_the_upgrade(
    on_sqlite: Engine, tmp_path: Path, migrations: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    migrations.add(WORKS)
    monkeypatch.setattr(copies, "verify", full)
    with pytest.raises(ConfigurationError, match="disk is full"):
        upgrading.upgrade(on_sqlite, tmp_path / "backups", 3, NOW)
    assert not inspect(on_sqlite).has_table("later")


def test_of_two_processes_that_start_at_once_one_changes_the_tables(
    engine: Engine, tmp_path: Path, migrations: Migrations
) -> None:
    migrations.add(WORKS)
    waiting = threading.Thread(
        target=upgrading.upgrade, args=(engine, tmp_path / "backups", 3, datetime.now(NOW.tzinfo))
    )
    with revisions.changing_tables(engine) as connection:
        waiting.start()
        waiting.join(timeout=0.3)
        assert waiting.is_alive()
        revisions.migrate(connection)
    waiting.join(timeout=20)
    assert not waiting.is_alive()
    assert inspect(engine).has_table("later")
    assert names(tmp_path / "backups") == []
    db.session.remove()
