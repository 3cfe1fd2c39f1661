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
from tests.databases import only_on_sqlite

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


@only_on_sqlite("it gives a number again unless a table forbids it, other databases never do")
def test_a_migrated_database_gives_the_number_of_a_person_or_an_attempt_once(tmp_path: Path) -> None:
    app = empty_app(tmp_path)
    with app.app_context():
        upgrade()
        made = db.session.execute(db.text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'"))
        assert set(made.scalars()) == {"user", "attempt"}
        db.session.remove()
        db.engine.dispose()


OLDER = """
INSERT INTO source (id, slug, title, author, about, language) VALUES (1, 'old', 'Old', 'A', 'B', 'en');
INSERT INTO bank (id, slug, title, source_id, files_digest) VALUES (1, 'old', 'Old', 1, '');
INSERT INTO section (id, source_id, slug, title, dated, position) VALUES (1, 1, 'one', 'One', '1810', 0);
INSERT INTO passage (id, source_id, section_id, slug, position) VALUES (1, 1, 1, 'here', 0), (2, 1, 1, 'there', 1);
INSERT INTO question (id, bank_id, section_id, slug, status, position, edited_here)
  VALUES (1, 1, 1, 'q', 'published', 0, false);
INSERT INTO question_version (id, question_id, number, kind, frame, level, objective, claims, content, digest, created)
  VALUES (1, 1, 1, 'numeric', 'essay', 'recall', 1, '[]',
    '{"evidence": [{"passage": "there", "quote": "x"}, {"passage": "gone", "quote": "y"}]}', '', '2026-01-01');
"""
"""A bank as the first tables kept it."""


def test_an_older_database_learns_which_passages_decide_its_questions_and_can_go_back(tmp_path: Path) -> None:
    app = empty_app(tmp_path)
    with app.app_context():
        upgrade(revision="0001")
        for statement in OLDER.strip().split(";\n"):
            db.session.execute(db.text(statement))
        db.session.commit()
        upgrade()
        assert db.session.execute(db.text("SELECT * FROM deciding_passage")).all() == [(1, 2)]
        assert db.session.execute(db.text("SELECT CAST(waivers AS TEXT) FROM question")).scalar_one() == "[]"
        db.session.remove()
        downgrade(revision="0001")
        assert db.session.execute(db.text("SELECT slug FROM question")).scalar_one() == "q"
        db.session.remove()
        db.engine.dispose()


TAKEN = f"""{OLDER.strip()}
INSERT INTO "user" (id, username, display_name, role, sign_in_epoch, created)
  VALUES (1, 'zara', 'Zara', 'student', 0, '2026-01-01');
INSERT INTO quiz (id, bank_id, slug, title, description, mode, position, published, digest, edited_here)
  VALUES (1, 1, 'trial', 'Trial', '', 'practice', 0, true, '', false);
INSERT INTO attempt (id, user_id, quiz_id, number, mode, seed, state, started, max_score)
  VALUES (1, 1, 1, 1, 'practice', 7, 'open', '2026-01-02', 2);
INSERT INTO attempt_slot (id, attempt_id, position, question_version_id, "order", passages, max_mark, response,
  revision, saved, flagged, fraction, comment)
  VALUES (1, 1, 1, 1, '[]', '[]', 1, '{{"text": "1810"}}', 1, '2026-01-03', false, 1.0, ''),
         (2, 1, 2, 1, '[]', '[]', 1, NULL, 0, NULL, false, NULL, '');
"""
"""A bank and an attempt, as the first tables kept them: one practice answer is checked, one question open."""


def test_an_older_database_keeps_its_attempts_and_checked_answers_stay_final_both_ways(tmp_path: Path) -> None:
    app = empty_app(tmp_path)
    with app.app_context():
        upgrade(revision="0001")
        for statement in TAKEN.split(";\n"):
            db.session.execute(db.text(statement))
        db.session.commit()
        db.session.remove()
        upgrade()
        kept = "SELECT CAST(response AS TEXT), fraction, settled IS NOT NULL FROM attempt_slot ORDER BY id"
        assert db.session.execute(db.text(kept)).all() == [('{"text": "1810"}', 1.0, 1), (None, None, 0)]
        assert db.session.execute(db.text("SELECT purpose, awaiting FROM attempt")).one() == ("quiz", 0)
        db.session.remove()
        downgrade(revision="0001")
        assert db.session.execute(db.text("SELECT count(*) FROM attempt_slot")).scalar_one() == 2
        db.session.remove()
        db.engine.dispose()
