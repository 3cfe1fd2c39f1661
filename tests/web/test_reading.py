"""The home page and the reading."""

import re

from flask import Flask

from quizapp.models import Bank, db
from quizapp.services.reading import PassageView, Reference
from quizapp.web.rendering import passage_html
from tests.classes import assigned, classroom_of
from tests.conftest import Browser


def test_the_home_page_lists_the_sections_and_quizzes(visitor: Browser) -> None:
    page = visitor.get("/").text
    assert 'href="/read/harbour#rise"' in page
    assert 'href="/quizzes/whole-test"' in page


def test_a_home_page_without_texts_tells_each_where_to_begin(
    app: Flask, visitor: Browser, ayesha: Browser, tahir: Browser
) -> None:
    with app.app_context():
        db.session.execute(db.update(Bank).values(listed=False))
        db.session.commit()
    assert "Join a class with its code" in visitor.get("/").text
    assert "What your teacher sets for your class will stand here." in ayesha.get("/").text
    assert "Make a bank from your own text" in tahir.get("/").text
    with app.app_context():
        assigned(db.session(), classroom_of(db.session()))
    page = ayesha.get("/").text
    assert "Nothing to read" not in page
    assert page.index("<h1>Your quizzes</h1>") < page.index("Set for you")


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
    noted = re.findall('<span class="noted">(.*?)</span>', visitor.get("/read/harbour").text)
    assert re.sub("<[^>]*>", "", "".join(noted)) == "Saltmouth was founded by Ada Marsh, the writer says, “in 1810”"


def test_evidence_is_not_marked_in_the_reading(visitor: Browser) -> None:
    assert "<mark" not in visitor.get("/read/harbour").text


def test_dates_and_names_lead_to_the_timeline_and_the_people_and_back(visitor: Browser) -> None:
    page = visitor.get("/read/harbour").text
    assert re.search('<a class="lore" href="#event-founding"[^>]*>“in 1810”</a>', page)
    assert re.search('<a class="lore" href="#person-ada-marsh"[^>]*>Ada Marsh</a>', page)
    assert 'id="event-founding"' in page
    assert 'id="person-ada-marsh"' in page
    assert page.count('<a href="#beginnings" title="Beginnings">1.1</a>') == 2


def test_the_timeline_tells_who_dates_an_event_so(visitor: Browser) -> None:
    page = visitor.get("/read/harbour").text
    assert page.index("dated so by the record") < page.index("dated so by the essay")
    assert "Saltmouth Charter (1804)" in page


def test_each_passage_tells_how_many_questions_rest_on_it(visitor: Browser) -> None:
    assert "3 questions rest on this passage" in visitor.get("/read/harbour").text


def test_a_passage_beside_a_question_links_to_no_list_that_is_not_there(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    visitor.answer(attempt, 1, "1")
    page = visitor.get(f"/attempts/{attempt}/questions/1").text
    assert 'class="passage"' in page
    assert 'class="lore"' not in page


def test_an_unknown_source_is_not_there(visitor: Browser) -> None:
    assert visitor.get("/read/nowhere").status_code == 404


def test_no_link_is_a_space_alone_where_the_words_of_a_link_run_across_a_line_break() -> None:
    passage = PassageView(
        "here", "harbour", "1.1", "Here", "P1", "the great\nflood", (), references=(Reference("great flood", "flood"),)
    )
    links = re.findall('<a class="lore"[^>]*>(.*?)</a>', passage_html(passage))
    assert links == ["great", "flood"]
