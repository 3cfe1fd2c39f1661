"""The time that an answer takes tells nothing about a name, at the real cost of a hash."""

import time
from pathlib import Path
from random import Random
from statistics import median

import pytest
from flask import Flask

from quizapp.domain.access import Role
from quizapp.models import db
from quizapp.services import accounts
from quizapp.services.passwords import RECOMMENDED
from tests.conftest import NOW, Browser, make_app

pytestmark = pytest.mark.long
ROUNDS = 60
NAMES = ("ayesha", "nobody", "zara")


@pytest.fixture
def site(tmp_path: Path) -> Flask:
    """A site where Ayesha has a password, Zara has none yet, and nobody is called nobody."""
    app = make_app(
        tmp_path, PASSWORD_HASHER=RECOMMENDED, ADDRESS_LIMIT="100000 per minute", SIGN_IN_LIMIT="100000 per hour"
    )
    with app.app_context():
        db.create_all()
        hashed = app.extensions["passwords"].hash("correct horse battery")
        accounts.add_account(db.session(), "ayesha", "Ayesha", hashed, Role.STUDENT, NOW)
        accounts.add_account(db.session(), "zara", "Zara", None, Role.STUDENT, NOW)
        db.session.commit()
    return app


def test_a_wrong_password_takes_as_long_whether_or_not_there_is_such_an_account(site: Flask) -> None:
    browser = Browser(site.test_client())
    order, took = Random(7), {name: list[float]() for name in NAMES}
    for _ in range(ROUNDS):
        for name in order.sample(NAMES, len(NAMES)):
            started = time.perf_counter()
            assert browser.sign_in(name, "wrong password").status_code == 422
            took[name].append(time.perf_counter() - started)
    usual = {name: median(times) for name, times in took.items()}
    assert max(usual.values()) / min(usual.values()) < 1.25, usual
