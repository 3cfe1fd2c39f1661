"""What the work costs at the least: two bare Flask apps on bare sqlite3, with nothing of ours.

The first does only the work. The second does it as any site must: it knows who asks by a signed cookie, and takes no
form without the token that goes with it (Flask-WTF).
"""

import json
import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from flask import Flask, abort, render_template, request, session
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, DictLoader

from tests.benchmark.requests import Request

SMALL_PAGE = (
    """<!doctype html><title>{{ title }}</title><ul>{% for item in items %}<li>{{ item }}</li>{% endfor %}</ul>"""
)
_FORM = '<form><input type="hidden" name="csrf_token" value="{{ csrf_token() }}"></form>'
_NAME = "small-page.html"
_SAVE = (
    "INSERT INTO answer VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET response = excluded.response, "
    "revision = excluded.revision WHERE revision < excluded.revision"
)


@dataclass(frozen=True)
class Floor:
    """A small page, and one answer saved durably."""

    hello: Callable[[], object]
    save: Callable[[], object]


def bare(folder: Path, synchronous: str) -> Floor:
    """A page and a save without sessions."""
    return _floor(_app(folder / "bare.db", synchronous, SMALL_PAGE))


def with_cookie_and_token(folder: Path, synchronous: str) -> Floor:
    """The same for somebody whom a signed cookie names, with the token checked."""
    app = _app(folder / "checked.db", synchronous, SMALL_PAGE + _FORM)
    app.secret_key = "for the benchmark only"
    CSRFProtect(app)

    @app.get("/enter")
    def enter() -> str:
        session["person"] = 1
        return small_page()

    app.before_request(lambda: None if request.endpoint == "enter" or "person" in session else abort(404))
    answer = app.test_client().get("/enter")
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)
    assert token is not None
    return _floor(app, answer.headers["Set-Cookie"].partition(";")[0], token[1])


def teach_small_page(app: Flask, page: str = SMALL_PAGE) -> None:
    """Let an app know the small page as a template, so that it is compiled once, as every template of a site is."""
    app.jinja_env.loader = ChoiceLoader([DictLoader({_NAME: page}), app.jinja_loader or DictLoader({})])


def small_page() -> str:
    """The small page."""
    return render_template(_NAME, title="Hello", items=range(20))


def _app(database: Path, synchronous: str, page: str) -> Flask:
    app = Flask(__name__)
    teach_small_page(app, page)
    connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute("CREATE TABLE answer (attempt, position, response, revision, PRIMARY KEY (attempt, position))")
    app.add_url_rule("/hello", "hello", small_page)

    @app.post("/save")
    def save() -> dict[str, str]:
        connection.execute("BEGIN IMMEDIATE")
        answer = json.dumps(request.form["answer"])
        connection.execute(_SAVE, (1, 1, answer, int(request.form["revision"])))
        connection.execute("COMMIT")
        return {"state": "saved"}

    return app


def _floor(app: Flask, cookie: str = "", token: str = "") -> Floor:
    numbers = count(1)
    post = Request(app, "POST", "/save", cookie, token=token)
    return Floor(
        Request(app, "GET", "/hello", cookie).send,
        lambda: post.send({"answer": "1947", "revision": str(next(numbers))}),
    )
