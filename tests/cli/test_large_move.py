"""A large database moves in bounded memory: 100,000 answers, or as many as `QUIZAPP_MOVED_ANSWERS` says."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.bank import FILES
from tests.cli.test_commands import call
from tests.databases import only_on_sqlite, postgres, settings_of
from tests.proof.postgres import fresh_database
from tests.server import COMMAND

pytestmark = [pytest.mark.long, only_on_sqlite("the size of a file that moves")]
ANSWERS = int(os.environ.get("QUIZAPP_MOVED_ANSWERS", 100_000))
MOST_MB = 250
"""Memory that the command may take, whatever the size; without any rows it takes 120."""
MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=sys.stderr)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
sys.exit(done.returncode)
"""
"""Runs a command and says how much it took at most. A process of its own, as what is started counts for no less than
what starts it, which here would be pytest."""
FILL = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {answers} / 20 - 1)
INSERT INTO attempt (user_id, purpose, quiz_id, number, mode, settings, seed, state, started, max_score)
  SELECT 1, 'quiz', 1, i + 1, 'practice', '{{}}', i, 'open', '2026-01-02 10:00:00.000000', 20 FROM n;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {answers} - 1)
INSERT INTO attempt_slot (attempt_id, position, question_version_id, "order", passages, max_mark, response, revision,
    saved, flagged, fraction, points, comment)
  SELECT i / 20 + 1, i % 20 + 1, i % 5 + 1, '[0, 1, 2, 3]', '[1]', 1, '{{"choice": ' || (i % 4) || '}}',
    1767348000000 + i, '2026-01-02 10:00:00.' || printf('%06d', i % 1000000), 0, i % 3 / 3.0, '[]', '' FROM n;
"""


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An instance with that many answers."""
    bank = tmp_path / "harbour"
    bank.mkdir()
    for name, text in FILES.items():
        (bank / name).write_text(text, encoding="utf-8")
    instance = tmp_path / "instance"
    call(instance, "user", "add", "ayesha", "--password-stdin", says="a long passphrase of mine\n", QUIZAPP_DATABASE="")
    assert call(instance, "bank", "load", str(bank), QUIZAPP_DATABASE="").exit_code == 0
    with closing(sqlite3.connect(instance / "quizapp.db")) as database:
        database.executescript(FILL.format(answers=ANSWERS))
        database.commit()
    return instance


def measured(*arguments: str, instance: Path) -> subprocess.CompletedProcess[str]:
    """Run the command on an instance; what it prints is the memory it took, in MB."""
    return subprocess.run(
        [sys.executable, "-c", MEASURE, COMMAND, *arguments], env={**os.environ, **settings_of(instance)},
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip


def test_a_large_database_moves_in_bounded_memory(instance: Path) -> None:
    with fresh_database(postgres()) as address:
        typed = address.set(drivername="postgresql").render_as_string(hide_password=False)
        began = time.monotonic()
        done = measured("move-to", typed, instance=instance)
        took = time.monotonic() - began
    assert done.returncode == 0, done.stderr
    most = float(done.stdout)
    print(f"{ANSWERS:,} answers in {took:.0f} s with at most {most:.0f} MB")
    assert most < MOST_MB
