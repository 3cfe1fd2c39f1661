"""Imports point down, kinds are whole folders, and the models are what the migrations make."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from quizapp.kinds import KINDS
from quizapp.models import db
from tests.conftest import make_app

ROOT = Path(__file__).parents[2]


def test_imports_point_down() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("file", ["kind.py", "editor.py", "answer.html", "review.html", "editor.html"])
def test_every_kind_brings_all_its_files(name: str, file: str) -> None:
    assert (KINDS[name].folder() / file).is_file()
    assert KINDS[name].folder().name == name


def empty_app(folder: Path) -> Flask:
    """An app on a database that has no tables yet."""
    return make_app(folder)


def test_the_migrations_make_what_the_models_say(tmp_path: Path) -> None:
    app = empty_app(tmp_path)
    with app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, db.metadata) == []
        db.engine.dispose()


def test_every_migration_goes_back_as_well(tmp_path: Path) -> None:
    app = empty_app(tmp_path)
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        with db.engine.connect() as connection:
            tables = db.inspect(connection).get_table_names()
        db.engine.dispose()
    assert tables == ["alembic_version"]
