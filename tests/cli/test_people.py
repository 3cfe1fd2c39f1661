"""`quizapp user` and `quizapp tidy`: what is done for people on the command line, and what the audit log says of it."""

import errno
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.cli.test_commands import call, folder, instance, made_instance
from tests.databases import address_for, execute_in

__all__ = ["folder", "instance", "made_instance"]
PASSWORD = "correct horse battery\n"


def add(instance: Path, name: str, *options: str) -> None:
    """Make an account."""
    done = call(instance, "user", "add", name, *options, "--password-stdin", says=PASSWORD)
    assert done.exit_code == 0, done.output


def log(instance: Path) -> list[tuple[str, bool]]:
    """The deeds, and whether a command did them."""
    engine = create_engine(address_for(instance) or f"sqlite:///{instance / 'quizapp.db'}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT deed, by_command FROM audit_event ORDER BY id")).all()
    engine.dispose()
    return [(deed, bool(by_command)) for deed, by_command in rows]


def test_a_teacher_is_made_who_runs_the_site_and_the_list_says_so(instance: Path) -> None:
    add(instance, "tahir", "--role", "teacher", "--administers")
    assert "teacher  tahir  tahir  (never signed in, runs the site)" in call(instance, "user", "list").stdout
    assert log(instance) == [("account.made_for", True)]


def test_a_student_cannot_run_the_site(instance: Path) -> None:
    done = call(instance, "user", "add", "ayesha", "--administers", "--password-stdin", says=PASSWORD)
    assert (done.exit_code, "Only a teacher can run the site" in done.stderr) == (1, True)


def test_what_is_kept_of_somebody_is_written_into_a_new_file_that_others_cannot_read(
    instance: Path, tmp_path: Path
) -> None:
    add(instance, "ayesha")
    file = tmp_path / "ayesha.zip"
    assert call(instance, "user", "export", "ayesha", str(file)).exit_code == 0
    assert "account.csv" in zipfile.ZipFile(file).namelist()
    assert file.stat().st_mode & 0o077 == 0
    again = call(instance, "user", "export", "ayesha", str(file))
    assert (again.exit_code, "is there already" in again.stderr) == (1, True)
    assert log(instance)[1:] == [("data.downloaded", True)]


def test_somebody_is_erased_once_the_name_was_typed_twice(instance: Path) -> None:
    add(instance, "ayesha")
    assert call(instance, "user", "erase", "ayesha", says="ben\n").exit_code == 1
    assert "ayesha is erased" in call(instance, "user", "erase", "ayesha", says="ayesha\n").stdout
    assert "No accounts yet" in call(instance, "user", "list").stdout
    assert log(instance)[1:] == [("account.erased", True)]


@pytest.mark.parametrize(("options", "why"), [([], "Nobody else teaches here"), (["--administers"], "runs the site")])
def test_whom_the_site_cannot_do_without_is_not_erased(instance: Path, options: list[str], why: str) -> None:
    add(instance, "tahir", "--role", "teacher", *options)
    done = call(instance, "user", "erase", "tahir", "--yes")
    assert (done.exit_code, why in done.stderr) == (1, True)


def test_links_passwords_and_banks_that_commands_give_are_noted(instance: Path, folder: Path) -> None:
    add(instance, "tahir", "--role", "teacher")
    call(instance, "user", "reset", "tahir")
    call(instance, "user", "reset", "tahir", "--password-stdin", says=PASSWORD)
    call(instance, "bank", "load", str(folder))
    call(instance, "bank", "give", "harbour", "tahir")
    deeds = ["account.made_for", "link.made", "password.set", "bank.loaded", "bank.given"]
    assert log(instance) == [(deed, True) for deed in deeds]


def test_data_that_could_not_be_written_whole_leave_no_file(
    instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(instance, "zara")
    place = tmp_path / "out" / "zara.zip"
    place.parent.mkdir()

    def full(part: Path, _content: bytes) -> None:
        with part.open("wb") as opened:
            opened.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    failed = call(instance, "user", "export", "zara", str(place))
    assert (failed.exit_code, "No space left" in failed.stderr) == (1, True)
    assert list(place.parent.iterdir()) == []


def test_tidying_says_what_it_would_erase_and_then_erases_it(instance: Path) -> None:
    assert "Nothing has been kept longer" in call(instance, "tidy").stdout
    execute_in(
        instance,
        'INSERT INTO "user" (display_name, role, sign_in_epoch, created, administers)'
        " VALUES ('', 'guest', 0, '2020-01-01', false)",
    )
    assert call(instance, "tidy", "--dry-run").stdout == "This would be erased: 1 guest.\n"
    refused = call(instance, "tidy")
    assert (refused.exit_code, "nothing was erased (1 guest would be)" in refused.stderr) == (1, True)
    assert call(instance, "tidy", "--clock-is-right").stdout == "Erased: 1 guest.\n"
    assert "Nothing has been kept longer" in call(instance, "tidy").stdout
    assert log(instance) == [("tidied", True)]
