"""Moving to PostgreSQL by the command: what it says, and what it never says."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine

from quizapp import instance_lock
from tests.cli.test_commands import call
from tests.databases import postgres
from tests.proof.postgres import fresh_database

ON_SQLITE = {"QUIZAPP_DATABASE": ""}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance on SQLite in which Ayesha has an account."""
    made = tmp_path_factory.mktemp("made") / "instance"
    call(made, "user", "add", "ayesha", "--password-stdin", says="a long passphrase of mine\n", **ON_SQLITE)
    return made


@pytest.fixture
def instance(made: Path, tmp_path: Path) -> Path:
    """Another like it."""
    return Path(shutil.copytree(made, tmp_path / "instance"))


@pytest.fixture
def target() -> Iterator[URL]:
    """An empty PostgreSQL database."""
    with fresh_database(postgres()) as address:
        yield address


def in_full(address: URL) -> str:
    """An address as people type it."""
    return address.set(drivername="postgresql", password="secret").render_as_string(hide_password=False)


def people_in(address: URL) -> list[str]:
    """Who has an account."""
    engine = create_engine(address)
    with engine.connect() as connection:
        found = list(connection.exec_driver_sql('SELECT username FROM "user"').scalars())
    engine.dispose()
    return found


def test_everything_moves_and_the_command_says_what_to_set(instance: Path, target: URL) -> None:
    done = call(instance, "move-to", in_full(target), **ON_SQLITE)
    assert done.exit_code == 0, done.stderr
    assert people_in(target) == ["ayesha"]
    assert "Set QUIZAPP_DATABASE to this address" in done.stdout
    assert "secret" not in done.stdout + done.stderr
    assert "ayesha" in call(instance, "user", "list", QUIZAPP_DATABASE=in_full(target)).stdout


def test_a_copy_of_postgresql_restores_to_an_empty_one_and_to_sqlite(
    instance: Path, target: URL, tmp_path: Path
) -> None:
    call(instance, "move-to", in_full(target), **ON_SQLITE)
    copy = str(tmp_path / "copy.db")
    made = call(instance, "backup", copy, QUIZAPP_DATABASE=in_full(target))
    assert "verified" in made.stdout
    with fresh_database(postgres()) as another:
        assert call(instance, "restore", copy, QUIZAPP_DATABASE=in_full(another)).exit_code == 0
        assert people_in(another) == ["ayesha"]
    refused = call(instance, "restore", copy, QUIZAPP_DATABASE=in_full(target))
    assert "is not empty" in refused.stderr
    assert call(tmp_path / "new", "restore", copy, **ON_SQLITE).exit_code == 0
    assert "ayesha" in call(tmp_path / "new", "user", "list", **ON_SQLITE).stdout


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://quiz:secret@127.0.0.1:1/quiz",
        "postgresql://quiz:secret@127.0.0.1:port/quiz",
        "mysql://quiz:secret@127.0.0.1/quiz",
        "sqlite:///secret.db",
        "secret",
    ],
)
def test_an_address_that_does_not_work_is_told_of_without_its_password(instance: Path, address: str) -> None:
    done = call(instance, "move-to", address, **ON_SQLITE)
    assert done.exit_code == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "secret" not in done.stdout + done.stderr


def test_nothing_moves_while_the_site_runs(instance: Path, target: URL) -> None:
    with instance_lock.shared(instance):
        assert "is running; stop it first" in call(instance, "move-to", in_full(target), **ON_SQLITE).stderr


def test_what_has_moved_is_not_moved_again(instance: Path, target: URL) -> None:
    call(instance, "move-to", in_full(target), **ON_SQLITE)
    assert "is not empty" in call(instance, "move-to", in_full(target), **ON_SQLITE).stderr
    refused = call(instance, "move-to", in_full(target), QUIZAPP_DATABASE=in_full(target))
    assert "is no SQLite file any more" in refused.stderr
