"""The product's own work, ready to be repeated: open a page, save an answer, submit, list the attempts."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from quizapp.domain.access import Role
from quizapp.formats.bank_yaml import read_bank
from quizapp.models import db
from quizapp.services import accounts, banks
from tests.conftest import NOW, PASSWORD, Browser, make_app

SHIPPED = Path(__file__).parents[2] / "questions" / "us-pakistan"


@dataclass(frozen=True)
class Request:
    """A request to a WSGI app, with as little around it as can be; `send` gives the status line."""

    app: Flask
    method: str
    path: str
    cookie: str = ""
    query: str = ""

    def send(self, form: dict[str, str] | None = None) -> str:
        """Send it, read the whole answer, and give the status. Raises AssertionError for a failure."""
        body = urlencode(form or {}).encode()
        said: list[str] = []
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.method, "PATH_INFO": self.path, "QUERY_STRING": self.query,
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost", "HTTP_COOKIE": self.cookie, "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "wsgi.version": (1, 0), "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(), "wsgi.multithread": False,
            "wsgi.multiprocess": False, "wsgi.run_once": False,
        }  # fmt: skip
        answer = self.app.wsgi_app(environ, lambda status, _headers, _info=None: said.append(status))
        for _ in answer:
            pass
        getattr(answer, "close", lambda: None)()
        assert said[0][0] in "23", said[0]
        return said[0]


@dataclass(frozen=True)
class Workload:
    """What is measured, by its letter: R the attempt page, W a save, S a submit, T the teacher's list."""

    app: Flask
    R: Callable[[], object]
    W: Callable[[], object]
    S: Callable[[], object]
    T: Callable[[], object]


def workload(folder: Path, synchronous: str) -> Workload:
    """The product on an instance of its own, with the shipped bank, a student in a 20-question test, and a teacher."""
    app = make_app(folder, SYNCHRONOUS=synchronous)
    with app.app_context():
        db.create_all()
        files = {file.name: file.read_text(encoding="utf-8") for file in SHIPPED.glob("*.yaml")}
        banks.load_bank(db.session(), read_bank(files), "digest", NOW)
        hashed = app.extensions["passwords"].hash(PASSWORD)
        for name, role in (("student", Role.STUDENT), ("teacher", Role.TEACHER)):
            accounts.add_account(db.session(), name, name, hashed, role, NOW)
        db.session.commit()
    student, teacher = Browser(app.test_client()), Browser(app.test_client())
    student.sign_in("student")
    teacher.sign_in("teacher")
    cookie, token = _cookie(student.client), student.token()
    cookie = _cookie(student.client)
    attempt, typed = _attempt_with_a_number(student)
    page = Request(app, "GET", f"/attempts/{attempt}/questions/{typed}", cookie)
    save = Request(app, "POST", f"/attempts/{attempt}/questions/{typed}", cookie)
    revisions = count(1)

    def save_once() -> str:
        number = next(revisions)
        return save.send({"csrf_token": token, "answer": f"{1900 + number % 100}", "revision": str(number)})

    def submit_once() -> str:
        return next(submits)

    submits = _submits(app, student, cookie, token)
    listing = Request(app, "GET", "/teach/attempts", _cookie(teacher.client))
    return Workload(app, page.send, save_once, submit_once, listing.send)


def _cookie(client: FlaskClient) -> str:
    cookie = client.get_cookie("quizapp")
    assert cookie is not None
    return f"quizapp={cookie.value}"


def _attempt_with_a_number(student: Browser) -> tuple[int, int]:
    """An attempt, and a question of it that takes a year, so that every answer is a new one; most draws hold one."""
    while True:
        attempt = student.start("mixed-test")
        for position in range(1, 21):
            if 'inputmode="numeric"' in student.get(f"/attempts/{attempt}/questions/{position}").text:
                return attempt, position
        student.post(f"/attempts/{attempt}/submit")


def _submits(app: Flask, student: Browser, cookie: str, token: str) -> Iterator[str]:
    """Submits of fresh practice attempts, which are started outside the measured time by `prepare_submits`."""
    while True:
        attempt = app.config["BENCHMARK_ATTEMPTS"].pop()
        yield Request(app, "POST", f"/attempts/{attempt}/submit", cookie).send({"csrf_token": token})


def prepare_submits(work: Workload, number: int) -> None:
    """Open attempts at a 20-question test for S to submit: copies of one, because one person has one open at a time."""
    with work.app.app_context():
        source = db.session.execute(db.text("SELECT max(id) FROM attempt WHERE state = 'open'")).scalar_one()
        top = db.session.execute(db.text("SELECT max(number) FROM attempt")).scalar_one()
        made = []
        for n in range(1, number + 1):
            made.append(_copy(source, top + n))
        db.session.commit()
    work.app.config["BENCHMARK_ATTEMPTS"] = made


def _copy(source: int, number: int) -> int:
    run = "user_id, purpose, quiz_id, mode, seed, settings, state, started, deadline, submitted"
    columns = f"{run}, score, max_score, awaiting"
    db.session.execute(
        db.text(f"INSERT INTO attempt (number, {columns}) SELECT :number, {columns} FROM attempt WHERE id = :source"),
        {"number": number, "source": source},
    )
    new: int = db.session.execute(db.text("SELECT last_insert_rowid()")).scalar_one()
    slots = 'position, question_version_id, "order", passages, max_mark, response, revision, flagged, points, comment'
    copied = f"SELECT :new, {slots} FROM attempt_slot WHERE attempt_id = :source"
    db.session.execute(
        db.text(f"INSERT INTO attempt_slot (attempt_id, {slots}) {copied}"), {"new": new, "source": source}
    )
    return new


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The SQL statements run meanwhile, BEGIN and PRAGMA aside."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not re.match(r"BEGIN|PRAGMA", statement):
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
