"""The versions of a question, and its copies, on their pages."""

import pytest
from flask import Flask

from quizapp.domain.access import Right
from quizapp.models import PassageVersion, Question, db
from tests.conftest import Browser, question_named
from tests.web.test_question_list import may_only
from tests.web.test_teach import COMMON, KINDS


@pytest.fixture
def address(tahir: Browser) -> str:
    """A question with two versions."""
    sent = {**COMMON, **KINDS["true_false"]}
    made = tahir.post("/teach/banks/harbour/questions/new/true_false", sent)
    tahir.post(made.location, {**sent, "seen_version": "1", "explanation": "The passage names it in its first line."})
    return made.location


def test_the_versions_are_listed_with_who_and_what_changed(tahir: Browser, address: str) -> None:
    page = tahir.get(f"{address}/versions").text
    assert "the explanation" in page
    assert "<bdi>Tahir (test)</bdi>" in page
    assert "the first one" in page


def test_two_versions_are_compared_word_by_word(tahir: Browser, address: str) -> None:
    page = tahir.get(f"{address}/versions?from=1&to=2").text
    compared = page.partition('id="compared"')[2]
    assert "<h3>Explanation</h3>" in compared
    assert "<h3>Question</h3>" not in compared
    assert "second sentence" in compared
    assert "first line" in compared


@pytest.mark.parametrize("asked", ["from=1&to=1", "from=9&to=1", "from=x", "to=" + "9" * 40])
def test_versions_that_are_none_are_not_compared(tahir: Browser, address: str, asked: str) -> None:
    page = tahir.get(f"{address}/versions?{asked}")
    assert page.status_code == 200
    assert 'id="compared"' not in page.text


def test_an_old_version_is_restored_as_a_new_one(tahir: Browser, address: str) -> None:
    done = tahir.post(f"{address}/versions/1/restore", {"seen_version": "2"}, follow_redirects=True).text
    assert "Version 1 is restored, as version 3; past attempts keep theirs." in done
    assert COMMON["explanation"] in tahir.get(address).text


@pytest.mark.parametrize("seen", ["1", "", "x", "9" * 40])
def test_nothing_is_restored_over_a_version_not_seen(tahir: Browser, address: str, seen: str) -> None:
    told = tahir.post(f"{address}/versions/1/restore", {"seen_version": seen}, follow_redirects=True).text
    assert "Somebody has saved a newer version meanwhile." in told


def test_what_no_longer_fits_is_said_in_a_sentence(app: Flask, tahir: Browser, address: str) -> None:
    with app.app_context():
        text = db.session.scalars(db.select(PassageVersion).where(PassageVersion.text.contains("wool and tin"))).one()
        text.text = text.text.replace("wool and tin", "wool and salt")
        db.session.commit()
    told = tahir.post(f"{address}/versions/1/restore", {"seen_version": "2"}, follow_redirects=True).text
    assert "Version 1 cannot be restored. Its evidence no longer stands in the passages: “wool and tin”." in told


def test_an_attempt_keeps_the_version_it_was_asked_after_a_restoration(
    app: Flask, tahir: Browser, ayesha: Browser
) -> None:
    attempt = ayesha.start("rise-practice")
    with app.app_context():
        number = question_named(db.session(), "founder").id
    changed = {**COMMON, **KINDS["single_choice"], "seen_version": "1"}
    tahir.post(f"/teach/questions/{number}", changed)
    tahir.post(f"/teach/questions/{number}/versions/1/restore", {"seen_version": "2"})
    assert "who founded Saltmouth?" in ayesha.get(f"/attempts/{attempt}/questions/1").text
    with app.app_context():
        assert question_named(db.session(), "founder").current.number == 3


def test_a_version_unknown_is_not_found(tahir: Browser, address: str) -> None:
    assert tahir.post(f"{address}/versions/9/restore", {"seen_version": "2"}).status_code == 404
    assert tahir.get("/teach/questions/999/versions").status_code == 404
    assert tahir.get(f"{address}/versions/1/restore").status_code == 405


def test_who_may_only_look_compares_and_restores_nothing(app: Flask, tahir: Browser, address: str) -> None:
    may_only(app, Right.VIEW)
    assert "Restore" not in tahir.get(f"{address}/versions?from=1&to=2").text
    assert tahir.post(f"{address}/versions/1/restore", {"seen_version": "2"}).status_code == 403
    may_only(app, None)
    assert tahir.get(f"{address}/versions").status_code == 404


def test_a_question_is_copied_as_a_draft_in_the_bank_chosen(app: Flask, tahir: Browser, address: str) -> None:
    assert "The harbour of Saltmouth" in tahir.get(f"{address}/duplicate").text
    made = tahir.post(f"{address}/duplicate", {"bank": "harbour"})
    page = tahir.get(made.location).text
    assert "This is the copy, a draft in “The harbour of Saltmouth”." in page
    with app.app_context():
        copy = db.session.get(Question, int(made.location.rsplit("/", 1)[1]))
        assert copy is not None
        assert (copy.status, copy.current.content["stem"]) == ("draft", COMMON["stem"])


def test_nothing_is_copied_into_a_bank_that_is_not_ones_own_to_edit(app: Flask, tahir: Browser, address: str) -> None:
    assert tahir.post(f"{address}/duplicate", {"bank": "nowhere"}).status_code == 404
    may_only(app, Right.VIEW)
    assert tahir.post(f"{address}/duplicate", {"bank": "harbour"}).status_code == 404
    assert "There is no bank in which you may write questions." in tahir.get(f"{address}/duplicate").text
    may_only(app, None)
    assert tahir.get(f"{address}/duplicate").status_code == 404
