"""The product's own work, ready to be repeated: open a page, save an answer, submit, list the attempts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count, cycle
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient

from quizapp.domain.access import Role
from quizapp.formats.bank_yaml import read_bank
from quizapp.formats.document import BankDocument
from quizapp.models import db
from quizapp.services import accounts, banks
from quizapp.services.attempts.pinned import pinned_questions, plan_of
from tests.benchmark.copying import copy_attempt
from tests.benchmark.drafts import Values, draft
from tests.benchmark.floors import small_page, teach_small_page
from tests.benchmark.requests import Answer, Request, counted
from tests.conftest import NOW, PASSWORD, Browser, make_app
from tests.databases import ON_POSTGRESQL

__all__ = ["SHIPPED", "Request", "Workload", "counted", "prepare_submits", "workload"]

SHIPPED = Path(__file__).parents[2] / "questions" / "us-pakistan"
TEST = "mixed-test"
"""The quiz of twenty questions that is taken, drawn from all kinds."""


@dataclass(frozen=True)
class Workload:
    """What is measured, by its letter: R the attempt page, W a save, S a submit, T the teacher's list.

    R and W go through all twenty questions in turn. W is what the page's script sends, `form` the page's form without
    scripts, `hello` the small page of the floors in an app that is otherwise ours.
    """

    app: Flask
    R: Callable[[], Answer]
    W: Callable[[], Answer]
    S: Callable[[], Answer]
    T: Callable[[], Answer]
    form: Callable[[], Answer]
    hello: Callable[[], Answer]
    look: Callable[[int], Answer]
    """Ask how an attempt stands, as its page does when it opens: what never changes is then in memory."""


def workload(folder: Path, synchronous: str) -> Workload:
    """The product on an instance of its own, with the shipped bank, a student in a 20-question test, and a teacher."""
    app = app_with_bank(folder, synchronous)
    student, teacher = Browser(app.test_client()), Browser(app.test_client())
    student.sign_in("student")
    teacher.sign_in("teacher")
    token = student.token()
    return work_of(app, cookie_of(student.client), token, student.start(TEST), cookie_of(teacher.client))


def app_with_bank(folder: Path, synchronous: str) -> Flask:
    """An app with the shipped bank and one person of each role, with the small page of the floors added to it."""
    if not ON_POSTGRESQL:
        (folder / "quizapp.db").write_bytes(_database())
    app = make_app(folder, SYNCHRONOUS=synchronous, SLOW_QUERY_MS=0)
    teach_small_page(app)
    app.add_url_rule("/hello", "hello", small_page)
    if ON_POSTGRESQL:
        with app.app_context():
            _fill(app)
    return app


@cache
def _database() -> bytes:
    """The database with the bank and the people as a file; loading the bank takes longest, so it is done once."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        app = make_app(Path(folder), SLOW_QUERY_MS=0)
        with app.app_context():
            _fill(app)
            db.session.execute(db.text("PRAGMA wal_checkpoint(TRUNCATE)"))
            db.session.remove()
            db.engine.dispose()
        return Path(folder, "quizapp.db").read_bytes()


@cache
def shipped_bank() -> BankDocument:
    """The shipped bank; reading it takes longer than loading it, so it is done once."""
    return read_bank({file.name: file.read_text(encoding="utf-8") for file in SHIPPED.glob("*.yaml")})


def _fill(app: Flask) -> None:
    db.create_all()
    banks.load_bank(db.session(), shipped_bank(), "digest", NOW)
    hashed = app.extensions["passwords"].hash(PASSWORD)
    for name, role in (("student", Role.STUDENT), ("teacher", Role.TEACHER)):
        accounts.add_account(db.session(), name, name, hashed, role, NOW)
    db.session.commit()


def cookie_of(client: FlaskClient) -> str:
    """The session cookie as a request sends it."""
    cookie = client.get_cookie("quizapp")
    assert cookie is not None
    return f"quizapp={cookie.value}"


def work_of(app: Flask, cookie: str, token: str, attempt: int, teacher: str) -> Workload:
    """The work of a student on an open attempt, and of a teacher, by their cookies."""
    answers = drafts_of(app, attempt)
    here = [f"/attempts/{attempt}/questions/{position}" for position in answers]
    pages = cycle([Request(app, "GET", path, cookie) for path in here])
    saves = cycle(
        [(Request(app, "POST", f"{path}/save", cookie, token=token), answers[n]) for n, path in enumerate(here, 1)]
    )
    forms = cycle([(Request(app, "POST", path, cookie), answers[n]) for n, path in enumerate(here, 1)])
    revisions = count(1)

    def save() -> Answer:
        request, values = next(saves)
        return request.send({"answer": values, "certainty": "2", "revision": str(next(revisions))})

    def by_form() -> Answer:
        request, values = next(forms)
        fields = {"csrf_token": token, "answer": values, "certainty": "2", "revision": str(next(revisions))}
        return request.send(fields)

    submits = _submits(app, cookie, token)
    return Workload(
        app,
        R=lambda: next(pages).send(),
        W=save,
        S=lambda: next(submits),
        T=Request(app, "GET", "/teach/attempts", teacher).send,
        form=by_form,
        hello=Request(app, "GET", "/hello", cookie).send,
        look=lambda attempt: Request(app, "GET", f"/attempts/{attempt}/state", cookie).send(),
    )


def drafts_of(app: Flask, attempt: int, seed: int = 7) -> dict[int, Values]:
    """An answer to each question of an attempt, by its position."""
    chance = Random(seed)
    with app.app_context():
        plan = plan_of(db.session(), attempt)
        assert plan is not None
        questions = pinned_questions(db.session(), [slot.version_id for slot in plan.slots])
        return {slot.position: draft(questions[slot.version_id], slot.order, chance) for slot in plan.slots}


def _submits(app: Flask, cookie: str, token: str) -> Iterator[Answer]:
    """Submits of answered attempts, which are made outside the measured time by `prepare_submits`."""
    while True:
        attempt = app.config["BENCHMARK_ATTEMPTS"].pop()
        yield Request(app, "POST", f"/attempts/{attempt}/submit", cookie).send({"csrf_token": token})


def prepare_submits(work: Workload, number: int) -> None:
    """Open attempts at a 20-question test for S to submit: copies of one, because one person has one open at a time.

    Those of the time before go, so that the database stays as large as it is.
    """
    with work.app.app_context():
        for old in work.app.config.get("BENCHMARK_MADE", ()):
            db.session.execute(db.text("DELETE FROM attempt WHERE id = :old"), {"old": old})
        source = db.session.execute(db.text("SELECT min(id) FROM attempt WHERE state = 'open'")).scalar_one()
        top = db.session.execute(db.text("SELECT max(number) FROM attempt")).scalar_one()
        made = [copy_attempt(db.session(), source, top + n) for n in range(1, number + 1)]
        db.session.commit()
    for attempt in made:
        work.look(attempt)
    work.app.config["BENCHMARK_ATTEMPTS"], work.app.config["BENCHMARK_MADE"] = list(made), made


def token_in(page: str) -> str:
    """The token of a page's forms."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]
