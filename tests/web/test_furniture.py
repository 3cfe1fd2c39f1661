"""Words, addresses and parts that are made once are the same as if they were made for each page."""

from types import SimpleNamespace

import pytest
from flask import Flask, g, url_for
from jinja2 import Template

from quizapp.web import furniture
from tests.conftest import Browser


def test_every_address_is_the_one_that_flask_builds(app: Flask) -> None:
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": "/school"}):
        for rule in app.url_map.iter_rules():
            values = {name: "name" if name in ("name", "path") else 7 for name in rule.arguments}
            for anchor in (None, "question-3", "a place & more"):
                built = url_for(rule.endpoint, _anchor=anchor, **values)
                assert furniture.address(rule.endpoint, _anchor=anchor, **values) == built
    assert sum(pattern is not None for pattern in app.extensions["address_patterns"].values()) > 50


@pytest.mark.parametrize("values", [{"attempt_id": 1, "from": "<home>"}, {"attempt_id": 1, "_external": True}])
def test_what_is_more_than_numbers_is_left_to_flask(app: Flask, values: dict[str, object]) -> None:
    with app.test_request_context("/"):
        assert furniture.address("taking.state", **values) == url_for("taking.state", **values)


def test_words_are_kept_by_language(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = SimpleNamespace(ugettext=lambda text: f"{g.language}: {text}")
    monkeypatch.setattr(furniture, "get_translations", lambda: catalogue)
    for language in ("one", "other", "one"):
        with app.test_request_context("/"):
            g.language = language
            assert furniture.say("Some words of a test") == f"{language}: Some words of a test"


def test_values_in_words_are_escaped_and_a_lone_percent_sign_stays(app: Flask) -> None:
    with app.test_request_context("/"):
        assert furniture.say("By %(name)s", name="<Ouse>") == "By &lt;Ouse&gt;"
        assert furniture.say("100%% of it") == "100% of it"


def keeping(app: Flask) -> Template:
    """A template that keeps a part by `a`, and says `b` in it, which it should not."""
    return app.jinja_env.from_string("{% call part('of a test', a) %}{{ a }}{{ b }}{% endcall %}")


def test_a_part_is_made_once_for_the_same_values(app: Flask) -> None:
    with app.test_request_context("/"):
        app.extensions["page_parts"].clear()
        template = keeping(app)
        assert [template.render(a=a, b=b) for a, b in ((1, "x"), (1, "y"), (2, "z"))] == ["1x", "1x", "2z"]


@pytest.mark.parametrize("what", ["language", "mount"])
def test_a_part_is_made_anew_elsewhere(app: Flask, what: str) -> None:
    template, said = keeping(app), []
    for number in range(2):
        mount = {"SCRIPT_NAME": f"/school-{number}"} if what == "mount" else {}
        with app.test_request_context("/", environ_overrides=mount):
            g.language = f"language {number}" if what == "language" else "en"
            said.append(template.render(a=what, b=number))
    assert said == [f"{what}0", f"{what}1"]


def test_nobody_is_given_another_ones_token_or_way_back(ayesha: Browser, ben: Browser) -> None:
    for browser in (ayesha, ben):
        attempt = browser.start("whole-test")
        page = browser.get(f"/attempts/{attempt}/questions/2").text
        assert f'name="next" value="/attempts/{attempt}/questions/2"' in page
        assert page.count(browser.token().split(".")[0]) >= 3


def test_preferences_change_the_panel(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    for size in ("2", "0"):
        ayesha.post("/preferences", {"size": size, "spacing": "0", "next": "/"})
        page = ayesha.get(f"/attempts/{attempt}/questions/2").text
        assert f'name="size" value="{size}" checked' in page
