"""What the audit log says of accounts: who signed in, who could not, and never the words that were typed."""

import logging

import pytest
from flask import Flask

from quizapp.models import AuditEvent, User, db
from quizapp.services import accounts
from quizapp.web.clock import utcnow
from tests.conftest import PASSWORD, Browser, make_app, person

SECRET, UNSAID = "zyxwvut", "quincunx meadow"
"""A word for all that is shown, and a password."""


def log(app: Flask) -> list[tuple[str, int | None, int | None]]:
    """The deeds, each with who did it and the record."""
    with app.app_context():
        rows = db.session.scalars(db.select(AuditEvent).order_by(AuditEvent.id))
        return [(row.deed, row.actor_id, row.record_id) for row in rows]


def number(app: Flask, username: str) -> int:
    """Somebody's."""
    with app.app_context():
        return person(db.session(), username).id


def test_signing_in_is_noted_and_so_is_that_it_failed(app: Flask, visitor: Browser) -> None:
    ayesha = number(app, "ayesha")
    visitor.sign_in("ayesha", "wrong password")
    visitor.sign_in("ayesha")
    assert log(app) == [("sign_in.refused", None, ayesha), ("sign_in", ayesha, ayesha)]


def test_a_name_that_nobody_has_is_not_kept_and_takes_as_many_statements(app: Flask, visitor: Browser) -> None:
    visitor.sign_in(SECRET, "wrong password")
    assert log(app) == [("sign_in.refused", None, None)]


def test_a_form_that_was_not_filled_in_is_no_try(app: Flask, visitor: Browser) -> None:
    visitor.post("/account/sign-in", {"username": "ayesha", "password": ""})
    assert log(app) == []


def test_tries_that_are_not_looked_at_any_more_write_nothing(app: Flask) -> None:
    slow = make_app(app.instance_path, SIGN_IN_LIMIT="1 per minute", ADDRESS_LIMIT="1 per minute")
    browser = Browser(slow.test_client())
    assert [browser.sign_in("ayesha", "wrong password").status_code for _ in range(3)][1:] == [429, 429]
    assert len(log(app)) == 1


def test_a_new_account_a_password_and_the_way_out_are_noted(app: Flask, visitor: Browser) -> None:
    fields = {"username": "zara", "display_name": "Zara (test)", "password": PASSWORD}
    visitor.post("/account/sign-up", fields)
    zara = number(app, "zara")
    visitor.post("/account/password", {"current": PASSWORD, "new": "another long password"})
    visitor.post("/account/delete", {"remains": "nothing", "password": "another long password"})
    assert log(app) == [(deed, zara, zara) for deed in ("account.made", "password.changed", "account.left")]


def test_a_password_chosen_by_a_link_is_noted_as_the_deed_of_whose_it_is(app: Flask, visitor: Browser) -> None:
    with app.app_context():
        token = accounts.make_password_link(db.session(), person(db.session(), "ayesha"), utcnow())
        db.session.commit()
    visitor.post(f"/account/choose/{token}", {"password": "another long password"})
    ayesha = number(app, "ayesha")
    assert log(app) == [("link.used", ayesha, ayesha)]


def test_saving_and_submitting_answers_is_not_noted_for_the_attempt_says_it(app: Flask, ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    ayesha.answer(attempt, 4, "Ouzel")
    ayesha.post(f"/attempts/{attempt}/submit")
    assert log(app) == []


def test_no_word_that_is_typed_stands_in_the_log_of_deeds_or_of_the_server(
    app: Flask, visitor: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        visitor.sign_in(SECRET, UNSAID)
        visitor.sign_in("ayesha", UNSAID)
        fields = {"username": SECRET, "display_name": SECRET, "password": UNSAID}
        assert visitor.post("/account/sign-up", fields).status_code == 303
        attempt = visitor.start("whole-test")
        visitor.answer(attempt, 4, SECRET)
        visitor.post(f"/attempts/{attempt}/questions/4/report", {"reason": "key", "text": SECRET})
        visitor.post("/account/password", {"current": UNSAID, "new": f"{UNSAID} too"})
        visitor.get(f"/account/choose/{SECRET}")
        visitor.get(f"/admin/log?person={SECRET}")
    with app.app_context():
        rows = db.session.execute(db.text("SELECT * FROM audit_event")).all()
        assert db.session.scalar(db.select(User.id).where(User.username == SECRET)) is not None
    assert [row.deed for row in rows] == ["sign_in.refused", "sign_in.refused", "account.made", "password.changed"]
    said = repr(rows) + caplog.text
    assert [word for word in (SECRET, UNSAID) if word in said] == []
