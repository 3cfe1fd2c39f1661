"""A bank's text in the browser: its page, the editor, notes, versions, conflicts, questions that lose their words."""

import re

import pytest
from flask import Flask

from quizapp.domain.access import Right
from quizapp.models import Bank, Passage, db
from quizapp.services.sharing import give_right
from tests.classes import joins_cast
from tests.conftest import Browser, teacher_id
from tests.texts import arranged, own_bank, passage_named, section_named

SILT = "The river Ouzel filled the harbour with silt until, in 1851, no ship could enter."
NOTE = {
    "notes-0-quote": "The river Ouzel",
    "notes-0-verdict": "differs",
    "notes-0-record": "It was the Ouse.",
    "notes-0-references": "A map\nAnother map",
}


@pytest.fixture
def mill(app: Flask) -> Bank:
    """A bank of Tahir's own."""
    with app.app_context():
        bank = own_bank(db.session())
        db.session.refresh(bank)
        db.session.expunge(bank)
    return bank


def passage_id(app: Flask, slug: str) -> int:
    """Its number."""
    with app.app_context():
        return passage_named(db.session(), slug).id


def section_id(app: Flask, slug: str) -> int:
    """Its number."""
    with app.app_context():
        return section_named(db.session(), slug).id


def current(app: Flask, slug: str) -> tuple[int, str]:
    """The number and the words of the current version."""
    with app.app_context():
        version = passage_named(db.session(), slug).current
        return version.number, version.text


def form(text: str = SILT, **changed: str) -> dict[str, object]:
    """The editor's form on the passage on silt."""
    return {"seen_version": "1", "title": "Silt", "section": "fall", "retells": "P2", "text": text, **changed}


def test_the_page_shows_sections_passages_and_what_rests_on_them(tahir: Browser) -> None:
    page = tahir.get("/teach/banks/harbour/text").text
    for words in ("The rise of the harbour", "Beginnings", "1 note", "3 questions", "version 1"):
        assert words in page
    assert "lost their words" not in page


def test_an_edited_passage_gets_a_new_version(app: Flask, tahir: Browser) -> None:
    number = passage_id(app, "silting")
    response = tahir.post(f"/teach/passages/{number}", form(f"{SILT} Nobody came."))
    assert response.location == "/teach/banks/harbour/text#silting"
    assert current(app, "silting") == (2, f"{SILT} Nobody came.")
    assert "Nobody came." in tahir.get("/read/harbour").text


def test_opened_and_saved_as_it_is_a_passage_stays_as_it_was(app: Flask, tahir: Browser) -> None:
    tahir.post(f"/teach/passages/{passage_id(app, 'silting')}", form(SILT + "\r\n"))
    assert current(app, "silting") == (1, SILT)


def test_of_two_teachers_the_second_is_shown_the_first_one_s_words_and_loses_none(app: Flask, tahir: Browser) -> None:
    address = f"/teach/passages/{passage_id(app, 'silting')}"
    tahir.post(address, form(f"{SILT} Nobody came."))
    response = tahir.post(address, form(f"{SILT} Gulls came."))
    assert response.status_code == 409
    assert f"{SILT} Gulls came." in response.text
    assert 'name="seen_version" value="2"' in response.text
    assert "Nobody" in response.text.split('class="difference"')[1]
    assert current(app, "silting")[0] == 2
    assert tahir.post(address, form(f"{SILT} Gulls came.", seen_version="2")).status_code == 303


def test_a_change_that_takes_words_from_questions_asks_first(app: Flask, tahir: Browser) -> None:
    address = f"/teach/passages/{passage_id(app, 'silting')}"
    response = tahir.post(address, form("Silt filled it until, in 1851, no ship could enter."))
    assert response.status_code == 422
    assert "This change leaves" in response.text
    assert "which river filled the harbour?" in response.text
    assert current(app, "silting")[0] == 1
    sent = form("Silt filled it until, in 1851, no ship could enter.", action="anyway")
    assert tahir.post(address, sent).status_code == 303
    assert "lost" in tahir.get("/teach/banks/harbour/text").text
    assert "which river filled the harbour?" in tahir.get("/teach/banks/harbour/orphans").text


def test_a_preview_shows_the_passage_and_what_changes_and_saves_nothing(app: Flask, tahir: Browser) -> None:
    sent = form("Silt filled it until, in 1851, no ship could enter.", action="preview", **NOTE)
    sent["notes-0-quote"] = "Silt filled it"
    response = tahir.post(f"/teach/passages/{passage_id(app, 'silting')}", sent)
    assert response.status_code == 200
    assert '<span class="noted">Silt filled it</span>' in response.text
    assert "<ins>" in response.text
    assert "This change leaves" in response.text
    assert current(app, "silting") == (1, SILT)


def test_a_note_is_saved_with_the_passage_and_dropped_again(app: Flask, tahir: Browser) -> None:
    address = f"/teach/passages/{passage_id(app, 'silting')}"
    assert tahir.post(address, form(**NOTE)).status_code == 303
    assert "It was the Ouse." in tahir.get("/read/harbour").text
    tahir.post(address, form(seen_version="2", **NOTE, **{"notes-0-drop": "y"}))
    assert "It was the Ouse." not in tahir.get("/read/harbour").text


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"notes-0-quote": "The river Ouse"}, "These words do not stand in the passage."),
        ({"notes-0-references": " \n"}, "Give at least one reference."),
        ({"notes-0-record": ""}, "Write what the record shows."),
        ({"notes-0-quote": ""}, "Copy the words of the passage"),
        ({"notes-0-verdict": "x"}, "Not a valid choice"),
        ({"notes-0-claims": "P9.9"}, "The bank registers no claim P9.9."),
    ],
)
def test_a_note_that_is_not_whole_is_said_and_kept(
    app: Flask, tahir: Browser, changed: dict[str, str], says: str
) -> None:
    response = tahir.post(f"/teach/passages/{passage_id(app, 'silting')}", form(**{**NOTE, **changed}))
    assert response.status_code == 422
    assert says in response.text
    assert "Another map" in response.text or "notes-0-references" in changed
    assert current(app, "silting")[0] == 1


def test_one_more_note_is_asked_for_without_losing_what_is_typed(app: Flask, tahir: Browser) -> None:
    sent = form("My own words.", action="add-note", **NOTE)
    page = tahir.post(f"/teach/passages/{passage_id(app, 'silting')}", sent).text
    assert "My own words." in page
    assert 'name="notes-1-quote"' in page


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": ""}, "Give the passage a title."),
        ({"text": " "}, "Write the passage."),
        ({"text": "x" * 20_001}, "At most 20,000"),
    ],
)
def test_a_passage_that_is_not_whole_is_kept_in_the_form(
    app: Flask, tahir: Browser, changed: dict[str, str], says: str
) -> None:
    response = tahir.post(f"/teach/passages/{passage_id(app, 'silting')}", {**form(), **changed})
    assert response.status_code == 422
    assert says in response.text


def test_a_new_passage_is_written_into_its_section(app: Flask, tahir: Browser, mill: Bank) -> None:
    assert "selected" in tahir.get("/teach/banks/the-lost-mill/text/new?section=after").text
    sent = {"title": "The end", "section": "after", "text": "It ended."}
    assert tahir.post("/teach/banks/the-lost-mill/text/new", sent).status_code == 303
    with app.app_context():
        assert arranged(db.session(), mill)["after"] == ["the-flood", "the-end"]


def test_versions_are_compared_and_an_older_one_is_restored_as_a_new_one(app: Flask, tahir: Browser) -> None:
    number = passage_id(app, "silting")
    tahir.post(f"/teach/passages/{number}", form(f"{SILT} Nobody came."))
    page = tahir.get(f"/teach/passages/{number}/versions").text
    assert "Tahir (test)" in page
    assert "Nobody came." in page.split('class="difference"')[1]
    assert tahir.get(f"/teach/passages/{number}/versions?before=1&after=9").status_code == 404
    editor = tahir.get(f"/teach/passages/{number}?version=1").text
    assert "These are the words of version 1." in editor
    tahir.post(f"/teach/passages/{number}", form(SILT, seen_version="2"))
    assert current(app, "silting") == (3, SILT)


def test_passages_and_sections_are_moved(app: Flask, tahir: Browser, mill: Bank) -> None:
    tahir.post(f"/teach/passages/{passage_id(app, 'the-wheel')}/move", {"to": "down"})
    tahir.post(f"/teach/passages/{passage_id(app, 'the-flood')}/move", {"to": "before"})
    tahir.post(f"/teach/sections/{section_id(app, 'after')}/move", {"to": "up"})
    with app.app_context():
        assert arranged(db.session(), mill) == {"after": [], "before": ["the-miller", "the-wheel", "the-flood"]}
    assert tahir.post(f"/teach/passages/{passage_id(app, 'the-flood')}/move", {"to": "x"}).status_code == 400


def test_sections_are_added_renamed_and_removed(app: Flask, tahir: Browser, mill: Bank) -> None:
    tahir.post("/teach/banks/the-lost-mill/sections", {"title": "Long after", "dated": "1900"})
    number = section_id(app, "long-after")
    sent = {"title": "Much later", "seen_title": "Long after", "seen_dated": "1900"}
    assert tahir.post(f"/teach/sections/{number}", sent).status_code == 303
    assert "Much later" in tahir.get("/teach/banks/the-lost-mill/text").text
    late = tahir.post(f"/teach/sections/{number}", {**sent, "title": "Mine"})
    assert late.status_code == 409
    assert 'value="Mine"' in late.text
    tahir.post(f"/teach/sections/{number}/remove")
    with app.app_context():
        assert list(arranged(db.session(), mill)) == ["before", "after"]
    page = tahir.post(f"/teach/sections/{section_id(app, 'after')}/remove", follow_redirects=True).text
    assert "The section still has passages." in page
    assert tahir.post("/teach/banks/the-lost-mill/sections", {"title": ""}).status_code == 422


def test_a_passage_is_taken_out_after_a_look_and_put_back(app: Flask, tahir: Browser) -> None:
    number = passage_id(app, "silting")
    assert "without its words" in tahir.get(f"/teach/passages/{number}/remove").text.replace("their", "its")
    assert tahir.post(f"/teach/passages/{number}/remove").status_code == 422
    assert tahir.post(f"/teach/passages/{number}/remove", {"action": "anyway"}).status_code == 303
    assert "filled the harbour with silt" not in tahir.get("/read/harbour").text
    tahir.post(f"/teach/passages/{number}/put-back")
    assert "filled the harbour with silt" in tahir.get("/read/harbour").text


def test_an_attempt_keeps_a_passage_that_was_taken_out(app: Flask, tahir: Browser, ayesha: Browser) -> None:
    attempt = ayesha.start("rise-practice")
    tahir.post(f"/teach/passages/{passage_id(app, 'silting')}/remove", {"action": "anyway"})
    ayesha.answer(attempt, 2, "1851")
    assert "filled the harbour with silt" in ayesha.get(f"/attempts/{attempt}/questions/2").text


def test_the_owner_opens_the_text_to_everybody_and_closes_it(visitor: Browser, tahir: Browser, mill: Bank) -> None:
    assert visitor.get("/read/the-lost-mill").status_code == 404
    assert tahir.get("/read/the-lost-mill").status_code == 200
    tahir.post("/teach/banks/the-lost-mill/listing", {"listed": "yes"})
    page = visitor.get("/read/the-lost-mill").text
    assert "The wheel turned all day." in page
    assert 'id="timeline"' not in page
    assert "The lost mill" in visitor.get("/").text
    tahir.post("/teach/banks/the-lost-mill/listing", {"listed": "no"})
    assert visitor.get("/read/the-lost-mill").status_code == 404
    assert tahir.post("/teach/banks/the-lost-mill/listing", {"listed": "x"}).status_code == 400


def test_what_is_said_of_an_own_text_can_be_changed(tahir: Browser, mill: Bank) -> None:
    page = tahir.get("/teach/banks/the-lost-mill/about").text
    assert "1. Say what happened" in page
    sent = {"title": "The mill", "author": "M.", "about": "", "language": "en", "objectives": "1. Tell\n2. Judge"}
    assert tahir.post("/teach/banks/the-lost-mill/about", sent).status_code == 303
    assert "The mill" in tahir.get("/teach/banks/the-lost-mill/text").text
    assert tahir.post("/teach/banks/the-lost-mill/about", {**sent, "title": ""}).status_code == 422
    assert tahir.get("/teach/banks/harbour/about").status_code == 404


def test_of_two_who_change_what_is_said_of_a_text_the_second_is_asked(tahir: Browser, mill: Bank) -> None:
    address = "/teach/banks/the-lost-mill/about"
    found = re.search(r'name="seen" value="(\w+)"', tahir.get(address).text)
    assert found is not None
    sent = {
        "title": "The mill",
        "author": "M.",
        "about": "",
        "language": "en",
        "objectives": "1. Tell",
        "seen": found[1],
    }
    assert [tahir.post(address, sent).status_code for _ in range(2)] == [303, 303]
    asked = tahir.post(address, {**sent, "title": "Another"})
    assert (asked.status_code, 'value="Another"' in asked.text) == (409, True)
    seen = re.search(r'name="seen" value="(\w+)"', asked.text)
    assert seen is not None
    assert tahir.post(address, {**sent, "title": "Another", "seen": seen[1]}).status_code == 303


def test_what_is_not_there_is_not_found(tahir: Browser) -> None:
    for address in (
        "/teach/banks/x/text", "/teach/banks/x/orphans", "/teach/banks/x/text/new", "/teach/passages/999",
        "/teach/passages/999/versions", "/teach/passages/999/remove", "/teach/sections/999",
        "/teach/passages/1?version=9",
    ):  # fmt: skip
        assert tahir.get(address).status_code == 404, address
    for address in (
        "/teach/banks/x/sections", "/teach/banks/x/listing", "/teach/passages/999/move", "/teach/passages/999/put-back",
        "/teach/sections/999/move", "/teach/sections/999/remove",
    ):  # fmt: skip
        assert tahir.post(address).status_code == 404, address


WRITES = (
    "/teach/banks/the-lost-mill/text/new", "/teach/banks/the-lost-mill/sections", "/teach/banks/the-lost-mill/about",
    "/teach/passages/{p}", "/teach/passages/{p}/move", "/teach/passages/{p}/remove", "/teach/passages/{p}/put-back",
    "/teach/sections/{s}", "/teach/sections/{s}/move", "/teach/sections/{s}/remove",
)  # fmt: skip


def test_another_teacher_finds_nothing_of_it_and_who_may_look_changes_nothing(
    app: Flask, tamar: Browser, mill: Bank
) -> None:
    numbers = {"p": passage_id(app, "the-wheel"), "s": section_id(app, "before")}
    writes = [address.format(**numbers) for address in WRITES]
    reads = ["/teach/banks/the-lost-mill/text", "/teach/banks/the-lost-mill/orphans"]
    reads += [f"/teach/passages/{numbers['p']}", f"/teach/passages/{numbers['p']}/versions"]
    assert {tamar.post(address).status_code for address in writes} == {404}
    assert {tamar.get(address).status_code for address in reads} == {404}
    with app.app_context():
        bank = db.session.get_one(Bank, mill.id)
        give_right(db.session(), bank, joins_cast(db.session(), "tamar").id, Right.VIEW)
        db.session.commit()
    assert {tamar.post(address).status_code for address in writes} == {403}
    assert {tamar.get(address).status_code for address in reads} == {200}
    assert tamar.post("/teach/banks/the-lost-mill/listing", {"listed": "yes"}).status_code == 403
    with app.app_context():
        passages = db.session.scalars(db.select(Passage).where(Passage.source_id == mill.source_id)).all()
        assert {passage.current.number for passage in passages} == {1}
        assert {passage.current.author_id for passage in passages} == {teacher_id(db.session())}
