"""Students by the ten thousand, each signed in and in the middle of an attempt, and the requests they send."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from quizapp import create_app
from quizapp.config import read_settings
from quizapp.domain.access import Role
from quizapp.models import Attempt, AttemptSlot, User, db
from quizapp.models.engine import begin_writing
from quizapp.services import accounts
from tests.benchmark.copying import copy_rows
from tests.benchmark.drafts import Values
from tests.benchmark.serving import Serving
from tests.benchmark.workload import drafts_of
from tests.conftest import NOW, PASSWORD, Browser

QUESTIONS = 20
PATTERNS = 20
"""Different draws of the test, of which all attempts are copies."""
FIRST = 1_000_000
"""The n-th student and the n-th attempt have the number n more than this."""
_AGENT = "benchmark"
_AT_ONCE = 20_000
_UNANSWERED = {
    "response": "NULL", "revision": "0", "saved": "NULL", "settled": "NULL", "fraction": "NULL", "certainty": "NULL",
}  # fmt: skip


@dataclass
class Population:
    """Students with an open attempt each; the n-th is the same for ever, from 1."""

    app: Flask
    first_pattern: int
    answers: Mapping[int, Mapping[int, Values]]
    """By pattern, counted from 0, and position."""
    session: dict[str, Any]
    """What the session of one who has signed in holds."""
    token: str
    size: int = 0
    _serializer: URLSafeTimedSerializer = field(init=False)
    _cookies: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        interface = self.app.session_interface
        assert isinstance(interface, SecureCookieSessionInterface)
        serializer = interface.get_signing_serializer(self.app)
        assert serializer is not None
        self._serializer = serializer

    def grow(self, size: int) -> None:
        """Let there be at least so many."""
        with self.app.app_context():
            while self.size < size:
                more = min(_AT_ONCE, size - self.size)
                begin_writing(db.session())
                self._add(more)
                db.session.commit()
                self.size += more
            if db.engine.dialect.name == "postgresql":
                with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.exec_driver_sql("VACUUM ANALYZE")

    def _add(self, more: int) -> None:
        session, number = db.session(), f"({FIRST + self.size} + n.i)"
        names = {"id": number, "username": f"'crowd' || {number}", "display_name": f"'Crowd ' || {number}"}
        copy_rows(session, User, names, "WHERE old.username = 'pattern'", str(more))
        attempt = {
            "id": number,
            "user_id": number,
            "number": "1",
            "state": "'open'",
            "submitted": "NULL",
            "score": "NULL",
        }
        pattern = f"WHERE old.id = :first + {number} % {PATTERNS}"
        copy_rows(session, Attempt, attempt, pattern, str(more), {"first": self.first_pattern})
        slots = {"id": "", "attempt_id": "made.id", **_UNANSWERED}
        rows = (
            f"JOIN attempt made ON made.id > {FIRST + self.size} AND old.attempt_id = :first + made.id % {PATTERNS} "
            "ORDER BY made.id, old.position"
        )
        copy_rows(session, AttemptSlot, slots, rows, values={"first": self.first_pattern})

    def page(self, student: int) -> bytes:
        """Open the page of the first question."""
        return f"GET /attempts/{FIRST + student}/questions/1 HTTP/1.1\r\n{self._head(student)}\r\n".encode()

    def save(self, student: int, position: int) -> bytes:
        """Save an answer, as the page's script does."""
        values = self.answers[(FIRST + student) % PATTERNS][position]
        form = {"answer": values, "certainty": "2", "revision": str(int(time.time() * 1000))}
        path = f"/attempts/{FIRST + student}/questions/{position}/save"
        return self._post(student, path, form, f"X-CSRFToken: {self.token}\r\nAccept: application/json\r\n")

    def submit(self, student: int) -> bytes:
        """Hand the attempt in, by the form."""
        return self._post(student, f"/attempts/{FIRST + student}/submit", {"csrf_token": self.token}, "")

    def _post(self, student: int, path: str, form: Mapping[str, Any], headers: str) -> bytes:
        body = urlencode(form, doseq=True)
        kind = "Content-Type: application/x-www-form-urlencoded"
        head = f"POST {path} HTTP/1.1\r\n{self._head(student)}{headers}{kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        return (head + body).encode()

    def _head(self, student: int) -> str:
        return f"Host: 127.0.0.1\r\nUser-Agent: {_AGENT}\r\nCookie: quizapp={self._cookie(student)}\r\n"

    def _cookie(self, student: int) -> str:
        """The session cookie of a student, who keeps it from one request to the next."""
        if student not in self._cookies:
            who = {**self.session, "_user_id": self.session["_user_id"].replace("STUDENT", str(FIRST + student))}
            self._cookies[student] = self._serializer.dumps(who)
        return self._cookies[student]


def populated(serving: Serving) -> Population:
    """The students of an instance, none yet: one who signs in and begins the test is the pattern of all.

    The password is hashed at its real cost, so that signing in costs what it does.
    """
    settings = read_settings(serving.environment())
    del settings["SECRET_KEY"]  # the server has made its own
    app = create_app({**settings, "SLOW_QUERY_MS": 0})
    with app.app_context():
        begin_writing(db.session())
        hashed = app.extensions["passwords"].hash(PASSWORD)
        pattern = accounts.add_account(db.session(), "pattern", "Pattern", hashed, Role.STUDENT, NOW)
        db.session.commit()
        number = pattern.id
    student = Browser(app.test_client())
    student.client.environ_base |= {"HTTP_USER_AGENT": _AGENT, "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1"}
    student.sign_in("pattern")
    attempts = []
    for _ in range(PATTERNS):
        attempts.append(student.start("mixed-test"))
        assert student.post(f"/attempts/{attempts[-1]}/submit").status_code == 303
    assert attempts == list(range(attempts[0], attempts[0] + PATTERNS)), attempts
    with student.client.session_transaction() as session:
        kept = {**session, "_user_id": session["_user_id"].replace(str(number), "STUDENT", 1)}
    answers = {n: drafts_of(app, attempt, attempt) for n, attempt in enumerate(attempts)}
    return Population(app, attempts[0], answers, kept, student.token())
