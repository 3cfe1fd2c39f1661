"""A copy of the database while it is used, and how it comes back: whole, or not at all."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from quizapp import instance_lock
from quizapp.services.backups import copies
from tests.cli.test_commands import call

ON_SQLITE = {"QUIZAPP_DATABASE": ""}


def does(instance: Path, *arguments: str, says: str = "") -> str:
    """What the command prints when it works."""
    done = call(instance, *arguments, says=says, **ON_SQLITE)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def fails(instance: Path, *arguments: str) -> str:
    """The one sentence in which the command says why not."""
    done = call(instance, *arguments, **ON_SQLITE)
    assert done.exit_code == 1
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr


def add(instance: Path, username: str) -> None:
    """Make an account."""
    does(instance, "user", "add", username, "--password-stdin", says="a long passphrase of mine\n")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance on SQLite in which Ayesha has an account."""
    made = tmp_path_factory.mktemp("made") / "instance"
    add(made, "ayesha")
    return made


@pytest.fixture
def instance(made: Path, tmp_path: Path) -> Path:
    """Another like it."""
    return Path(shutil.copytree(made, tmp_path / "instance"))


@pytest.fixture
def copy(instance: Path, tmp_path: Path) -> Path:
    """A copy of its database."""
    does(instance, "backup", str(tmp_path / "copy.db"))
    return tmp_path / "copy.db"


def people_in(database: Path) -> list[str]:
    """Who has an account."""
    with closing(sqlite3.connect(database)) as connection:
        return [name for (name,) in connection.execute('SELECT username FROM "user" ORDER BY id')]


def test_a_copy_is_one_file_that_its_owner_alone_can_read(instance: Path, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    said = does(instance, "backup", str(tmp_path / "copies" / "quiz.db"))
    assert [file.name for file in (tmp_path / "copies").iterdir()] == ["quiz.db"]
    assert (tmp_path / "copies" / "quiz.db").stat().st_mode & 0o777 == 0o600
    assert people_in(tmp_path / "copies" / "quiz.db") == ["ayesha"]
    assert "verified" in said


def test_a_copy_never_takes_the_place_of_a_file(instance: Path, copy: Path) -> None:
    before = copy.read_bytes()
    assert "is there already" in fails(instance, "backup", str(copy))
    assert copy.read_bytes() == before
    assert sorted(file.name for file in copy.parent.iterdir()) == ["copy.db", "instance"]


def test_a_link_that_leads_nowhere_is_no_place_for_a_copy(instance: Path, tmp_path: Path) -> None:
    place = tmp_path / "linked.db"
    place.symlink_to(tmp_path / "nowhere" / "quiz.db")
    assert "is there already" in fails(instance, "backup", str(place))
    assert [file.name for file in tmp_path.iterdir() if "part" in file.name] == []


def test_of_copies_that_differ_by_date_the_newest_are_kept_and_nothing_else_is_touched(
    instance: Path, tmp_path: Path
) -> None:
    for name in ("quiz-20250101.db", "quiz-20250102.db", "quiz-20250103.db", "quiz-old.db", "quiz-20250101.db.gz"):
        (tmp_path / name).touch()
    said = does(instance, "backup", str(tmp_path / "quiz-%Y%m%d.db"), "--keep", "2")
    kept = sorted(file.name for file in tmp_path.glob("quiz*"))
    assert kept[:3] == ["quiz-20250101.db.gz", "quiz-20250103.db", kept[2]]
    assert kept[3:] == ["quiz-old.db"]
    assert said.count("deleted") == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("quiz.db", "--keep", "2"), "holds no date"),
        (("quiz-%Q.db",), "%Q in quiz-%Q.db is no sign"),
        (("nowhere/quiz.db",), "cannot be written"),
    ],
)
def test_what_cannot_be_copied_to_is_said(
    instance: Path, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in fails(instance, "backup", str(tmp_path / arguments[0]), *arguments[1:])
    assert [file.name for file in tmp_path.iterdir()] == ["instance"]


def test_nothing_is_made_where_there_is_nothing_to_copy(tmp_path: Path) -> None:
    assert "There is no secret key" in fails(tmp_path / "none", "backup", str(tmp_path / "quiz.db"))
    assert list(tmp_path.iterdir()) == []


def test_no_copy_is_left_that_does_not_hold_the_same(
    instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = iter(({"user": 1}, {"user": 0}))
    monkeypatch.setattr(copies, "count_rows", lambda _: next(counted))
    assert "does not hold the same rows" in fails(instance, "backup", str(tmp_path / "quiz.db"))
    assert [file.name for file in tmp_path.iterdir()] == ["instance"]


def test_what_is_restored_is_there_and_what_was_there_is_kept(instance: Path, copy: Path) -> None:
    add(instance, "ben")
    said = does(instance, "restore", str(copy))
    (kept,) = instance.glob("quizapp-before-*.db")
    assert str(kept) in said
    assert people_in(instance / "quizapp.db") == ["ayesha"]
    assert people_in(kept) == ["ayesha", "ben"]
    assert "ayesha" in does(instance, "user", "list")


def test_what_a_killed_server_left_beside_the_database_stays_with_the_old_one(
    instance: Path, copy: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(instance / "quizapp.db")) as killed:
        killed.execute("PRAGMA journal_mode=WAL")
        killed.execute("UPDATE \"user\" SET username = 'written last'")
        killed.commit()
        shutil.copytree(instance, tmp_path / "left")
    assert (tmp_path / "left" / "quizapp.db-wal").stat().st_size > 0
    does(tmp_path / "left", "restore", str(copy))
    (kept,) = (tmp_path / "left").glob("quizapp-before-*.db")
    assert people_in(kept) == ["written last"]
    assert people_in(tmp_path / "left" / "quizapp.db") == ["ayesha"]


def test_a_copy_restores_into_an_instance_that_is_not_there(copy: Path, tmp_path: Path) -> None:
    does(tmp_path / "new", "restore", str(copy))
    assert people_in(tmp_path / "new" / "quizapp.db") == ["ayesha"]


def test_a_damaged_database_is_replaced_and_kept(instance: Path, copy: Path) -> None:
    (instance / "quizapp.db").write_bytes(b"not a database at all" * 1000)
    does(instance, "restore", str(copy))
    (kept,) = instance.glob("quizapp-before-*.db")
    assert kept.read_bytes().startswith(b"not a database")
    assert people_in(instance / "quizapp.db") == ["ayesha"]


def spoil(copy: Path) -> None:
    """Overwrite the middle of a file, as a failing disk does."""
    content = bytearray(copy.read_bytes())
    content[8192 : 8192 * 12] = b"\xff" * 8192 * 11
    copy.write_bytes(content)


def change(statement: str, copy: Path) -> None:
    """Change what a copy holds."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    ("spoiling", "sentence"),
    [
        (lambda copy: copy.unlink(), "There is no file"),
        (lambda copy: copy.write_text("Dear diary"), "is no copy of a quizapp database"),
        (spoil, "copy.db is"),
        (lambda copy: change("DROP TABLE attempt", copy), "is a database, but not one of quizapp"),
        (lambda copy: change("UPDATE alembic_version SET version_num = '9999'", copy), "by a newer quizapp"),
        (lambda copy: change("UPDATE alembic_version SET version_num = '9999'", copy), "upgrade quizapp"),
        (
            lambda copy: change("INSERT INTO enrolment (classroom_id, user_id, joined) VALUES (7, 1, '2026')", copy),
            "refers to what is not there",
        ),
    ],
    ids=["gone", "no database", "damaged", "another's", "newer", "newer, remedy", "orphan"],
)
def test_what_is_no_good_copy_changes_nothing(instance: Path, copy: Path, spoiling: object, sentence: str) -> None:
    spoiling(copy)  # type: ignore[operator]
    before = sorted(file.name for file in instance.iterdir())
    assert sentence in fails(instance, "restore", str(copy))
    assert sorted(file.name for file in instance.iterdir()) == before
    assert people_in(instance / "quizapp.db") == ["ayesha"]


def test_nothing_is_restored_while_a_server_runs(instance: Path, copy: Path) -> None:
    with instance_lock.shared(instance):
        assert "is running; stop it first" in fails(instance, "restore", str(copy))
    assert list(instance.glob("quizapp-before-*")) == []


def test_nothing_is_restored_while_somebody_has_the_database_open(instance: Path, copy: Path) -> None:
    with closing(sqlite3.connect(instance / "quizapp.db")) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN")
        other.execute('SELECT * FROM "user"').fetchall()
        assert "is in use" in fails(instance, "restore", str(copy))


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from quizapp.services.backups import replacing

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def after(real):
    return lambda *arguments: (real(*arguments), die())

name, when = sys.argv[3:]
real = getattr(os, name)
setattr(os, name, die if when == "before" else after(real))
replacing.replace_database(Path(sys.argv[1]), Path(sys.argv[2]), datetime(2026, 3, 14))
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("call", "when", "left"),
    [("link", "before", "ben"), ("link", "after", "ben"), ("replace", "before", "ben"), ("replace", "after", None)],
)
def test_a_restore_that_is_killed_leaves_the_old_database_or_the_new(
    instance: Path, copy: Path, call: str, when: str, left: str | None
) -> None:
    add(instance, "ben")
    new = Path(shutil.copy(copy, instance / "new.db"))
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(instance / "quizapp.db"), str(new), call, when], timeout=60, check=False
    )
    assert done.returncode == -9
    assert people_in(instance / "quizapp.db") == ["ayesha", *([left] if left else [])]
    assert does(instance, "restore", str(copy))
