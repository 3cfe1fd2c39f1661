"""Who may do what: every route of the URL map, asked by everybody, beside the table that says how it answers.

`access_table.md` has a row for each route and method and a column for each person. A cell says `ok` (it is for them,
whatever an empty form then lacks), `404` (to them it is not there), `403` (they may look at it, not do this) or
`sign-in` (they are asked to sign in first). The records asked for are Tahir's, and what Ayesha did in his class.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.domain.access import Right, Role
from quizapp.models import Bank, Base, Correction, Deed, Enrolment, Passage, Quiz, Section, db
from quizapp.services import accounts, problem_reports, sharing
from quizapp.services.attempts import starting, submitting
from quizapp.web.assets import STATIC, fingerprint_of
from quizapp.web.guard import audience_of
from tests.classes import assigned, classroom_of, joins_cast
from tests.conftest import NOW, Browser, Template, person, question_named, quiz_named
from tests.databases import Kept, keep
from tests.essays import with_essay
from tests.services.attempts.steps import save

TABLE = Path(__file__).with_name("access_table.md")
TEACHERS = {
    "owner": ("tahir", Right.OWN),
    "editor": ("edith", Right.EDIT),
    "viewer": ("viola", Right.VIEW),
    "other teacher": ("tamar", None),
    "administrator": ("adele", None),
}
"""Teachers, by what they are to the records: their names, and their right on all of them."""
PEOPLE = {"visitor": "", "guest": "", "student": "ayesha", "other student": "ben"} | {
    role: name for role, (name, _) in TEACHERS.items()
}
"""The columns of the table, and who stands for each: a visitor is nobody yet, a guest has begun to practise."""
_CONVERTER = re.compile(r"<\w+:")
_LOGS = {"audit_event"}
"""Tables in which what is refused may be written down."""


@dataclass(frozen=True)
class Way:
    """A route, by one of its methods."""

    endpoint: str
    method: str
    rule: str
    arguments: frozenset[str]
    audience: str

    @property
    def name(self) -> str:
        """As the table calls it."""
        return f"{self.method} {_CONVERTER.sub('<', self.rule)}"

    def address(self, app: Flask, values: Mapping[str, object]) -> str:
        """The address for these records."""
        with app.test_request_context():
            address = app.url_for(self.endpoint, **{name: values[name] for name in self.arguments})
        return address.removeprefix("http://localhost")

    def ask(self, app: Flask, browser: Browser, values: Mapping[str, object]) -> TestResponse:
        """Open the page about these records, or send its form, empty but for its token and what decides where to."""
        values = values_for(self, values)
        address = self.address(app, values)
        response = browser.get(address) if self.method == "GET" else browser.post(address, dict(form_for(self, values)))
        response.close()
        return response


def ways(app: Flask) -> Iterator[Way]:
    """Every route, once for each method."""
    for rule in app.url_map.iter_rules():
        audience = str(audience_of(app.view_functions[rule.endpoint]))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Way(rule.endpoint, method, rule.rule, frozenset(rule.arguments), audience)


def table() -> dict[str, dict[str, str]]:
    """The table: for each way whom it is `for`, and how it answers each of PEOPLE."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    names, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    found = {row[0].strip("`"): dict(zip(names[1:], row[1:], strict=True)) for row in rows}
    assert len(found) == len(rows), "a route stands twice in the table"
    return found


def verdict(response: TestResponse) -> str:
    """How somebody was answered, in the table's words. Fails on an answer that is no decision."""
    assert response.status_code < 500, response.request.path
    assert response.status_code != 405, response.request.path
    if response.status_code == 302 and response.location.startswith("/account/sign-in"):
        return "sign-in"
    return str(response.status_code) if response.status_code in (403, 404) else "ok"


def stored(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is stored, but for logs."""
    with app.app_context():
        tables = [table for table in Base.metadata.sorted_tables if table.name not in _LOGS]
        return {table.name: [tuple(row) for row in db.session.execute(db.select(table))] for table in tables}


Values = Mapping[str, object]


def records(session: Session) -> Values:
    """A bank, quizzes and a class of Tahir's; Ayesha did, reported and was marked something there.

    The values of addresses by name; those of attempts on their own pages go by `learner_`.
    """
    with_essay(session)
    _hire(session)
    bank = session.scalars(db.select(Bank)).one()
    bank.files_digest = ""
    classroom = classroom_of(session, ["ayesha"])
    classroom_of(session, ["ben"], name="Geography 9")
    for thing in (bank, classroom, *session.scalars(db.select(Quiz))):
        if not hasattr(thing, "join_code"):
            thing.everyone = None
        for username, right in TEACHERS.values():
            if right is not None:
                sharing.give_right(session, thing, person(session, username).id, right)
    ayesha = person(session, "ayesha")
    assignment = assigned(session, classroom, "essay-test")
    submitted = starting.start(session, ayesha, assignment.quiz, 7, NOW, assignment)
    save(session, submitted, 1, "Because of the silt.")
    submitting.submit(session, submitted.id, ayesha.id, NOW)
    report = problem_reports.report(session, ayesha.id, submitted.id, 1, "key", "Is it?", NOW)
    practised = assigned(session, classroom, "rise-practice")
    practice = starting.start(session, ayesha, practised.quiz, 7, NOW, practised)
    save(session, practice, 1, "1")
    question, quiz = question_named(session, "founder"), quiz_named(session, "rise-practice")
    correction = Correction(question_id=question.id, deed=Deed.VOID, reason="It is unclear.", made=NOW)
    session.add(correction)
    chen = joins_cast(session, "chen")
    session.add(Enrolment(classroom_id=classroom.id, user_id=chen.id, joined=NOW, removed=NOW))
    token = accounts.make_password_link(session, ayesha, datetime.now(UTC))
    session.commit()
    return {
        "slug": bank.slug, "kind_name": "numeric", "question_id": question.id, "quiz_id": quiz.id,
        "slot_id": quiz.slots[0].id, "user_id": ayesha.id, "attempt_id": submitted.id, "position": 1,
        "classroom_id": classroom.id, "assignment_id": assignment.id, "report_id": report.id,
        "passage_id": session.scalars(db.select(Passage.id)).first(), "number": 1,
        "section_id": session.scalars(db.select(Section.id)).first(), "correction_id": correction.id,
        "code": classroom.join_code, "token": token, "fingerprint": fingerprint_of(STATIC), "name": "css/base.css",
        "learner_attempt_id": practice.id, "learner_slug": "rise-practice", "removed_id": chen.id,
    }  # fmt: skip


def _hire(session: Session) -> None:
    """The teachers who are not of the cast, with its password."""
    hashed = person(session, "tahir").password_hash
    assert hashed is not None
    for role, (username, _) in TEACHERS.items():
        if accounts.find(session, username) is None:
            accounts.add_account(
                session, username, f"{username.title()} (test)", hashed, Role.TEACHER, NOW, role == "administrator"
            )
    session.commit()


def values_for(way: Way, values: Values) -> Values:
    """The records that a way is about: an attempt's own pages are about one that is open."""
    if way.endpoint == "teach.take_back":
        return {**values, "user_id": values["removed_id"]}
    if way.endpoint.startswith("teach.") or way.endpoint == "reading.source":
        return values
    return {**values, "attempt_id": values["learner_attempt_id"], "slug": values["learner_slug"]}


def form_for(way: Way, values: Values) -> Values:
    """What its form has to say for the way to be decided at all, such as to which class something is copied."""
    return {
        "teach.copy_assignment": {"classroom": values["classroom_id"]},
        "teach.duplicate_question": {"bank": values["slug"]},
        "teach.set_marks": {"marks": "1"},
    }.get(way.endpoint, {})


@dataclass(frozen=True)
class Scene:
    """The records, everybody with an open browser, and the database as it then stands."""

    template: Template
    values: Values
    known: Mapping[str, tuple[str, str]]
    """The session cookie of each of PEOPLE, and the token that goes with it."""
    kept: Kept

    def browser(self, role: str) -> Browser:
        """A browser of somebody, on a database that nobody has used since."""
        self.template.start_anew(self.kept)
        browser = Browser(self.template.app.test_client(), self.known[role])
        browser.client.set_cookie("quizapp", browser.known[0])
        return browser


def scene(template: Template) -> Scene:
    """The scene, made on the template's app."""
    template.start_anew()
    app = template.app
    with app.app_context():
        values = records(db.session())
    known = {role: _arrived(app, role).known for role in PEOPLE}
    return Scene(template, values, known, keep(app))


def _arrived(app: Flask, role: str) -> Browser:
    browser = Browser(app.test_client())
    if PEOPLE[role]:
        assert browser.sign_in(PEOPLE[role]).status_code == 303
    elif role == "guest":
        browser.start("rise-practice")
    browser.token()
    return browser
