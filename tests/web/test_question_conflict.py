"""Two teachers edit one question: the second chooses, and neither edit is lost."""

from typing import Any

import pytest
from flask import Flask

from quizapp.domain.quizzes import Status
from quizapp.models import Question, db
from quizapp.services import authoring
from tests.conftest import NOW, Browser
from tests.web.test_teach import COMMON, KINDS, as_a_browser_sends

ASKED = {**COMMON, **KINDS["single_choice"], "kind": "single_choice"}


@pytest.fixture
def address(tahir: Browser) -> str:
    """A question in its first version."""
    location: str = tahir.post("/teach/banks/harbour/questions/new/single_choice", ASKED).location
    return location


def opened(browser: Browser, address: str) -> dict[str, Any]:
    """What the editor sends as it was opened."""
    sent = dict(as_a_browser_sends(browser.get(address).text))
    del sent["csrf_token"]
    return {**sent, "action": "save"}


def question(app: Flask, address: str) -> dict[str, Any]:
    """What the question says now."""
    with app.app_context():
        found = db.session.get(Question, int(address.rsplit("/", 1)[1]))
        assert found is not None
        beside = {"number": found.current.number, "status": found.status.value, "kind": found.current.kind}
        return {**found.current.content, **beside, "tags": found.tags}


def refused(browser: Browser, address: str, sent: dict[str, Any]) -> dict[str, Any]:
    """Saving is answered with the choice; what its form sends back."""
    page = browser.post(address, sent)
    assert page.status_code == 409
    fields = dict(as_a_browser_sends(page.text, f".//form[@action='{address}']"))
    del fields["csrf_token"]
    return fields


@pytest.mark.parametrize("first", ["tahir", "tamar"])
def test_in_either_order_both_edits_come_together_where_they_touch_other_fields(
    app: Flask, tahir: Browser, tamar: Browser, address: str, first: str
) -> None:
    edits = {"tahir": {"stem": "What does Tahir ask?"}, "tamar": {"choices-2-feedback": "Tamar’s reason."}}
    people = {"tahir": tahir, "tamar": tamar}
    pages = {name: opened(person, address) for name, person in people.items()}
    second = "tamar" if first == "tahir" else "tahir"
    assert people[first].post(address, {**pages[first], **edits[first]}).status_code == 303
    choice = refused(people[second], address, {**pages[second], **edits[second]})
    done = people[second].post(address, {**choice, "action": "put-together"}, follow_redirects=True)
    assert "Saved as version 3" in done.text
    now = question(app, address)
    assert (now["stem"], now["choices"][2]["feedback"]) == ("What does Tahir ask?", "Tamar’s reason.")


def test_the_page_shows_both_edits_and_where_they_began(tahir: Browser, tamar: Browser, address: str) -> None:
    mine, theirs = opened(tahir, address), opened(tamar, address)
    tamar.post(address, {**theirs, "explanation": "Tamar says why in words of hers."})
    page = tahir.post(address, {**mine, "explanation": "Tahir says why in words of his."}).text
    assert "Tamar (test) saved a change of the same question" in page
    assert "both of you changed this" in page
    for words in ("Tamar says why", "Tahir says why", COMMON["explanation"]):
        assert words in page


def test_where_both_changed_a_field_it_must_be_chosen(app: Flask, tahir: Browser, tamar: Browser, address: str) -> None:
    mine, theirs = opened(tahir, address), opened(tamar, address)
    tamar.post(address, {**theirs, "stem": "What does Tamar ask?"})
    choice = refused(tahir, address, {**mine, "stem": "What does Tahir ask?"})
    assert "take-content.stem" not in choice
    told = tahir.post(address, {**choice, "action": "put-together"})
    assert told.status_code == 422
    assert "Choose for every field that both of you changed." in told.text
    tahir.post(address, {**choice, "take-content.stem": "mine", "action": "put-together"})
    assert question(app, address)["stem"] == "What does Tahir ask?"


@pytest.mark.parametrize(("action", "stem"), [("keep-mine", "What does Tahir ask?"), ("take-theirs", "And Tamar?")])
def test_the_whole_of_one_can_be_taken_and_the_other_stays_among_the_versions(
    app: Flask, tahir: Browser, tamar: Browser, address: str, action: str, stem: str
) -> None:
    mine, theirs = opened(tahir, address), opened(tamar, address)
    tamar.post(address, {**theirs, "stem": "And Tamar?", "explanation": "Tamar says why, at some length."})
    choice = refused(tahir, address, {**mine, "stem": "What does Tahir ask?"})
    tahir.post(address, {**choice, "action": action})
    now = question(app, address)
    assert now["stem"] == stem
    assert (now["explanation"] == COMMON["explanation"]) == (action == "keep-mine")
    assert "the question, the explanation" in tahir.get(f"{address}/versions").text


def test_who_has_retired_it_meanwhile_is_not_overruled_unasked(
    app: Flask, tahir: Browser, tamar: Browser, address: str
) -> None:
    mine, theirs = opened(tahir, address), opened(tamar, address)
    tamar.post(address, {**theirs, "action": "retire"})
    choice = refused(tahir, address, {**mine, "stem": "What does Tahir ask?"})
    assert choice["take-status"] == "theirs"
    tahir.post(address, {**choice, "action": "put-together"})
    now = question(app, address)
    assert (now["status"], now["stem"]) == ("retired", "What does Tahir ask?")


def test_what_somebody_tagged_meanwhile_is_kept(app: Flask, tahir: Browser, tamar: Browser, address: str) -> None:
    mine, theirs = opened(tahir, address), opened(tamar, address)
    tamar.post(address, {**theirs, "tags": "exam"})
    choice = refused(tahir, address, {**mine, "stem": "What does Tahir ask?"})
    tahir.post(address, {**choice, "action": "put-together"})
    assert question(app, address)["tags"] == ["exam"]


def made_numeric(app: Flask, address: str) -> None:
    """Somebody makes a question of another kind of it, as a bank's file can."""
    content = authoring.content_from(
        "numeric",
        {
            "stem": "In which year?",
            "answer": 1810,
            "explanation": "The passage says so.",
            "evidence": [{"passage": "beginnings", "quote": "wool and tin"}],
        },
    )
    with app.app_context():
        found = db.session.get(Question, int(address.rsplit("/", 1)[1]))
        assert found is not None
        draft = authoring.Draft("rise", "numeric", Status.PUBLISHED, "essay", "recall", 1, content)
        authoring.edit_question(db.session(), found, draft, 1, 1, NOW)
        db.session.commit()


@pytest.mark.parametrize(("side", "kind"), [("mine", "single_choice"), ("theirs", "numeric")])
def test_of_two_kinds_one_is_chosen_with_all_that_belongs_to_it(
    app: Flask, tahir: Browser, address: str, side: str, kind: str
) -> None:
    mine = opened(tahir, address)
    made_numeric(app, address)
    choice = refused(tahir, address, {**mine, "explanation": "Tahir says why in words of his."})
    sides = {"take-kind": side, "take-content.explanation": "mine", "take-content.stem": "mine"}
    tahir.post(address, {**choice, **sides, "action": "put-together"})
    now = question(app, address)
    assert (now["kind"], now["explanation"]) == (kind, "Tahir says why in words of his.")
    assert ("choices" in now) == (kind == "single_choice")


def test_a_third_edit_while_choosing_is_shown_as_well(app: Flask, tahir: Browser, tamar: Browser, address: str) -> None:
    mine, theirs = opened(tahir, address), opened(tamar, address)
    tamar.post(address, {**theirs, "stem": "And Tamar?"})
    choice = refused(tahir, address, {**mine, "explanation": "Tahir says why in words of his."})
    tamar.post(address, {**opened(tamar, address), "stem": "And Tamar again?"})
    for action in ("keep-mine", "put-together"):
        told = tahir.post(address, {**choice, "action": action})
        assert told.status_code == 409
        assert "changed once more" in told.text
    assert question(app, address)["stem"] == "And Tamar again?"


def test_choices_that_make_no_question_together_are_told_and_kept(
    app: Flask, tahir: Browser, tamar: Browser, address: str
) -> None:
    mine, theirs = opened(tahir, address), opened(tamar, address)
    tamar.post(address, {**theirs, "choices-0-text": "The same words"})
    choice = refused(tahir, address, {**mine, "choices-1-text": "The same words"})
    told = tahir.post(address, {**choice, "action": "put-together"})
    assert told.status_code == 422
    assert "Together these make no whole question" in told.text
    assert question(app, address)["number"] == 2


def test_a_forged_choice_is_no_failure(tahir: Browser, address: str) -> None:
    for action in ("keep-mine", "take-theirs", "put-together"):
        assert tahir.post(address, {"action": action}).status_code in (303, 409, 422)
