"""Requests that no browser sends, from everybody to every route: no failure of ours, and no change without a right.

`python -m tests.fuzz --requests 20000` is the long run; another seed makes other requests.
"""

import os

import pytest

from tests.conftest import Template
from tests.fuzz.running import run

REQUESTS = int(os.environ.get("QUIZAPP_FUZZ_REQUESTS", 1_500))
"""How many the long test sends."""


def test_requests_that_no_browser_sends_do_no_harm(template: Template) -> None:
    found = run(template, 120, seed=11)
    assert found.defects == []
    assert found.sent == 120


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_many_requests_that_no_browser_sends_do_no_harm(template: Template, seed: int) -> None:
    found = run(template, REQUESTS // 2, seed)
    assert found.defects == []
    assert len(found.routes) > 120
    assert {200, 303, 400, 403, 404, 405, 415, 422} <= found.statuses.keys()
