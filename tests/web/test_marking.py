"""A teacher marks essays in the browser."""

import re

import pytest
from flask import Flask

from quizapp.models import Attempt, db
from tests.classes import classroom_of
from tests.conftest import Browser
from tests.essays import with_essay, writes_essay

POINTS = {"points-0": "2", "points-1": "1", "comment": "Well told."}


@pytest.fixture(autouse=True)
def _bank_with_an_essay(app: Flask) -> None:
    with app.app_context():
        with_essay(db.session())


def score_of(app: Flask, attempt: int) -> tuple[float | None, int]:
    """The score of an attempt, and how many answers wait."""
    with app.app_context():
        found = db.session.get_one(Attempt, attempt)
        return found.score, found.awaiting


def test_what_waits_is_counted_where_a_teacher_begins_and_listed_by_question(tahir: Browser, ayesha: Browser) -> None:
    assert "wait for your mark" not in tahir.get("/teach/").text
    attempt = writes_essay(ayesha)
    assert "1 answer waits for your mark" in tahir.get("/teach/").text
    page = tahir.get("/teach/marking").text
    assert "Why did the harbour decline" in page
    assert f'href="/teach/marking/{attempt}/1"' in page


def test_an_answer_stands_beside_all_that_it_is_marked_by(tahir: Browser, ayesha: Browser) -> None:
    page = tahir.get(f"/teach/marking/{writes_essay(ayesha, 'The Ouzel did it.')}/1").text
    for words in ("The Ouzel did it.", "Names the silt of the river", "The Ouzel is named.", "4 of 4 points"):
        assert words in page
    assert '<mark class="evidence">The river Ouzel filled the harbour</mark>' in page
    assert "Answer 1 of 1" in page


def test_a_mark_is_saved_and_leads_to_the_next_answer(
    app: Flask, tahir: Browser, ayesha: Browser, ben: Browser
) -> None:
    first, second = writes_essay(ayesha), writes_essay(ben)
    response = tahir.post(f"/teach/marking/{first}/1", POINTS)
    assert (response.status_code, response.location) == (303, f"/teach/marking/{second}/1")
    assert score_of(app, first) == (1.5, 0)
    page = tahir.get(response.location).text
    assert re.search("Answer [12] of 2", page)
    assert "1 waits for a mark" in page
    assert tahir.post(f"/teach/marking/{second}/1", POINTS).location == "/teach/marking"


def test_one_goes_on_and_back_without_saving_whatever_is_marked(tahir: Browser, ayesha: Browser, ben: Browser) -> None:
    attempts = sorted([writes_essay(ayesha), writes_essay(ben)])
    first, second = (f"/teach/marking/{attempt}/1?names=1" for attempt in attempts)
    tahir.post(first, POINTS)
    page = tahir.get(second).text
    assert f'rel="prev" href="{first}"' in page
    assert 'rel="next"' not in page
    assert f'rel="next" href="{second}"' in tahir.get(first).text


def test_a_queue_of_one_class_stays_one_on_the_way(app: Flask, tahir: Browser, ayesha: Browser, ben: Browser) -> None:
    with app.app_context():
        classroom_of(db.session(), ("ayesha",))
    mine, other = writes_essay(ayesha), writes_essay(ben)
    page = tahir.get("/teach/marking?of=class-1").text
    assert '<option value="class-1" selected>' in page
    assert f'href="/teach/marking/{mine}/1?of=class-1"' in page
    assert tahir.get(f"/teach/marking/{other}/1?of=class-1").status_code == 404
    assert tahir.post(f"/teach/marking/{mine}/1?of=class-1", POINTS).location == "/teach/marking?of=class-1"


@pytest.mark.parametrize("of", ["class-", "class-x", "school-1", "-", "class-999999999999"])
def test_a_queue_of_nothing_known_is_the_whole_one(tahir: Browser, ayesha: Browser, of: str) -> None:
    writes_essay(ayesha)
    assert "Why did the harbour decline" in tahir.get("/teach/marking", query_string={"of": of}).text


def test_one_can_save_and_stop(tahir: Browser, ayesha: Browser, ben: Browser) -> None:
    first = writes_essay(ayesha)
    writes_essay(ben)
    assert tahir.post(f"/teach/marking/{first}/1", {**POINTS, "then": "list"}).location == "/teach/marking"


def test_names_are_hidden_until_they_are_asked_for_and_then_stay(tahir: Browser, ayesha: Browser, ben: Browser) -> None:
    first, second = writes_essay(ayesha), writes_essay(ben)
    assert "Ayesha" not in tahir.get(f"/teach/marking/{first}/1").text
    assert "Ayesha (test)" in tahir.get(f"/teach/marking/{first}/1?names=1").text
    response = tahir.post(f"/teach/marking/{first}/1?names=1", POINTS)
    assert response.location == f"/teach/marking/{second}/1?names=1"
    assert "Ayesha" not in tahir.get("/teach/marking").text
    assert "Ayesha (test)" in tahir.get("/teach/marking?names=1").text


def seen_on(page: str) -> str:
    """The revision of the mark that a page shows."""
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found is not None
    return found[1]


def test_of_two_teachers_who_mark_at_once_the_second_is_asked(
    app: Flask, tahir: Browser, tamar: Browser, ayesha: Browser
) -> None:
    attempt = writes_essay(ayesha)
    address = f"/teach/marking/{attempt}/1"
    opened = {"seen": seen_on(tahir.get(address).text)}
    tamar.post(address, {**POINTS, **opened})
    refused = tahir.post(address, {**POINTS, **opened, "points-1": "4", "comment": "Mine."})
    assert (refused.status_code, score_of(app, attempt)) == (409, (1.5, 0))
    for words in ("Tamar (test) has marked this answer", "2 + 1 points", "Mine."):
        assert words in refused.text
    assert tahir.post(address, {**POINTS, "points-1": "4", "seen": seen_on(refused.text)}).status_code == 303
    assert score_of(app, attempt) == (2.0, 0)


def test_an_answer_marked_once_can_be_marked_again(app: Flask, tahir: Browser, ayesha: Browser) -> None:
    attempt = writes_essay(ayesha)
    address = f"/teach/marking/{attempt}/1"
    tahir.post(address, POINTS)
    assert f'href="{address}"' in tahir.get("/teach/marking").text
    page = tahir.get(address).text
    assert '<option value="1" selected>1 of 4 points' in page
    assert "Well told.</textarea>" in page
    assert "What you save takes its place." in page
    tahir.post(address, {**POINTS, "points-1": "4", "seen": seen_on(tahir.get(address).text)})
    assert score_of(app, attempt) == (2.0, 0)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"points-0": "", "points-1": "1"},
        {"points-0": "3", "points-1": "1"},
        {"points-0": "-1", "points-1": "1"},
        {"points-0": "two", "points-1": "1"},
        {"points-0": "2", "points-1": "1", "comment": "x" * 5001},
    ],
)
def test_a_mark_that_is_none_is_asked_again_with_everything_kept(
    app: Flask, tahir: Browser, ayesha: Browser, sent: dict[str, str]
) -> None:
    attempt = writes_essay(ayesha)
    response = tahir.post(f"/teach/marking/{attempt}/1", {"comment": "Kept as typed.", **sent})
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert sent.get("comment", "Kept as typed.") in response.text
    assert score_of(app, attempt) == (1.0, 1)


def test_the_student_reads_points_and_comment(tahir: Browser, ayesha: Browser) -> None:
    attempt = writes_essay(ayesha)
    assert "waits for a teacher’s mark" in ayesha.get(f"/attempts/{attempt}/review").text
    tahir.post(f"/teach/marking/{attempt}/1", POINTS)
    review = ayesha.get(f"/attempts/{attempt}/review").text
    assert "Well told." in review
    assert "1 of 4 points" in review


def test_nobody_but_a_teacher_marks(visitor: Browser, ayesha: Browser, tahir: Browser) -> None:
    address = f"/teach/marking/{writes_essay(ayesha)}/1"
    assert ayesha.post(address, POINTS).status_code == 404
    assert ayesha.get(address).status_code == 404
    assert visitor.post(address, POINTS).status_code == 302
    assert tahir.client.post(address, data=POINTS).status_code == 400


@pytest.mark.parametrize("place", ["999/1", "1/2", "1/99"])
def test_what_is_no_essay_that_waits_is_not_found(tahir: Browser, ayesha: Browser, place: str) -> None:
    writes_essay(ayesha)
    assert tahir.get(f"/teach/marking/{place}").status_code == 404
    assert tahir.post(f"/teach/marking/{place}", POINTS).status_code == 404


def test_a_mark_is_not_given_by_another_method(tahir: Browser, ayesha: Browser) -> None:
    assert tahir.client.put(f"/teach/marking/{writes_essay(ayesha)}/1").status_code in (400, 405)
