"""Several files in one."""

import io
import zipfile
from datetime import UTC, datetime

from quizapp.formats.zip_file import zip_file

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def test_what_was_packed_is_found_again_under_its_name_and_date() -> None:
    with zipfile.ZipFile(io.BytesIO(zip_file({"a.txt": b"one", "b.csv": b"two" * 999}, NOON))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name)[:3] for name in archive.namelist()} == {"a.txt": b"one", "b.csv": b"two"}
        assert archive.getinfo("a.txt").date_time == (2026, 3, 14, 12, 0, 0)


def test_the_same_files_make_the_same_bytes() -> None:
    assert zip_file({"a": b"x"}, NOON) == zip_file({"a": b"x"}, NOON)
