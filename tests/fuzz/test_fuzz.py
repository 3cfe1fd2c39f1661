"""Requests that no browser sends, from everybody to every route: no failure of ours, and no change without a right.

`python -m tests.fuzz --requests 20000` is the long run; another seed makes other requests.
"""

import os

import pytest

from quizapp.models import Classroom, db
from tests.conftest import Template
from tests.contracts.access import scene, ways
from tests.fuzz.asking import Asked
from tests.fuzz.running import Guarded, run

REQUESTS = int(os.environ.get("QUIZAPP_FUZZ_REQUESTS", 1_500))
"""How many the long test sends."""


def test_requests_that_no_browser_sends_do_no_harm(template: Template) -> None:
    found = run(template, 120, seed=11)
    assert found.defects == []
    assert found.sent == 120


def test_a_teacher_may_change_a_class_made_a_moment_ago_and_no_one_elses(template: Template) -> None:
    played, role = scene(template), "other teacher"
    browser, guarded = played.browser(role), Guarded(template.app, role)
    by_endpoint = {way.endpoint: way for way in ways(template.app) if way.method == "POST"}
    made, renamed = (Asked(role, by_endpoint[name], "POST", b"") for name in ("teach.classes", "teach.class_settings"))
    own = browser.post("/teach/classes", {"class_name": "History 11"}).location.removesuffix("/joining")
    assert list(guarded.changes(made)) == []
    assert browser.post(f"{own}/settings", {"class_name": "History 12"}).status_code == 303
    assert list(guarded.changes(renamed)) == []
    with template.app.app_context():
        db.session.execute(db.update(Classroom).values(name="History 13"))
        db.session.commit()
    assert "it is 404 in the table" in next(guarded.changes(renamed))


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_many_requests_that_no_browser_sends_do_no_harm(template: Template, seed: int) -> None:
    found = run(template, REQUESTS // 2, seed)
    assert found.defects == []
    assert len(found.routes) > 120
    assert {200, 303, 400, 403, 404, 405, 415, 422} <= found.statuses.keys()
