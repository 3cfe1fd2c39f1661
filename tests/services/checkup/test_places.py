"""Rights, room and copies around the database."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizapp.services import backups
from quizapp.services.checkup import Finding, State, look_at_places, places

NOW = datetime.now(UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An instance folder as a first run makes it."""
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o700)
    for name in ("secret_key", "quizapp.db"):
        (folder / name).touch(mode=0o600)
    return folder


def found(folder: Path, about: str) -> Finding:
    """What is found about something."""
    return {finding.about: finding for finding in look_at_places(folder, folder / "quizapp.db", NOW)}[about]


def test_a_new_instance_lacks_a_copy_alone(folder: Path) -> None:
    states = {finding.about: finding.state for finding in look_at_places(folder, folder / "quizapp.db", NOW)}
    assert {about for about, state in states.items() if state is not State.OK} == {"backup"}


def test_a_key_that_others_can_read_must_be_mended(folder: Path) -> None:
    (folder / "secret_key").chmod(0o644)
    assert found(folder, "secrecy").state is State.MEND
    assert "chmod 600" in found(folder, "secrecy").remedy


def test_a_database_that_others_can_read_is_told_of(folder: Path) -> None:
    (folder / "quizapp.db").chmod(0o644)
    assert found(folder, "secrecy").state is State.OK
    folder.chmod(0o755)
    assert found(folder, "secrecy").state is State.LOOK


def test_what_cannot_be_written_must_be_mended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda place, _: place != folder / "quizapp.db")
    assert found(folder, "rights").state is State.MEND


@pytest.mark.parametrize(("free", "state"), [(5_000_000, State.MEND), (90_000_000, State.LOOK), (10**9, State.OK)])
def test_room_on_the_disk(folder: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: State) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 0, free))  # type: ignore[attr-defined]
    assert found(folder, "disk").state is state


def test_a_write_ahead_log_that_grows_is_told_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "quizapp.db-wal").write_bytes(b"0" * 1000)
    assert found(folder, "write-ahead log").state is State.OK
    monkeypatch.setattr(places, "LARGE_WAL", 999)
    assert found(folder, "write-ahead log").state is State.LOOK


def test_the_last_copy_is_known_wherever_it_is(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "quiz.db"
    copy.touch()
    backups.remember_last(folder, copy)
    assert found(folder, "backup").state is State.OK
    old = (NOW - timedelta(days=9)).timestamp()
    os.utime(copy, (old, old))
    assert "9 days old" in found(folder, "backup").seen
    copy.unlink()
    assert "is not there any more" in found(folder, "backup").seen
