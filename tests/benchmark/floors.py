"""What the work costs at the least: a bare Flask app on bare sqlite3, with nothing of ours."""

import json
import sqlite3
from pathlib import Path

from flask import Flask, render_template_string, request

_PAGE = """<!doctype html><title>{{ title }}</title><ul>{% for item in items %}<li>{{ item }}</li>{% endfor %}</ul>"""


def bare_app(folder: Path, synchronous: str) -> Flask:
    """Two routes: `/hello` renders a small template; `POST /save` stores one answer durably."""
    app = Flask(__name__)
    database = sqlite3.connect(folder / "floor.db", isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute(f"PRAGMA synchronous={synchronous}")
    database.execute("CREATE TABLE answer (attempt, position, response, revision, PRIMARY KEY (attempt, position))")

    @app.get("/hello")
    def hello() -> str:
        return render_template_string(_PAGE, title="Hello", items=range(20))

    @app.post("/save")
    def save() -> tuple[str, int, dict[str, str]]:
        database.execute("BEGIN IMMEDIATE")
        database.execute(
            "INSERT INTO answer VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET response = excluded.response, "
            "revision = excluded.revision WHERE revision < excluded.revision",
            (1, 1, json.dumps(request.form["answer"]), int(request.form["revision"])),
        )
        database.execute("COMMIT")
        return "", 303, {"Location": "/hello"}

    return app
