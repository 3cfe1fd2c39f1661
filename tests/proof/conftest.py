"""The app of a proof, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from quizapp.models import db
from quizapp.services import accounts, banks
from tests.bank import small_bank
from tests.conftest import CAST, NOW, make_app
from tests.databases import EACH_DATABASE, postgres
from tests.proof.postgres import fresh_database


@pytest.fixture
def app_on_postgres(tmp_path: Path) -> Iterator[Flask]:
    """An app on a PostgreSQL database of its own, with the bank and the cast."""
    with fresh_database(postgres()) as address:
        app = make_app(tmp_path, DATABASE=address.render_as_string(hide_password=False))
        with app.app_context():
            db.create_all()
            banks.load_bank(db.session(), small_bank(), "digest", NOW)
            for username, name, role in CAST:
                accounts.add_account(db.session(), username, name, "no hash", role, NOW)
            db.session.commit()
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(params=EACH_DATABASE)
def app_on_each(request: pytest.FixtureRequest) -> Flask:
    """The app on SQLite, and the app on PostgreSQL."""
    app: Flask = request.getfixturevalue("app" if request.param == "sqlite" else "app_on_postgres")
    return app
