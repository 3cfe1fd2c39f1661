"""What stands in the code, or does not: no shell, no code of strings, no statement made of words, no forged cookie."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from quizapp.config import PACKAGE
from quizapp.domain.access import Role
from quizapp.models import db
from tests.conftest import Browser, make_app, person

MODULES = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
FORBIDDEN = {
    "eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.execv", "pickle.loads", "pickle.load",
    "marshal.loads", "shelve.open", "render_template_string", "random.random", "hashlib.md5", "hashlib.sha1",
}  # fmt: skip
"""Calls that run what somebody wrote, or that keep secrets badly."""


@cache
def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Every call in a file, by the name as it is written."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [(ast.unparse(node.func), node) for node in nodes if isinstance(node, ast.Call)]


def test_nothing_runs_what_somebody_wrote() -> None:
    found = {(path.name, name) for path in MODULES for name, _ in calls(path) if name in FORBIDDEN}
    assert found == set()


def test_no_command_goes_through_a_shell() -> None:
    shells = [
        (path.name, name)
        for path in MODULES
        for name, call in calls(path)
        if name.startswith(("subprocess.", "asyncio.create_subprocess_shell"))
        and any(keyword.arg == "shell" for keyword in call.keywords)
    ]
    assert shells == []


def test_no_statement_of_the_web_is_made_of_words() -> None:
    web = [
        path
        for path in MODULES
        if {"web", "services"} & set(path.parts) and not {"backups", "copying"} & set(path.parts)
    ]
    found = [
        (path.name, ast.unparse(call)[:80])
        for path in web
        for name, call in calls(path)
        if name.rpartition(".")[2] in ("text", "execute", "exec_driver_sql")
        and call.args
        and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert [one for one in found if "user_version" not in one[1]] == []


def test_no_template_switches_escaping_off() -> None:
    templates = [*PACKAGE.rglob("*.html")]
    found = [
        path.name
        for path in templates
        if re.search(r"\|\s*safe\b|{%-?\s*autoescape|{%-?\s*filter\s+safe", path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert len(templates) > 80


@pytest.mark.parametrize("key", ["another key", "", "for tests onl"])
def test_a_session_signed_by_another_key_is_nobody_s(app: Flask, key: str) -> None:
    with app.app_context():
        user = person(db.session(), "tahir")
    how = SecureCookieSessionInterface()
    signer = URLSafeTimedSerializer(
        key,
        salt=how.salt,
        serializer=how.serializer,
        signer_kwargs={"key_derivation": "hmac", "digest_method": how.digest_method},
    )
    client = app.test_client()
    client.set_cookie("quizapp", signer.dumps({"_user_id": f"{user.id}:{user.sign_in_epoch}", "_fresh": True}))
    assert client.get("/teach/").status_code == 302


def test_a_token_of_a_form_is_no_session_and_a_session_no_token(tahir: Browser, visitor: Browser) -> None:
    visitor.client.set_cookie("quizapp", tahir.token())
    assert visitor.client.get("/teach/").status_code == 302
    cookie = tahir.client.get_cookie("quizapp")
    assert cookie is not None
    refused = tahir.client.post("/teach/classes", data={"csrf_token": cookie.value, "class_name": "Mine"})
    assert refused.status_code == 400


def test_a_session_ends_after_its_days(app: Flask, tahir: Browser) -> None:
    assert tahir.get("/teach/").status_code == 200
    app.config["PERMANENT_SESSION_LIFETIME"] = -1
    assert tahir.get("/teach/").status_code == 302


def test_fields_that_a_form_does_not_have_change_nothing(app: Flask, visitor: Browser) -> None:
    more = {"role": "teacher", "administers": "1", "id": "1", "sign_in_epoch": "9", "password_hash": "x", "locale": "x"}
    sent = {"username": "mallory", "display_name": "Mallory", "password": "seven quiet herons", **more}
    assert visitor.post("/account/sign-up", sent).status_code == 303
    with app.app_context():
        made = person(db.session(), "mallory")
        assert (made.role, made.administers, made.locale) == (Role.STUDENT, False, None)
        assert made.password_hash != "x"


def test_of_a_field_sent_twice_and_one_in_the_query_the_first_of_the_form_counts(app: Flask, visitor: Browser) -> None:
    sent = {"username": ["mallory", "ayesha"], "display_name": ["Mallory", "Ayesha"], "password": "seven quiet herons"}
    assert visitor.post("/account/sign-up?username=tahir&display_name=Tahir", sent).status_code == 303
    with app.app_context():
        assert person(db.session(), "mallory").display_name == "Mallory"


@pytest.mark.parametrize(
    "address", ["/.git/config", "/.env", "/static/", "/static/x/", "/instance/quizapp.db", "/openapi"]
)
def test_nothing_is_served_that_was_not_meant_to_be(visitor: Browser, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_only_the_methods_that_a_page_has_are_taken(visitor: Browser) -> None:
    for method in ("TRACE", "PUT", "DELETE", "PATCH", "CONNECT"):
        assert visitor.client.open("/account/sign-in", method=method).status_code == 405


def test_nobody_is_there_before_the_site_is_set_up(app: Flask, tmp_path: Path) -> None:
    empty = make_app(tmp_path)
    with empty.app_context():
        db.create_all()
        assert db.session.execute(db.text('SELECT count(*) FROM "user"')).scalar_one() == 0


def test_nothing_for_developers_is_on(app: Flask) -> None:
    assert (app.debug, app.config["DEVELOPMENT"]) == (False, False)
    assert not [rule.rule for rule in app.url_map.iter_rules() if "styleguide" in rule.rule or "console" in rule.rule]
