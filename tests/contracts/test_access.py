"""No route is open by accident: every route, asked by everybody, answers as `access_table.md` says."""

import pytest
from flask import Flask

from quizapp.domain.access import Right
from quizapp.domain.quizzes import Mode
from quizapp.models import Bank, Quiz, db
from quizapp.services import sharing
from tests.classes import classroom_of
from tests.conftest import Browser, Template, person
from tests.contracts.access import PEOPLE, Scene, scene, stored, table, verdict, ways

CHANGES_ONESELF = {"POST /account/sign-out-everywhere"}
"""What an empty form changes about who sends it, and nobody else."""


@pytest.fixture(scope="module")
def everybody(template: Template) -> Scene:
    """Tahir's records, and everybody at a browser."""
    return scene(template)


def test_every_route_has_its_row_in_the_table_and_says_whom_it_is_for(app: Flask) -> None:
    assert {way.name: way.audience for way in ways(app)} == {name: row["for"] for name, row in table().items()}


@pytest.mark.parametrize("role", PEOPLE)
def test_every_route_is_refused_to_whom_the_table_says_and_nothing_changes(everybody: Scene, role: str) -> None:
    app, browser, rows = everybody.template.app, everybody.browser(role), table()
    before = stored(app)
    refused = {way.name: rows[way.name][role] for way in ways(app) if rows[way.name][role] != "ok"}
    found = {way.name: verdict(way.ask(app, browser, everybody.values)) for way in ways(app) if way.name in refused}
    assert found == refused
    assert stored(app) == before


@pytest.mark.parametrize("role", PEOPLE)
def test_every_route_is_open_to_whom_the_table_says(everybody: Scene, role: str) -> None:
    app, rows = everybody.template.app, table()
    browser = everybody.browser(role)
    for way in ways(app):
        if rows[way.name][role] == "ok":
            assert verdict(way.ask(app, browser, everybody.values)) == "ok", way.name
            browser = browser if way.method == "GET" else everybody.browser(role)


@pytest.mark.parametrize("role", ["guest", "other student", "viewer", "other teacher"])
def test_who_may_not_change_a_record_only_adds_what_is_their_own(everybody: Scene, role: str) -> None:
    app, rows = everybody.template.app, table()
    for way in ways(app):
        if way.method != "GET" and rows[way.name][role] == "ok" and way.name not in CHANGES_ONESELF:
            browser = everybody.browser(role)
            before = stored(app)
            way.ask(app, browser, everybody.values)
            after = stored(app)
            gone = {name: [row for row in kept if row not in after[name]] for name, kept in before.items()}
            assert {name: found for name, found in gone.items() if found} == {}, way.name


def test_no_form_is_taken_without_its_token(everybody: Scene) -> None:
    app, browser = everybody.template.app, everybody.browser("owner")
    before = stored(app)
    for way in ways(app):
        if way.method != "GET":
            address = way.address(app, everybody.values)
            assert browser.client.open(address, method=way.method).status_code == 400, address
    assert stored(app) == before


@pytest.fixture
def mixed(everybody: Scene) -> tuple[Flask, Browser, dict[str, object]]:
    """Tamar, with a class and a quiz of her own, at addresses that name them together with what is Tahir's."""
    browser, app = everybody.browser("other teacher"), everybody.template.app
    with app.app_context():
        session = db.session()
        own = classroom_of(session, [], "tamar", "Tamar's")
        bank = session.scalars(db.select(Bank)).one()
        quiz = Quiz(bank=bank, slug="tamars", title="Hers", description="", mode=Mode.PRACTICE, position=99)
        session.add(quiz)
        session.flush()
        sharing.give_right(session, quiz, person(session, "tamar").id, Right.OWN)
        values = {**everybody.values, "classroom_id": own.id, "quiz_id": quiz.id}
        session.commit()
    return app, browser, values


def test_an_address_that_names_one_s_own_and_somebody_else_s_finds_nothing(
    mixed: tuple[Flask, Browser, dict[str, object]],
) -> None:
    app, browser, values = mixed
    before = stored(app)
    both = [way for way in ways(app) if way.arguments & {"classroom_id", "quiz_id"} and len(way.arguments) > 1]
    assert {way.name: verdict(way.ask(app, browser, values)) for way in both} == {way.name: "404" for way in both}
    assert len(both) == 4
    assert stored(app) == before


def test_unknown_numbers_are_not_found(everybody: Scene) -> None:
    app, browser = everybody.template.app, everybody.browser("owner")
    before = stored(app)
    for way in ways(app):
        numbers = {name: 999 for name in way.arguments if name.endswith("_id")}
        if numbers:
            address = way.address(app, {**everybody.values, **numbers})
            response = browser.get(address) if way.method == "GET" else browser.post(address)
            assert response.status_code == 404, (way.name, response.status_code)
    assert stored(app) == before


@pytest.mark.parametrize("address", ["/quizzes/rise-practice/attempts", "/account/sign-out"])
def test_what_changes_something_is_not_done_by_following_a_link(tahir: Browser, address: str) -> None:
    assert tahir.get(address).status_code == 405
