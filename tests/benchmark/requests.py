"""Requests that cost as little as can be beside the app that answers them; and the SQL they lead to."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import event

from quizapp.models import db

AGENT = f"Werkzeug/{version('werkzeug')}"
"""What the test client, in which somebody signed in, calls itself: to another, each answer sends another session."""


@dataclass(frozen=True)
class Answer:
    """What an app answered: its status line, and its headers by lower-cased name and value."""

    status: str
    headers: tuple[tuple[str, str], ...]

    def names(self) -> set[str]:
        """The names of the headers."""
        return {name.lower() for name, _value in self.headers}


@dataclass(frozen=True)
class Request:
    """A request to a WSGI app; `token` travels in the header, as the page's script sends it."""

    app: Flask
    method: str
    path: str
    cookie: str = ""
    query: str = ""
    token: str = ""

    def send(self, form: Mapping[str, str | Sequence[str]] | None = None) -> Answer:
        """Send it and read the whole answer. Raises AssertionError for a failure."""
        body = urlencode(form or {}, doseq=True).encode()
        said: list[Answer] = []
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.method, "PATH_INFO": self.path, "QUERY_STRING": self.query,
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost", "HTTP_COOKIE": self.cookie, "HTTP_USER_AGENT": AGENT,
            "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(), "wsgi.multithread": False, "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }  # fmt: skip
        if self.token:
            environ["HTTP_X_CSRFTOKEN"] = self.token
            environ["HTTP_ACCEPT"] = "application/json"
        answer = self.app.wsgi_app(
            environ, lambda status, headers, _info=None: said.append(Answer(status, tuple(headers)))
        )
        for _ in answer:
            pass
        getattr(answer, "close", lambda: None)()
        assert said[0].status[0] in "23", (self.path, said[0].status)
        return said[0]


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
