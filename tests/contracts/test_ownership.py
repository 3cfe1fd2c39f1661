"""An assignment is for the students of its class; who is taken out of it keeps what they did."""

import pytest
from flask import Flask

from quizapp.models import Enrolment, Report, db
from tests.conftest import NOW, Browser
from tests.contracts.access import Values, records


@pytest.fixture
def owned(app: Flask) -> Values:
    """A class of Tahir's; Ayesha has done and reported something there."""
    with app.app_context():
        return records(db.session())


def statuses(browser: Browser, owned: Values) -> list[int]:
    """How the assignment's page and its beginning answer."""
    address = f"/assignments/{owned['assignment_id']}"
    return [browser.get(address).status_code, browser.post(f"{address}/attempts").status_code]


def test_an_assignment_is_for_the_students_of_its_class(
    app: Flask, owned: Values, ayesha: Browser, ben: Browser, tamar: Browser
) -> None:
    assert statuses(ayesha, owned) == [200, 303]
    assert statuses(ben, owned) == [404, 404]
    assert statuses(tamar, owned) == [404, 404]
    with app.app_context():
        db.session.execute(db.update(Enrolment).values(removed=NOW))
        db.session.commit()
    assert statuses(ayesha, owned) == [404, 404]


def test_a_removed_student_keeps_what_they_did(app: Flask, owned: Values, ayesha: Browser) -> None:
    with app.app_context():
        db.session.execute(db.update(Enrolment).values(removed=NOW))
        db.session.commit()
        assert db.session.scalars(db.select(Report)).one()
    assert ayesha.get(f"/attempts/{owned['attempt_id']}/review").status_code == 200
