"""Copies are made while students answer: each holds all that was acknowledged before it began, and one moment alone."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from tests.cli.test_commands import run
from tests.databases import only_on_sqlite
from tests.proof.students import Answer, Line, Student
from tests.server import server_in

pytestmark = [pytest.mark.long, only_on_sqlite("the copy of a file in use")]
STUDENTS, COPIES = 12, 4
Revisions = dict[tuple[int, int], int]
"""What a copy holds: by attempt and position, the revision of the answer."""


@dataclass
class Recorded(Student):
    """A student whose acknowledged answers are written down in their order."""

    log: list[tuple[int, int, int]] = field(default_factory=list)

    def _acknowledge(self, position: int, answer: Answer, how: str) -> None:
        self.log.append((self.attempt, position, answer.revision))
        super()._acknowledge(position, answer, how)

    def held(self, copy: Revisions) -> list[bool]:
        """Of each answer acknowledged, whether a copy holds it or a later one to the same question."""
        return [copy.get((attempt, position), -1) >= revision for attempt, position, revision in self.log]


def revisions_in(copy: Path) -> Revisions:
    """The answers in a copy."""
    with closing(sqlite3.connect(copy)) as connection:
        rows = connection.execute("SELECT attempt_id, position, revision FROM attempt_slot").fetchall()
    return {(attempt, position): revision for attempt, position, revision in rows}


def test_a_copy_made_under_load_holds_one_moment_and_all_acknowledged_before_it(tmp_path: Path) -> None:
    chance, server = Random(7), server_in(tmp_path)
    students = [
        Recorded(Line(server.port), Random(chance.random()), username=f"student-{number}" if number % 2 else "")
        for number in range(STUDENTS)
    ]
    acknowledged: list[list[int]] = []
    with ThreadPoolExecutor(STUDENTS) as pool:
        try:
            server.start()
            list(pool.map(Student.arrive, students))
            working = [pool.submit(student.work) for student in students]
            for number in range(COPIES):
                time.sleep(0.5)
                acknowledged.append([len(student.log) for student in students])
                done = run(server.instance, "backup", str(tmp_path / f"copy-{number}.db"))
                assert done.returncode == 0, done.stderr
        finally:
            server.kill()
            for work in working:
                work.result()
    for number, before in enumerate(acknowledged):
        copy = revisions_in(tmp_path / f"copy-{number}.db")
        for student, count in zip(students, before, strict=True):
            held = student.held(copy)
            assert all(held[:count])
            assert held == sorted(held, reverse=True)
    assert sum(acknowledged[-1]) > sum(acknowledged[0]) > 0
