"""What people write is shown as words: nothing that somebody wrote anywhere comes alive on any page or in any file."""

import io
import re
from collections.abc import Iterator, Sequence

import pytest
from flask import Flask

from quizapp.formats.bank_yaml import read_bank
from quizapp.models import db
from quizapp.services import banks
from quizapp.services.reading import PassageView
from quizapp.web.rendering import inline_markdown, markdown, passage_html
from tests.bank import BANK, FALL, RISE
from tests.conftest import NOW, Browser, Template, examples
from tests.contracts.access import Scene
from tests.formats.own_text.word_files import word_file
from tests.security.alive import alive_in, formulas_in
from tests.security.payloads import HOW_MANY, marker, payload
from tests.security.walking import addresses
from tests.security.writing import NOT_KEPT, WRITERS, browser_again, everybody_wrote, kept_nowhere, seen_by

DOWNLOADS = (
    "/history/attempts.csv",
    "/account/data.zip",
    *(f"/teach/classes/1/gradebook/file?file={name}" for name in ("csv", "xlsx", "scores", "answers", "items")),
)

_SLUG = re.compile(r"(section|h2|article|li) id='[a-z0-9-]+'")
"""Sections and passages are led to by their slugs: what letters, digits and hyphens are left of a title."""


@pytest.mark.parametrize("kind", range(HOW_MANY))
def test_markdown_makes_nothing_of_it(kind: int) -> None:
    words = payload(kind, kind)
    for shown in (markdown(words), inline_markdown(words), markdown(f"> - {words}\n\n`{words}`"), _as_passage(words)):
        assert alive_in(f"<!doctype html><main>{shown}</main>") == [], shown


def _as_passage(words: str) -> str:
    """A passage with these words in it, and evidence marked."""
    text = f"It began so. {words}"
    return str(passage_html(PassageView("a", "b", "1", "A", "", text, (), ("It began so.",))))


@pytest.mark.parametrize("kind", [1, 2, 3, 6, 20, 21, 22, 23, 24, 25, 26, 27, 29])
def test_what_is_alive_is_found(kind: int) -> None:
    assert alive_in(f"<!doctype html><main>{payload(kind, 1)}</main>") != [], payload(kind, 1)


@pytest.mark.parametrize("kind", range(30, 34))
def test_a_formula_is_found(kind: int) -> None:
    cell = payload(kind, 1).replace('"', '""')
    assert formulas_in("text/csv", f'"{cell}"\n'.encode()) != []


def bank_of(kind: int) -> dict[str, str]:
    """The small bank's files, with these words after its own wherever something is shown that nothing rests on."""
    said = payload(kind, 1).replace("'", "’").replace("\n", " ")
    quoted = {"title: The harbour of Saltmouth": "title", "about: An invented text for tests.": "about"}
    files = {"bank.yaml": BANK, "rise.yaml": RISE, "fall.yaml": FALL}
    for plain in quoted:
        key, _, words = plain.partition(": ")
        files["bank.yaml"] = files["bank.yaml"].replace(plain, f"{key}: '{words} {said}'")
    for plain in ("Bela Stone", "A person founded it.", "The last sentence of the passage says so in five words."):
        files["rise.yaml"] = files["rise.yaml"].replace(plain, f"'{plain} {said}'")
    return files


@pytest.mark.parametrize("kind", [0, 2, 7, 11, 20, 23])
def test_a_bank_file_brings_words_alone(app: Flask, visitor: Browser, tahir: Browser, kind: int) -> None:
    with app.app_context():
        banks.load_bank(db.session(), read_bank(bank_of(kind)), "other words", NOW)
        db.session.commit()
    visitor.start("rise-practice")
    shown = ["/", "/read/harbour", "/attempts/1/questions/1", "/teach/", "/teach/banks/harbour/questions"]
    pages = [browser.get(address).text for browser in (visitor, tahir) for address in shown]
    assert sum(marker(1) in page for page in pages) > 2
    assert [alive_in(page) for page in pages if alive_in(page)] == []


@pytest.mark.parametrize("kind", range(0, HOW_MANY, 5))
def test_a_word_file_brings_words_alone(tahir: Browser, kind: int) -> None:
    def fill(document: object) -> None:
        document.core_properties.title = payload(kind, 1)  # type: ignore[attr-defined]
        document.add_heading(payload(kind, 2))  # type: ignore[attr-defined]
        document.add_paragraph(payload(kind, 3) + " The wheel turned.")  # type: ignore[attr-defined]

    sent = {"title": "", "author": "N", "language": "en", "objectives": "Say it", "written_in": "markdown"}
    file = (io.BytesIO(word_file(fill)), f"{payload(2, 4)}.docx")
    page = tahir.post("/teach/banks/new", {**sent, "file": file}, content_type="multipart/form-data")
    assert marker(3) in page.text
    assert alive_in(page.text) == []


def _alive(played: Scene, roles: Sequence[str] = WRITERS) -> Iterator[str]:
    begin = ["/", *addresses(played), *DOWNLOADS]
    for role in roles:
        for address, found in seen_by(played.template.app, browser_again(played, role), begin).items():
            if alive := [one for one in found if not _SLUG.fullmatch(one)]:
                yield f"{role} {address}: {alive[:3]}"


@pytest.mark.long
@pytest.mark.parametrize("kind", [pytest.param(5 * turn, id=str(turn)) for turn in range(examples(1))])
def test_nothing_written_in_any_field_comes_alive_anywhere(template: Template, kind: int) -> None:
    played, written = everybody_wrote(template, kind)
    assert written.alive == []
    assert list(_alive(played)) == []


@pytest.mark.long
def test_every_text_field_is_tried_and_kept_or_known_not_to_be(
    template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.security.writing.payload", lambda _kind, number: f"<b id={marker(number)}>")
    played, written = everybody_wrote(template, 0)
    assert kept_nowhere(played.template.app, written) == set(NOT_KEPT)
    assert written.alive == []
