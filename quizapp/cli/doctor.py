"""`quizapp doctor`: is this installation in order, and if not, what to do."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from limits.errors import ConfigurationError as UnknownStorage
from limits.storage import storage_from_string
from sqlalchemy import Engine, NullPool, create_engine

from quizapp.cli.instance import read_folder
from quizapp.config import ConfigurationError, flask_config, instance_folder, questions_folder, read_settings
from quizapp.formats.bank_yaml import HEAD
from quizapp.formats.problems import MalformedBank
from quizapp.services.backups.copies import open_file
from quizapp.services.checkup import Finding, State, look_at_content, look_at_places, look_at_settings
from quizapp.services.checkup.findings import look_at, mend, well
from quizapp.web.clock import utcnow

_COLOURS = {State.OK: "green", State.LOOK: "yellow", State.MEND: "red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings for programs.")
def doctor(as_json: bool) -> None:
    """Look the installation over and say what to mend; nothing is changed. Fails where something must be mended."""
    found = list(_findings())
    click.echo(_as_json(found) if as_json else _as_text(found))
    sys.exit(1 if any(finding.state is State.MEND for finding in found) else 0)


def _findings() -> Iterator[Finding]:
    settings = read_settings()
    folder = instance_folder(settings)
    try:
        used = flask_config(settings, folder)
    except ConfigurationError:
        yield mend(
            "instance", f"{folder} has no secret key", "`quizapp serve` makes it; QUIZAPP_INSTANCE names another"
        )
        return
    engine = _engine_to_read(used["SQLALCHEMY_DATABASE_URI"])
    database = Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None
    yield well("instance", str(folder))
    yield from look_at_settings({**settings, "SECRET_KEY": used["SECRET_KEY"]})
    yield _limits(used)
    yield from look_at_places(folder, database, utcnow())
    yield from _content(engine, database)
    yield from _banks(settings)


def _engine_to_read(address: str) -> Engine:
    """An engine whose connections cannot write."""
    engine = create_engine(address, poolclass=NullPool)
    if engine.dialect.name != "sqlite":
        return engine.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")
    file = Path(engine.url.database or "").absolute()
    # `creator` and not a changed address, so that the engine still tells its file.
    return create_engine(address, poolclass=NullPool, creator=lambda: _open_to_read(file))


def _open_to_read(file: Path) -> Any:
    return open_file(file, "ro")


def _content(engine: Engine, database: Path | None) -> Iterator[Finding]:
    if database is not None and not database.is_file():
        yield mend(
            "database", f"there is no file {database}", "`quizapp serve` makes it, `quizapp restore` brings one back"
        )
        return
    with engine.connect() as connection:
        yield from look_at_content(connection, utcnow())


def _limits(settings: Mapping[str, Any]) -> Finding:
    """Whether what counts wrong passwords can be reached."""
    address = settings["LIMITS_STORAGE"]
    where = address.rpartition("@")[2]
    try:
        reached = storage_from_string(address).check()
    except (UnknownStorage, ImportError, ValueError, OSError) as error:
        return mend(
            "limits", f"{where} cannot be used ({error})", "set QUIZAPP_LIMITS_STORAGE to memory:// or redis://host"
        )
    if not reached:
        return mend("limits", f"{where} does not answer", "start that server, or set QUIZAPP_LIMITS_STORAGE=memory://")
    return well("limits", f"counted in {where}")


def _banks(settings: Mapping[str, Any]) -> Iterator[Finding]:
    try:
        folders = sorted(head.parent for head in questions_folder(settings).glob(f"*/{HEAD}"))
    except ConfigurationError as error:
        yield look_at("banks", str(error), "set QUIZAPP_QUESTIONS")
        return
    for folder in folders:
        yield _bank(folder)
    if not folders:
        yield look_at("banks", "there are none in the questions folder", "set QUIZAPP_QUESTIONS")


def _bank(folder: Path) -> Finding:
    try:
        document, _ = read_folder(folder)
    except (MalformedBank, ConfigurationError) as error:
        told = str(error.problems[0]) if isinstance(error, MalformedBank) else str(error)
        return mend("banks", f"{folder} cannot be loaded: {told}", f"`quizapp bank check {folder}` says what to mend")
    return well("banks", f"{document.id} can be loaded")


def _as_text(found: list[Finding]) -> str:
    lines = []
    for finding in found:
        state = click.style(f"{finding.state:<8}", fg=_COLOURS[finding.state])
        lines.append(f"{state} {finding.about}: {finding.seen}")
        if finding.remedy:
            lines.append(f"{'':<8}   → {finding.remedy}")
    return "\n".join(lines)


def _as_json(found: list[Finding]) -> str:
    told = [{"about": f.about, "state": f.state.value, "seen": f.seen, "remedy": f.remedy} for f in found]
    return json.dumps(
        {"in_order": all(f.state is not State.MEND for f in found), "findings": told}, ensure_ascii=False, indent=2
    )
