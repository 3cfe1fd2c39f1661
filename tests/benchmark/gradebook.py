"""The gradebook of a large class: how long, how many statements, and how much memory."""

import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import insert

from quizapp.domain.access import Right, Role
from quizapp.domain.lateness import LatePolicy
from quizapp.domain.quizzes import Mode
from quizapp.formats.bank_yaml import read_bank
from quizapp.models import Assignment, Attempt, Classroom, Enrolment, Purpose, State, User, db
from quizapp.services import accounts, banks, gradebook
from quizapp.services.sharing import give_right
from quizapp.web.clock import utcnow
from tests.bank import FILES
from tests.benchmark.workload import Request, counted
from tests.conftest import NOW, PASSWORD, Browser, make_app, quiz_named


@dataclass(frozen=True)
class Size:
    """A class of so many students with so many assignments, measured so often."""

    students: int
    assignments: int
    rounds: int


FULL, QUICK = Size(200, 50, rounds=7), Size(200, 50, rounds=2)


def measure_gradebook(quick: bool) -> dict[str, Any]:
    """The figures: medians of seconds, SQL statements, bytes of each answer, and the most memory held meanwhile."""
    size = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        app = make_app(Path(name), SLOW_QUERY_MS=0)
        with app.app_context():
            db.create_all()
            teacher_id = large_class(size)
            attempts = db.session.execute(db.select(db.func.count()).select_from(Attempt)).scalar_one()
        teacher = Browser(app.test_client())
        teacher.sign_in("teacher")
        figures = _figures(app, teacher, teacher_id, size)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    return {"students": size.students, "assignments": size.assignments, "attempts": attempts, **figures}


def large_class(size: Size) -> int:
    """Fill the database by bulk inserts with the class of number 1; the id of its teacher."""
    session, chance = db.session(), Random(7)
    banks.load_bank(session, read_bank(FILES), "digest", NOW)
    hashed = accounts.add_account(session, "teacher", "A teacher", "", Role.TEACHER, NOW)
    hashed.password_hash = _hashed()
    classroom = Classroom(name="A large class", join_code="LARGE", created=NOW)
    session.add(classroom)
    session.flush()
    give_right(session, classroom, hashed.id, Right.OWN)
    first = hashed.id + 1
    users = range(first, first + size.students)
    session.execute(
        insert(User),
        [
            {
                "id": n,
                "username": f"student{n}",
                "display_name": f"Student {n:03}",
                "role": Role.STUDENT,
                "created": NOW,
            }
            for n in users
        ],
    )
    session.execute(insert(Enrolment), [{"classroom_id": classroom.id, "user_id": n, "joined": NOW} for n in users])
    quiz = quiz_named(session, "whole-test").id
    session.execute(
        insert(Assignment),
        [
            {"id": n, "classroom_id": classroom.id, "quiz_id": quiz, "title": f"Assignment {n}", "created": NOW,
             "due": NOW + timedelta(days=n), "late": LatePolicy.DEDUCT, "late_percent": 10, "settings": {}}
            for n in range(1, size.assignments + 1)
        ],
    )  # fmt: skip
    session.execute(insert(Attempt), [
        _attempt(user, quiz, assignment, number, chance)
        for user in users
        for assignment in range(1, size.assignments + 1)
        for number in range(1, chance.choice((0, 1, 1, 1, 2)) + 1)
    ])  # fmt: skip
    session.commit()
    return hashed.id


def _hashed() -> str:
    from flask import current_app

    words: str = current_app.extensions["passwords"].hash(PASSWORD)
    return words


def _attempt(user: int, quiz: int, assignment: int, number: int, chance: Random) -> dict[str, Any]:
    submitted = NOW + timedelta(days=assignment, hours=chance.randint(-40, 20))
    return {
        "user_id": user, "purpose": Purpose.QUIZ, "quiz_id": quiz, "assignment_id": assignment, "number": number,
        "mode": Mode.TEST, "settings": {}, "seed": 1, "state": State.SUBMITTED, "started": submitted,
        "submitted": submitted, "score": float(chance.randint(0, 20)), "max_score": 20.0, "awaiting": 0,
    }  # fmt: skip


def _figures(app: Flask, teacher: Browser, teacher_id: int, size: Size) -> dict[str, Any]:
    def counting() -> None:
        with app.app_context():
            gradebook.gradebook(gradebook.read(db.session(), 1, teacher_id), utcnow())

    cookie = teacher.client.get_cookie("quizapp")
    assert cookie is not None
    jobs: dict[str, Callable[[], object]] = {"counting": counting}
    addresses = {"page": "gradebook", "workbook": "gradebook/file", "csv": "gradebook/file?file=scores"}
    for name, address in addresses.items():
        path, _, query = address.partition("?")
        jobs[name] = Request(app, "GET", f"/teach/classes/1/{path}", f"quizapp={cookie.value}", query).send
    found: dict[str, Any] = {}
    for name, job in jobs.items():
        job()
        with counted(app) as statements:
            job()
        found[name] = {
            "seconds": round(statistics.median(_seconds(job) for _ in range(size.rounds)), 3),
            "statements": len(statements),
            "peak_megabytes": round(_peak(job) / 1e6, 1),
        }
    return found


def _seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def _peak(job: Callable[[], object]) -> int:
    """The most bytes that Python held for it at one time."""
    tracemalloc.start()
    try:
        job()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
