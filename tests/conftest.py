"""An app on a real database for each test, one small bank, and one cast: Ayesha and Ben learn, Tahir teaches.

The database is a SQLite file; with `QUIZAPP_TEST_DATABASE=postgresql` every app of the suite, those in browsers and
those of real servers too, has a database of a real PostgreSQL server, which comes from a package (`tests.databases`).
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import CodeType

import flask_migrate
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import BadSignature
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp import create_app
from quizapp.domain.access import Role
from quizapp.formats.document import BankDocument
from quizapp.models import Question, Quiz, User, db
from quizapp.services import accounts, banks
from quizapp.web.extensions import limiter
from tests.bank import small_bank
from tests.databases import Kept, address_for, keep, stop_servers

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def examples(usually: int) -> int:
    """How many examples chance gives a test: a few, or as many as `QUIZAPP_PROOF_EXAMPLES` says."""
    return int(os.environ.get("QUIZAPP_PROOF_EXAMPLES", usually))


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: some tests wait for a real clock or a browser, and another can run meanwhile."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """pytest-flask's own would leak one app context over all clients of a test."""


def pytest_unconfigure() -> None:
    """Stop the PostgreSQL server, where one was started."""
    stop_servers()


_made: list[Flask] = []
"""The apps made since the test began, or before the first."""


@pytest.fixture(autouse=True)
def _hang_up() -> Iterator[None]:
    """No app that a test made keeps a connection to a database after it."""
    _made.clear()
    yield
    for app in _made:
        with app.app_context():
            db.engine.dispose()


@dataclass(frozen=True)
class Template:
    """What a database with the tables, the bank and the cast holds; and an app to have it each time anew."""

    app: Flask
    engine: Engine
    database: Kept
    settings: dict[str, object]

    def start_anew(self, database: Kept | None = None) -> None:
        """Give the app this, or what was kept later, and let it forget all that it kept of the test before."""
        with self.app.app_context():
            db.session.remove()
            # What the services keep they keep for an engine; this is another one that shares the compiled statements.
            db.engines[None] = self.engine.execution_options(anew=True)
        (database or self.database).bring_back(self.engine)
        self.app.config.clear()
        self.app.config.update(self.settings)
        limiter.reset()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """An app for the whole session: making one for each test, and all its pages and statements anew, takes longest."""
    with template_in(tmp_path_factory.mktemp("instance"), small_bank()) as template:
        yield template


@contextmanager
def template_in(folder: Path, document: BankDocument) -> Iterator[Template]:
    """An app on an instance folder, with a bank and the cast."""
    app = make_app(folder)
    with app.app_context():
        db.create_all()
        flask_migrate.stamp()
        banks.load_bank(db.session(), document, "digest", NOW)
        hashed = app.extensions["passwords"].hash(PASSWORD)
        for username, name, role in CAST:
            accounts.add_account(db.session(), username, name, hashed, role, NOW)
        db.session.commit()
        engine = db.engine
    yield Template(app, engine, keep(app), dict(app.config))
    engine.dispose()


@pytest.fixture(scope="session")
def cookies(template: Template) -> dict[str, tuple[str, str]]:
    """The session cookie of each of the cast, signed in by the form, and the token that goes with it."""
    template.start_anew()
    kept = {}
    for username, _name, _role in CAST:
        browser = Browser(template.app.test_client())
        assert browser.sign_in(username).status_code == 303
        browser.token()
        kept[username] = browser.known
    return kept


CAST = (
    ("ayesha", "Ayesha (test)", Role.STUDENT),
    ("ben", "Ben (test)", Role.STUDENT),
    ("tahir", "Tahir (test)", Role.TEACHER),
)


def make_app(folder: Path, **settings: object) -> Flask:
    """An app on an instance folder, with cheap password hashing and no waiting for the disk."""
    app = create_app(
        {
            "INSTANCE": str(folder),
            "DATABASE": address_for(Path(folder)),
            "SECRET_KEY": "for tests only",
            "SYNCHRONOUS": "OFF",
            "SIGN_IN_LIMIT": "1000 per minute",
            "MAKING_LIMIT": "1000000 per hour",
            "PASSWORD_HASHER": _CHEAP,
            "TESTING": True,
            **settings,
        }
    )
    app.jinja_env.bytecode_cache = _COMPILED
    _made.append(app)
    return app


class CompiledOnce(BytecodeCache):
    """The code of the templates, compiled once for all apps of these tests."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled from this very text."""
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        assert bucket.code is not None
        self.kept[bucket.key, bucket.checksum] = bucket.code


_COMPILED = CompiledOnce()


@pytest.fixture
def app(template: Template) -> Flask:
    """The app, on a database that nobody has used."""
    template.start_anew()
    return template.app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A database session, for tests of services."""
    with app.app_context():
        yield db.session()


@pytest.fixture
def document() -> BankDocument:
    """The small bank."""
    return small_bank()


@dataclass
class Browser:
    """A test client that behaves as a person's browser does: it sends the token of the page it was on."""

    client: FlaskClient
    known: tuple[str, str] = ("", "")
    """The session cookie, and the token that goes with it."""

    def get(self, address: str, **options: object) -> TestResponse:
        """Open a page."""
        return self.client.get(address, **options)

    def post(self, address: str, data: dict[str, object] | None = None, **options: object) -> TestResponse:
        """Send a form, with the token."""
        return self.client.post(address, data={"csrf_token": self.token(), **(data or {})}, **options)

    def token(self) -> str:
        """The token a page of this browser carries; looked for anew only when the session has another secret for it."""
        session = self._session()
        if session == self.known[0] and self.known[1]:
            return self.known[1]
        secret = self._secret_of(session)
        if secret is not None and secret == self._secret_of(self.known[0]):
            self.known = session, self.known[1]
        else:
            page = self.client.get("/account/sign-in", follow_redirects=True).text
            found = re.search(r'name="csrf_token" value="([^"]+)"', page)
            assert found is not None
            self.known = self._session(), found[1]
        return self.known[1]

    def _session(self) -> str:
        cookie = self.client.get_cookie("quizapp")
        return "" if cookie is None else cookie.value

    def _secret_of(self, cookie: str) -> str | None:
        """What its session has for the making of tokens; a message that waits to be shown makes no other of it."""
        app = self.client.application
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        with suppress(BadSignature, KeyError):
            return str(signer.loads(cookie)["csrf_token"])
        return None

    def sign_in(self, username: str, password: str = PASSWORD) -> TestResponse:
        """Sign in."""
        return self.post("/account/sign-in", {"username": username, "password": password})

    def start(self, quiz: str) -> int:
        """Begin a quiz, and give the attempt's id."""
        response = self.post(f"/quizzes/{quiz}/attempts")
        assert response.status_code == 303, response.text
        return int(response.location.rsplit("/", 1)[1])

    def answer(self, attempt: int, position: int, answer: object, revision: int = 1) -> TestResponse:
        """Answer a question."""
        return self.post(f"/attempts/{attempt}/questions/{position}", {"answer": answer, "revision": revision})

    def option(self, attempt: int, position: int, words: str) -> str:
        """The value that the option with these words has on this attempt's page."""
        page = self.get(f"/attempts/{attempt}/questions/{position}").text
        found = re.search(rf'value="(\w+)"[^>]*>\s*<span class="words">{re.escape(words)}</span>', page)
        assert found is not None, page
        return found[1]


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Somebody without an account."""
    return Browser(app.test_client())


SignedIn = Callable[[str], Browser]


@pytest.fixture
def signed_in(app: Flask, cookies: dict[str, tuple[str, str]]) -> SignedIn:
    """Gives a browser in which somebody of the cast has signed in."""

    def browser_of(username: str) -> Browser:
        browser = Browser(app.test_client(), cookies[username])
        browser.client.set_cookie("quizapp", browser.known[0])
        return browser

    return browser_of


@pytest.fixture
def ayesha(signed_in: SignedIn) -> Browser:
    """A student, signed in."""
    return signed_in("ayesha")


@pytest.fixture
def ben(signed_in: SignedIn) -> Browser:
    """Another student, signed in."""
    return signed_in("ben")


@pytest.fixture
def tahir(signed_in: SignedIn) -> Browser:
    """A teacher, signed in."""
    return signed_in("tahir")


def _joined(app: Flask, username: str) -> Browser:
    """A browser of somebody who joins the cast where a test needs them, signed in by the form."""
    from tests.classes import joins_cast

    with app.app_context():
        joins_cast(db.session(), username)
    browser = Browser(app.test_client())
    assert browser.sign_in(username).status_code == 303
    return browser


@pytest.fixture
def tamar(app: Flask) -> Browser:
    """Another teacher, signed in."""
    return _joined(app, "tamar")


@pytest.fixture
def chen(app: Flask) -> Browser:
    """A third student, signed in."""
    return _joined(app, "chen")


def person(session: Session, username: str) -> User:
    """One of the cast."""
    found = accounts.find(session, username)
    assert found is not None
    return found


def teacher_id(session: Session) -> int:
    """Tahir's."""
    return person(session, "tahir").id


def quiz_named(session: Session, slug: str) -> Quiz:
    """A quiz of the small bank."""
    return session.scalars(db.select(Quiz).where(Quiz.slug == slug)).one()


def question_named(session: Session, slug: str) -> Question:
    """A question of the small bank."""
    return session.scalars(db.select(Question).where(Question.slug == slug)).one()
