"""The `quizapp` command: once run as people run it, and then, for it takes a second to start, called as it is there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from granian import Granian

from quizapp.cli import main
from tests.bank import FILES, RISE
from tests.databases import copy_instance, execute_in, settings_of

COMMAND = Path(sys.executable).parent / "quizapp"


def run(instance: Path, *arguments: str, says: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command on an instance."""
    environment = {**os.environ, **settings_of(instance), **settings}
    return subprocess.run(
        [COMMAND, *arguments], env=environment, input=says, capture_output=True, text=True, timeout=60, check=False
    )


def call(instance: Path, *arguments: str, says: str = "", **settings: str) -> Result:
    """Do in this process what the command does on an instance."""
    environment = {**settings_of(instance), **settings}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["quizapp", *arguments])
        done = CliRunner().invoke(click.Command("main", callback=main), input=says, env=environment)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small bank as files."""
    bank = tmp_path / "harbour"
    bank.mkdir()
    for name, text in FILES.items():
        (bank / name).write_text(text, encoding="utf-8")
    return bank


@pytest.fixture(scope="module")
def made_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance that the command has made."""
    made = tmp_path_factory.mktemp("made") / "instance"
    assert call(made, "user", "list").exit_code == 0
    return made


@pytest.fixture
def instance(tmp_path: Path, made_instance: Path) -> Path:
    """An instance of its own, without accounts and banks."""
    return copy_instance(made_instance, tmp_path / "instance")


def test_the_command_says_what_was_done_or_in_one_sentence_why_not(instance: Path, folder: Path) -> None:
    done = run(instance, "bank", "check", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 sections, 3 passages, 8 questions, 3 quizzes" in done.stdout
    failed = run(instance, "serve", QUIZAPP_DATABASE="sqlite:////proc/nowhere/quiz.db")
    assert failed.returncode == 1
    assert "The database cannot be used" in failed.stderr
    assert len(failed.stderr.strip().splitlines()) == 1


def test_every_error_of_a_bank_is_listed_with_its_line_and_nothing_is_loaded(instance: Path, folder: Path) -> None:
    call(instance, "bank", "load", str(folder))
    bad = RISE.replace("quote: founded by Ada Marsh", "quote: founded by Eve").replace("level: recall", "levl: recall")
    (folder / "rise.yaml").write_text(bad, encoding="utf-8")
    done = call(instance, "bank", "load", str(folder))
    assert done.exit_code == 1
    assert "rise.yaml:26: question founder: `levl` is not a field of this; did you mean `level`?" in done.stderr
    assert "nothing was loaded" in done.stderr
    assert "Traceback" not in done.stderr
    out = folder.parent / "out"
    call(instance, "bank", "export", "harbour", str(out))
    assert "founded by Ada Marsh" in (out / "rise.yaml").read_text(encoding="utf-8")


def test_a_bank_is_loaded_once_and_exported_as_it_was(instance: Path, folder: Path) -> None:
    assert "11 added" in call(instance, "bank", "load", str(folder)).stdout
    assert "nothing has changed" in call(instance, "bank", "load", str(folder)).stdout
    out = folder.parent / "out"
    assert call(instance, "bank", "export", "harbour", str(out)).exit_code == 0
    assert "8 questions" in call(instance, "bank", "check", str(out)).stdout
    call(instance, "user", "add", "tahir", "--role", "teacher", "--password-stdin", says="a long password\n")
    assert "tahir owns the bank harbour" in call(instance, "bank", "give", "harbour", "tahir").stdout
    assert "No teacher is called ben" in call(instance, "bank", "give", "harbour", "ben").stderr


def test_an_export_says_which_questions_have_lost_their_words(instance: Path, folder: Path) -> None:
    call(instance, "bank", "load", str(folder))
    execute_in(instance, "UPDATE passage_version SET text = 'Nothing.' WHERE text LIKE '%Ouzel%'")
    done = call(instance, "bank", "export", "harbour", str(folder.parent / "out"))
    assert "without their words in the text: 2;" in done.stdout


def test_an_export_never_overwrites(instance: Path, folder: Path) -> None:
    done = call(instance, "bank", "export", "harbour", str(folder))
    assert done.exit_code == 1
    assert "is not empty" in done.stderr


def test_accounts_are_made_listed_and_given_a_new_password(instance: Path) -> None:
    made = call(instance, "user", "add", "tahir", "--role", "teacher", "--password-stdin", says="a long password\n")
    assert "The teacher tahir can sign in." in made.stdout
    assert "teacher  tahir" in call(instance, "user", "list").stdout
    assert call(instance, "user", "reset", "tahir", "--password-stdin", says="another password\n").exit_code == 0
    printed = call(instance, "user", "reset", "tahir").stdout
    assert re.search(r"http://127\.0\.0\.1:8000/account/choose/(\w{4}-){3}\w{4}\n", printed)


@pytest.mark.parametrize(
    ("arguments", "says", "sentence"),
    [
        (("user", "add", "x", "--password-stdin"), "short\n", "at least 10 characters"),
        (("user", "reset", "nobody", "--password-stdin"), "a long password\n", "There is no account nobody"),
        (("bank", "export", "nowhere", "out"), "", "There is no bank nowhere"),
        (("bank", "give", "nowhere", "tahir"), "", "There is no bank nowhere"),
        (("bank", "check", "nowhere"), "", "There is no folder nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    instance: Path, arguments: tuple[str, ...], says: str, sentence: str
) -> None:
    done = call(instance, *arguments, says=says)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"QUIZAPP_PORT": "eighty"}, "QUIZAPP_PORT is 'eighty': write a port number"),
        ({"QUIZAPP_INSTANCE": "/proc/nowhere"}, "cannot be written"),
        ({"QUIZAPP_DATABASE": "sqlite:////proc/nowhere/quiz.db"}, "The database cannot be used"),
        ({"QUIZAPP_DATABASE": "nonsense"}, "no database address that can be used"),
    ],
    ids=["setting", "unwritable instance", "unreachable database", "no address"],
)
def test_what_is_wrong_around_it_is_said_in_a_sentence(
    instance: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], sentence: str
) -> None:
    monkeypatch.setattr(Granian, "serve", lambda _: pytest.fail("it serves all the same"))
    port = () if "QUIZAPP_PORT" in settings else ("--port", "0")
    done = call(instance, "serve", *port, **settings)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_several_processes_on_sqlite_are_refused(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Granian, "serve", lambda _: pytest.fail("it serves all the same"))
    done = call(instance.parent / "new", "serve", "--port", "0", QUIZAPP_DATABASE="", QUIZAPP_PROCESSES="2")
    assert done.exit_code == 1
    assert "go to PostgreSQL with `quizapp move-to`" in done.stderr


def test_a_package_that_is_missing_is_named_with_its_extra(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    done = call(instance, "user", "list", QUIZAPP_DATABASE="postgresql://127.0.0.1/quiz")
    assert done.exit_code == 1
    assert "pip install 'quizapp[postgres]'" in done.stderr


def test_a_newer_database_is_left_alone(instance: Path, folder: Path) -> None:
    call(instance, "bank", "load", str(folder))
    execute_in(instance, "UPDATE alembic_version SET version_num = '9999'")
    done = call(instance, "user", "list")
    assert done.exit_code == 1
    assert "made by a newer quizapp (revision 9999)" in done.stderr
