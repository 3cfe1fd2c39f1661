"""One link, used by two at the same moment: one of them gets in, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

from flask import Flask

from quizapp.models import OneTimeLink, User, db
from quizapp.models.engine import begin_writing
from quizapp.services import accounts
from tests.conftest import person

ROUNDS, TOGETHER = 6, 3


def choose(app: Flask, token: str, number: int, together: Barrier) -> bool:
    """Choose a password by the link; whether it was taken."""
    with app.app_context():
        together.wait()
        begin_writing(db.session())
        try:
            accounts.choose_password(db.session(), token, f"hash {number}", datetime.now(UTC))
        except accounts.LinkNotValid:
            db.session.rollback()
            return False
        db.session.commit()
        return True


def set_up(app: Flask, token: str, number: int, together: Barrier) -> bool:
    """Become the first teacher by the link; whether it was taken."""
    with app.app_context():
        together.wait()
        begin_writing(db.session())
        name = f"first{number}"
        try:
            accounts.set_up_teacher(db.session(), token, name, name, "hash", datetime.now(UTC))
        except accounts.LinkNotValid:
            db.session.rollback()
            return False
        db.session.commit()
        return True


def test_one_of_those_who_choose_a_password_by_a_link_at_one_moment_does(app_on_each: Flask) -> None:
    for _ in range(ROUNDS):
        with app_on_each.app_context():
            before = person(db.session(), "ayesha").sign_in_epoch
            token = accounts.make_password_link(db.session(), person(db.session(), "ayesha"), datetime.now(UTC))
            db.session.commit()
        together = Barrier(TOGETHER)
        with ThreadPoolExecutor(TOGETHER) as pool:
            used = list(pool.map(lambda number: choose(app_on_each, token, number, together), range(TOGETHER)))  # noqa: B023
        with app_on_each.app_context():
            ayesha = person(db.session(), "ayesha")
        assert sorted(used) == [False, False, True]
        assert (ayesha.password_hash, ayesha.sign_in_epoch) == (f"hash {used.index(True)}", before + 1)


def test_one_of_those_who_set_the_site_up_at_one_moment_becomes_its_teacher(app_on_each: Flask) -> None:
    with app_on_each.app_context():
        db.session.delete(person(db.session(), "tahir"))
        token = accounts.make_set_up_link(db.session(), datetime.now(UTC))
        db.session.commit()
    together = Barrier(TOGETHER)
    with ThreadPoolExecutor(TOGETHER) as pool:
        used = list(pool.map(lambda number: set_up(app_on_each, token, number, together), range(TOGETHER)))
    assert sorted(used) == [False, False, True]
    with app_on_each.app_context():
        assert len(db.session.scalars(db.select(User.id).where(User.administers)).all()) == 1
        assert db.session.scalars(db.select(OneTimeLink.used)).one() is not None
