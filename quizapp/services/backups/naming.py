"""Names of copies that hold a date, and dropping the oldest of them."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from quizapp.config import ConfigurationError

_SIGNS = {"%Y": r"\d{4}", "%m": r"\d\d", "%d": r"\d\d", "%H": r"\d\d", "%M": r"\d\d", "%S": r"\d\d", "%j": r"\d{3}"}
"""What each sign of a date looks like in a name."""
_SIGN = re.compile(r"%.?")


def dated(file: Path, now: datetime) -> Path:
    """A file with the signs of its name replaced by the time, in UTC: no hour of it comes twice.

    Raises ConfigurationError for a sign that is none.
    """
    for sign in _SIGN.findall(file.name):
        if sign not in _SIGNS:
            raise ConfigurationError(f"{sign} in {file.name} is no sign for a date; there are {' '.join(_SIGNS)}.")
    return file.with_name(now.astimezone(UTC).strftime(file.name)) if "%" in file.name else file


def drop_oldest(file: Path, kept: int, made: Path) -> list[Path]:
    """Delete all but the newest files whose names are `file`'s but for the date, and give those deleted.

    `made` is the one just written, and the newest whatever the others say: names of days to come are those of a clock
    that was wrong, and count as the oldest. Nothing else in the folder is touched. Raises ConfigurationError where the
    name holds no date.
    """
    pattern = pattern_of(file)
    found = [other for other in file.parent.iterdir() if pattern.fullmatch(other.name) and other.is_file()]
    latest = _time_of(made, file)
    by_age = sorted(found, key=lambda other: (_time_of(other, file) <= latest, _time_of(other, file)))
    dropped = [old for old in by_age if old.name != made.name][: -(kept - 1) or None]
    for old in dropped:
        old.unlink()
    return dropped


def pattern_of(file: Path) -> re.Pattern[str]:
    """What the names of files look like that are `file`'s but for the date. Raises ConfigurationError without one."""
    if "%" not in file.name:
        raise ConfigurationError(
            f"{file.name} holds no date, so there is nothing to count; write one in, such as quiz-%Y%m%d-%H%M.db."
        )
    return re.compile("".join(_SIGNS.get(part) or re.escape(part) for part in re.split(r"(%.)", file.name)))


_LAST = "last_backup"


def remember_last(folder: Path, copy: Path) -> None:
    """Note in an instance folder where the newest copy is; where nothing can be written there, it is not noted."""
    with suppress(OSError):
        (folder / _LAST).write_text(str(copy.resolve()), encoding="utf-8")


def last_copy(folder: Path) -> Path | None:
    """Where the newest copy was written; None where it was not noted."""
    with suppress(OSError):
        return Path((folder / _LAST).read_text(encoding="utf-8"))
    return None


def _time_of(copy: Path, file: Path) -> tuple[datetime, float]:
    """The time that its name tells; of those that tell none, such as 31 February, when it was written."""
    try:
        told = datetime.strptime(copy.name, file.name).replace(tzinfo=UTC)
    except ValueError:
        told = datetime.fromtimestamp(copy.stat().st_mtime, UTC)
    return told, copy.stat().st_mtime
