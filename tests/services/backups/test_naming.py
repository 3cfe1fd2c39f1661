"""Names with a date: what they become, and which files of a folder are alike."""

import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from quizapp.config import ConfigurationError
from quizapp.services.backups import dated, drop_oldest

NOON = datetime(2026, 3, 14, 12, 5, 9, tzinfo=UTC)


def test_signs_become_the_time_in_utc() -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5)))
    assert dated(Path("in/quiz-%Y%m%d-%H%M%S.db"), elsewhere) == Path("in/quiz-20260314-120509.db")
    assert dated(Path("in-%Y/quiz.db"), NOON) == Path("in-%Y/quiz.db")


@pytest.mark.parametrize("name", ["quiz-%.db", "quiz-%s.db", "100%"])
def test_other_signs_are_refused(name: str) -> None:
    with pytest.raises(ConfigurationError, match="no sign for a date"):
        dated(Path(name), NOON)


def test_the_oldest_by_their_names_go_whenever_they_were_written(tmp_path: Path) -> None:
    for name in (
        "q-20260101.db",
        "q-20251231.db",
        "q-20260102.db",
        "q-2026010.db",
        "q-20260103.db.part",
        "p-20200101.db",
    ):
        (tmp_path / name).touch()
    os.utime(tmp_path / "q-20260101.db", (2**31, 2**31))
    (tmp_path / "q-20190101.db").mkdir()
    dropped = drop_oldest(tmp_path / "q-%Y%m%d.db", 1, tmp_path / "q-20260102.db")
    assert [file.name for file in dropped] == ["q-20251231.db", "q-20260101.db"]
    assert {"q-20260102.db", "q-2026010.db", "q-20260103.db.part", "p-20200101.db", "q-20190101.db"} == {
        file.name for file in tmp_path.iterdir()
    }


@pytest.mark.parametrize(("kept", "left"), [(1, {"q-20260103.db"}), (2, {"q-20260102.db", "q-20260103.db"})])
def test_the_copy_just_made_stays_where_the_clock_was_wrong_once(tmp_path: Path, kept: int, left: set[str]) -> None:
    for name in ("q-20260102.db", "q-20260103.db", "q-20360101.db"):
        (tmp_path / name).touch()
    drop_oldest(tmp_path / "q-%Y%m%d.db", kept, tmp_path / "q-20260103.db")
    assert {file.name for file in tmp_path.iterdir()} == left
