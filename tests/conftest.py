"""An app on a real database for each test, one small bank, and one cast: Ayesha and Ben learn, Tahir teaches."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp import create_app
from quizapp.domain.access import Role
from quizapp.formats.bank_yaml import read_bank
from quizapp.formats.document import BankDocument
from quizapp.models import Question, Quiz, User, db
from quizapp.services import accounts, banks
from tests.bank import FILES

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """pytest-flask's own would leak one app context over all clients of a test."""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance whose database has the tables, the bank and the cast; each test gets a copy."""
    folder = tmp_path_factory.mktemp("template")
    app = make_app(folder)
    with app.app_context():
        db.create_all()
        banks.load_bank(db.session(), read_bank(FILES), "digest", NOW)
        hashed = app.extensions["passwords"].hash(PASSWORD)
        for username, name, role in CAST:
            accounts.add_account(db.session(), username, name, hashed, role, NOW)
        db.session.commit()
        db.session.execute(db.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.remove()
        db.engine.dispose()
    return folder


CAST = (
    ("ayesha", "Ayesha (test)", Role.STUDENT),
    ("ben", "Ben (test)", Role.STUDENT),
    ("tahir", "Tahir (test)", Role.TEACHER),
)


def make_app(folder: Path, **settings: object) -> Flask:
    """An app on an instance folder, with cheap password hashing and no waiting for the disk."""
    return create_app(
        {
            "INSTANCE": str(folder),
            "SECRET_KEY": "for tests only",
            "SYNCHRONOUS": "NORMAL",
            "SIGN_IN_LIMIT": "1000 per minute",
            "PASSWORD_HASHER": _CHEAP,
            "TESTING": True,
            **settings,
        }
    )


@pytest.fixture
def app(template: Path, tmp_path: Path) -> Iterator[Flask]:
    """An app on a database of its own."""
    (tmp_path / "quizapp.db").write_bytes((template / "quizapp.db").read_bytes())
    app = make_app(tmp_path)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A database session, for tests of services."""
    with app.app_context():
        yield db.session()


@pytest.fixture
def document() -> BankDocument:
    """The small bank."""
    return read_bank(FILES)


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
        """The token a page of this browser carries; looked for anew only when the session has changed."""
        if not self.known[1] or self.known[0] != self._session():
            page = self.client.get("/account/sign-in", follow_redirects=True).text
            found = re.search(r'name="csrf_token" value="([^"]+)"', page)
            assert found is not None
            self.known = self._session(), found[1]
        return self.known[1]

    def _session(self) -> str:
        cookie = self.client.get_cookie("quizapp")
        return "" if cookie is None else cookie.value

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


def _signed_in(app: Flask, username: str) -> Browser:
    browser = Browser(app.test_client())
    assert browser.sign_in(username).status_code == 303
    return browser


@pytest.fixture
def ayesha(app: Flask) -> Browser:
    """A student, signed in."""
    return _signed_in(app, "ayesha")


@pytest.fixture
def ben(app: Flask) -> Browser:
    """Another student, signed in."""
    return _signed_in(app, "ben")


@pytest.fixture
def tahir(app: Flask) -> Browser:
    """A teacher, signed in."""
    return _signed_in(app, "tahir")


def person(session: Session, username: str) -> User:
    """One of the cast."""
    found = accounts.find(session, username)
    assert found is not None
    return found


def quiz_named(session: Session, slug: str) -> Quiz:
    """A quiz of the small bank."""
    return session.scalars(db.select(Quiz).where(Quiz.slug == slug)).one()


def question_named(session: Session, slug: str) -> Question:
    """A question of the small bank."""
    return session.scalars(db.select(Question).where(Question.slug == slug)).one()
