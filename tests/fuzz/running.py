"""A run: everybody in turn sends requests to a fresh database; each answer, and all that is stored, is looked at."""

import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from random import Random

from flask import Flask
from werkzeug.test import EnvironBuilder, TestResponse, run_wsgi_app

from quizapp.models import Base, User, db
from tests.conftest import Template, person
from tests.contracts.access import PEOPLE, Scene, scene, stored, table, values_for, ways
from tests.contracts.forms import Form, forms_in
from tests.contracts.test_nonsense import FIELDS
from tests.fuzz.asking import Asked, Chance
from tests.fuzz.judging import faults

Row = tuple[object, ...]
Rows = dict[str, list[Row]]
Record = tuple[str, object]
"""A table, and the number of a row in it."""

A_TURN = 40
"""Requests that somebody sends before the database is as it was again."""
WITHOUT_RIGHTS = ("visitor", "guest", "other student", "viewer", "other teacher")
"""Who may change nothing of what was there, but what is their own."""


@dataclass
class Run:
    """What came of it."""

    tell: Callable[[str], None]
    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    routes: Counter[str] = field(default_factory=Counter)
    defects: list[str] = field(default_factory=list)


def run(template: Template, requests: int, seed: int, tell: Callable[[str], None] = lambda _: None) -> Run:
    """Send so many requests, made by this seed, and tell of each defect and each thousand meanwhile."""
    found, random = Run(tell), Random(seed)
    played = scene(template)
    # Whoever holds a link is the person it is for.
    played = replace(played, values={**played.values, "token": "nobodys"})
    turns = [random.choice(list(PEOPLE)) for _ in range(0, requests, A_TURN)]
    forms = {role: harvest(played, role) for role in PEOPLE if role in turns}
    names = sorted({*FIELDS, *(one.name for known in forms.values() for form in known for one in form.fields)})
    chance = Chance(template.app, played, random, forms, names)
    for role in turns:
        _turn(played, chance, role, min(A_TURN, requests - found.sent), found)
        if found.sent // 1000 != (found.sent - A_TURN) // 1000:
            tell(f"{found.sent} requests, {len(found.defects)} defects")
    return found


def harvest(played: Scene, role: str) -> list[Form]:
    """Every form on every page that somebody can open, once for each address and set of fields."""
    browser, app, found = played.browser(role), played.template.app, {}
    for way in ways(app):
        if way.method != "GET":
            continue
        page = browser.get(way.address(app, values_for(way, played.values)), follow_redirects=True)
        if page.mimetype == "text/html":
            for form in forms_in(page.text, page.request.path):
                found[form.method, form.address, tuple(one.name for one in form.fields)] = form
        page.close()
    return [form for form in found.values() if form.method in ("GET", "POST")]


def _turn(played: Scene, chance: Chance, role: str, requests: int, found: Run) -> None:
    played.browser(role)
    app = played.template.app
    guarded = Guarded(app, role)
    for _ in range(requests):
        asked = chance.request(role)
        found.sent += 1
        found.routes[asked.way.name if asked.way else "elsewhere"] += 1
        for fault in _faults(app, asked, guarded, found):
            found.defects.append(f"{fault}\n  {asked}")
            found.tell(found.defects[-1])


def _faults(app: Flask, asked: Asked, guarded: "Guarded", found: Run) -> Iterator[str]:
    try:
        response = send(app, asked)
    except Exception:  # what our code raised is a failure of ours, and the trace is what mends it
        yield traceback.format_exc()
        with app.app_context():
            db.session.remove()
        return
    found.statuses[response.status_code] += 1
    yield from faults(asked.method, response)
    response.close()
    if asked.method not in ("GET", "HEAD", "OPTIONS"):
        yield from guarded.changes(asked)


def send(app: Flask, asked: Asked) -> TestResponse:
    """Ask the app, past everything that would put the request right."""
    builder = EnvironBuilder(method=asked.method, content_type=asked.content_type or None)
    environ = builder.get_environ()
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in asked.headers}
    environ |= {"PATH_INFO": asked.path.decode("latin-1"), "QUERY_STRING": asked.query.decode("latin-1")}
    environ |= {"wsgi.input": BytesIO(asked.body), "CONTENT_LENGTH": str(len(asked.body))}
    environ["CONTENT_LENGTH"] = environ.pop("HTTP_CONTENT_LENGTH", environ["CONTENT_LENGTH"])
    environ.setdefault("HTTP_COOKIE", asked.cookie)
    body, status, headers = run_wsgi_app(app, environ, buffered=True)
    return TestResponse(body, status, headers, request=builder.get_request())


class Guarded:
    """What is stored while somebody's turn lasts, and whether a request changed what it may not."""

    def __init__(self, app: Flask, role: str) -> None:
        self.app, self.role, self.rows, self.last = app, role, table(), stored(app)
        self.made: set[Record] = set()
        with app.app_context():
            self.number = _number(role)

    def changes(self, asked: Asked) -> Iterator[str]:
        """What this request changed without a right to."""
        before, self.last = self.last, stored(self.app)
        if self.last == before:
            return
        gone, come = self._not_own(before, self.last), self._not_own(self.last, before)
        row = self.rows.get(asked.way.name) if asked.way else None
        if row is not None and row[asked.role] != "ok" and (gone or come):
            yield f"it is {row[asked.role]} in the table, and changed {gone or come}"
        elif asked.role in WITHOUT_RIGHTS and gone:
            yield f"it changed what is not theirs: {gone}"
        if self.number is not None and asked.role == self.role:
            self.made |= _records(come) - _records(before)

    def _not_own(self, rows: Rows, others: Rows) -> Rows:
        """The rows that are not among the others, and not about the person whose turn it is."""
        attempts = {row[0] for row in rows["attempt"] if self._says("attempt", row, "user_id") == self.number}
        found = {
            name: [row for row in kept if row not in others[name] and not self._is_own(name, row, attempts)]
            for name, kept in rows.items()
            if kept != others[name]
        }
        return {name: kept for name, kept in found.items() if kept}

    def _is_own(self, name: str, row: Row, attempts: set[object]) -> bool:
        """Whether it is the person, something that belongs to them, an attempt of theirs, or what they made before."""
        key = "id" if name == "user" else "user_id"
        return self.number is not None and (
            self._says(name, row, key) == self.number
            or self._says(name, row, "attempt_id") in attempts
            or not self.made.isdisjoint(_about(name, row))
        )

    def _says(self, name: str, row: Row, column: str) -> object:
        columns = [one.name for one in Base.metadata.tables[name].columns]
        return row[columns.index(column)] if column in columns else None


def _records(rows: Rows) -> set[Record]:
    """The rows that have a number."""
    return {(name, row[0]) for name, kept in rows.items() if "id" in Base.metadata.tables[name].columns for row in kept}


def _about(name: str, row: Row) -> Iterator[Record]:
    """The record that a row is, and those that it refers to."""
    yield name, row[0]
    for column, value in zip(Base.metadata.tables[name].columns, row, strict=True):
        for key in column.foreign_keys:
            yield key.column.table.name, value


def _number(role: str) -> int | None:
    """The number of the person, who is the only guest, or has a name; a visitor has none."""
    if role == "guest":
        return db.session.scalars(db.select(User.id).where(User.username.is_(None))).one()
    return person(db.session(), PEOPLE[role]).id if PEOPLE[role] else None
