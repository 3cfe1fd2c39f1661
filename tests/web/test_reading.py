"""The home page and the reading."""

from tests.conftest import Browser


def test_the_home_page_lists_the_sections_and_quizzes(visitor: Browser) -> None:
    page = visitor.get("/").text
    assert 'href="/read/harbour#rise"' in page
    assert 'href="/quizzes/whole-test"' in page


def test_the_home_page_leads_back_to_an_open_attempt(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    assert f'href="/attempts/{attempt}"' in visitor.get("/").text


def test_the_reading_has_contents_passages_and_notes_in_the_margin(visitor: Browser) -> None:
    page = visitor.get("/read/harbour").text
    assert 'href="#fall"' in page
    assert '<article class="leaf" id="beginnings"' in page
    assert 'href="#note-beginnings-1"' in page
    assert 'id="note-beginnings-1"' in page
    assert "<em>never</em>" in page


def test_a_noted_sentence_is_underlined_across_a_line_break(visitor: Browser) -> None:
    assert '<span class="noted">Saltmouth was founded by Ada Marsh' in visitor.get("/read/harbour").text


def test_evidence_is_not_marked_in_the_reading(visitor: Browser) -> None:
    assert "<mark" not in visitor.get("/read/harbour").text


def test_an_unknown_source_is_not_there(visitor: Browser) -> None:
    assert visitor.get("/read/nowhere").status_code == 404
