"""The doctor finds what is wrong, says what to do, and changes nothing."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import call

ON_SQLITE = {"QUIZAPP_DATABASE": ""}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance on SQLite, with a copy of its database."""
    made = tmp_path_factory.mktemp("made") / "instance"
    call(made, "user", "add", "ayesha", "--password-stdin", says="a long passphrase of mine\n", **ON_SQLITE)
    assert call(made, "backup", str(made.parent / "copy.db"), **ON_SQLITE).exit_code == 0
    return made


@pytest.fixture
def instance(made: Path, tmp_path: Path) -> Path:
    """Another like it."""
    return Path(shutil.copytree(made, tmp_path / "instance"))


def findings(instance: Path, **settings: str) -> dict[str, dict[str, Any]]:
    """What the doctor finds, by what it is about; the exit code agrees with it."""
    done = call(instance, "doctor", "--json", **ON_SQLITE, **{"QUIZAPP_QUESTIONS": str(instance), **settings})
    told = json.loads(done.stdout)
    assert done.exit_code == (0 if told["in_order"] else 1)
    return {finding["about"]: finding for finding in told["findings"]}


def content(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_fresh_instance_is_in_order_and_nothing_is_changed(instance: Path) -> None:
    before = content(instance)
    done = call(instance, "doctor", QUIZAPP_QUESTIONS=str(instance), **ON_SQLITE)
    assert done.exit_code == 0, done.stdout
    assert "mend" not in done.stdout
    assert "ok       database: whole" in done.stdout
    after = content(instance)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) <= {"quizapp.db-wal", "quizapp.db-shm"}


def test_an_instance_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert findings(tmp_path / "none")["instance"]["state"] == "mend"
    assert list(tmp_path.iterdir()) == []


def change(statement: str) -> Callable[[Path], None]:
    """Something done to the database by hand."""

    def do(instance: Path) -> None:
        with closing(sqlite3.connect(instance / "quizapp.db", isolation_level=None)) as connection:
            connection.execute(statement)

    return do


def spoil(instance: Path) -> None:
    """Overwrite the middle of the database, as a failing disk does."""
    database = instance / "quizapp.db"
    text = bytearray(database.read_bytes())
    text[8192 : 8192 * 12] = b"\xff" * 8192 * 11
    database.write_bytes(text)


@pytest.mark.parametrize(
    ("doing", "about", "remedy"),
    [
        (spoil, "database", "`quizapp restore`"),
        (lambda instance: (instance / "quizapp.db").write_text("no database"), "database", "`quizapp restore`"),
        (lambda instance: (instance / "quizapp.db").unlink(), "database", "`quizapp restore` brings one back"),
        (change("INSERT INTO enrolment (classroom_id, user_id, joined) VALUES (7, 1, '2026')"), "database", "delete"),
        (change("UPDATE alembic_version SET version_num = '0004'"), "tables", "restart the site"),
        (change("UPDATE alembic_version SET version_num = '9999'"), "tables", "upgrade quizapp"),
        (change("UPDATE \"user\" SET created = '2999-01-01 00:00:00.000000'"), "clock", "set the clock"),
        (lambda instance: (instance / "secret_key").chmod(0o644), "secrecy", "chmod 600"),
    ],
    ids=["damaged", "no database", "no file", "orphan", "older", "newer", "clock set back", "key for all"],
)
def test_what_must_be_mended_is_found_with_its_remedy(
    instance: Path, doing: Callable[[Path], object], about: str, remedy: str
) -> None:
    doing(instance)
    found = findings(instance)[about]
    assert found["state"] == "mend"
    assert remedy in found["remedy"]


@pytest.mark.parametrize(
    ("settings", "about"),
    [
        ({"QUIZAPP_LIMITS_STORAGE": "redis://:hidden@127.0.0.1:9"}, "limits"),
        ({"QUIZAPP_LIMITS_STORAGE": "nonsense://"}, "limits"),
        ({"QUIZAPP_PROCESSES": "2"}, "processes"),
        ({"QUIZAPP_SECRET_KEY": "short"}, "secret key"),
    ],
)
def test_settings_that_do_not_work_are_found(instance: Path, settings: dict[str, str], about: str) -> None:
    found = findings(instance, **settings)[about]
    assert found["state"] == "mend"
    assert "hidden" not in found["seen"]


def test_a_bank_that_cannot_be_loaded_is_found(instance: Path, tmp_path: Path) -> None:
    (tmp_path / "banks" / "broken").mkdir(parents=True)
    (tmp_path / "banks" / "broken" / "bank.yaml").write_text("questions: [")
    assert findings(instance, QUIZAPP_QUESTIONS=str(tmp_path / "banks"))["banks"]["state"] == "mend"
    (tmp_path / "none").mkdir()
    assert findings(instance, QUIZAPP_QUESTIONS=str(tmp_path / "none"))["banks"]["state"] == "look at"
