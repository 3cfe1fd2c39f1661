"""Setting quizzes for a class in the browser: dates that fit, what students are told, rights, and watching it run."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from quizapp.domain.access import Right
from quizapp.domain.lateness import LatePolicy
from quizapp.domain.settings import QuizSettings
from quizapp.models import Assignment, Classroom, db
from quizapp.services.attempts.starting import settings_of
from quizapp.services.sharing import give_right
from tests.classes import assigned, classroom_of, joins_cast
from tests.conftest import NOW, Browser, quiz_named
from tests.contracts.test_html import assert_well_formed
from tests.contracts.test_nonsense import FIELDS, NONSENSE

DATED = {"opens": "2026-03-01T08:00", "due": "2026-03-10T12:00", "closes": "2026-03-12T12:00"}
USUAL = {
    "title": "Home work",
    "late": "accept",
    "late_percent": "10",
    "attempts_as": "quiz",
    "minutes_as": "quiz",
    "grading": "quiz",
    "feedback": "quiz",
    "published": "y",
}


@pytest.fixture
def classroom(app: Flask) -> int:
    """Tahir's class, with Ayesha in it."""
    with app.app_context():
        return classroom_of(db.session()).id


@pytest.fixture
def assignment(app: Flask, classroom: int) -> int:
    """The whole test, set for it."""
    with app.app_context():
        return assigned(db.session(), db.session.get_one(Classroom, classroom)).id


def quiz_id(app: Flask, slug: str = "whole-test") -> int:
    """The number of a quiz."""
    with app.app_context():
        return quiz_named(db.session(), slug).id


def new(app: Flask, classroom: int) -> str:
    """Where the whole test is set for a class."""
    return f"/teach/classes/{classroom}/assignments/new?quiz={quiz_id(app)}"


def stored(app: Flask, **values: object) -> Assignment:
    """The one assignment there is, with its quiz."""
    with app.app_context():
        found = db.session.scalars(db.select(Assignment)).one()
        assert found.quiz.title
        return found


def test_a_quiz_is_chosen_and_set_with_its_dates(app: Flask, tahir: Browser, classroom: int) -> None:
    assert new(app, classroom) in tahir.get(f"/teach/classes/{classroom}/assignments/new").text
    assert 'value="The whole harbour"' in tahir.get(new(app, classroom)).text
    sent = {**USUAL, **DATED, "late": "deduct", "late_percent": "20", "minutes_as": "own", "minutes": "25"}
    page = tahir.post(new(app, classroom), sent, follow_redirects=True).text
    assert "For each day begun after that, 20% of what you earn is taken off." in page
    assert "You have 25 minutes from when you begin" in page
    made = stored(app)
    assert (made.title, made.late, made.late_percent) == ("Home work", LatePolicy.DEDUCT, 20)
    assert [moment.isoformat()[:16] for moment in (made.opens, made.due) if moment] == [DATED["opens"], DATED["due"]]
    with app.app_context():
        assert settings_of(made.quiz, made).minutes == 25


@pytest.mark.parametrize(
    ("sent", "field", "says"),
    [
        ({"due": "2026-02-01T08:00"}, "due", "It would be due before it opens"),
        ({"closes": "2026-03-10T11:00"}, "closes", "It would close before it is due"),
        ({"due": "", "closes": "2026-02-01T08:00"}, "closes", "It would close before it opens"),
        ({"late": "refuse"}, "closes", "Late work is refused"),
        ({"late": "refuse", "due": ""}, "due", "Say when it is due"),
        ({"late": "deduct", "late_percent": "0"}, "late_percent", "from 1 to 100"),
        ({"late": "deduct", "late_percent": ""}, "late_percent", "from 1 to 100"),
        ({"late": "deduct", "late_percent": "many"}, "late_percent", "Write a whole number"),
        ({"feedback": "closing", "closes": ""}, "feedback", "say above when it closes"),
        ({"attempts_as": "own", "attempts": ""}, "attempts", "Say how many attempts: from 1 to 100."),
        ({"attempts_as": "none", "attempts": "3"}, "attempts", "You wrote a number here but chose something else"),
        ({"minutes_as": "quiz", "minutes": "3"}, "minutes", "You wrote a number here but chose something else"),
        ({"minutes_as": "own", "minutes": "1441"}, "minutes", "Say how many minutes"),
        ({"opens": "soon"}, "opens", "Write a date and a time"),
        ({"due": "0026-03-10T12:00"}, "due", "The year is from 2000"),
        ({"title": " "}, "title", "Give it a title."),
    ],
)
def test_what_does_not_fit_is_asked_again_with_all_that_was_typed(
    app: Flask, tahir: Browser, classroom: int, sent: dict[str, str], field: str, says: str
) -> None:
    response = tahir.post(new(app, classroom), {**USUAL, **DATED, "title": "Kept words", **sent})
    assert response.status_code == 422
    error = re.search(rf'id="{field}-error">(.*?)</p>', response.text, re.DOTALL)
    assert error is not None
    assert says in error[1]
    assert ("Kept words" in response.text) is ("title" not in sent)
    with app.app_context():
        assert db.session.scalars(db.select(Assignment)).all() == []


def test_feedback_only_after_closing_withholds_everything_until_then(
    app: Flask, tahir: Browser, classroom: int
) -> None:
    tahir.post(new(app, classroom), {**USUAL, **DATED, "feedback": "closing"})
    made = stored(app)
    with app.app_context():
        policy = settings_of(made.quiz, made).feedback
    assert policy is not None
    assert set(policy.plain().values()) == {"after_closing"}


def test_what_was_set_is_offered_again_and_changed(app: Flask, tahir: Browser, classroom: int) -> None:
    tahir.post(
        new(app, classroom), {**USUAL, **DATED, "attempts_as": "none", "feedback": "closing", "grading": "first"}
    )
    address = f"/teach/assignments/{stored(app).id}/edit"
    page = tahir.get(address).text
    for shown in ('value="2026-03-12T12:00"', '<input checked[^>]*value="closing"', 'selected value="first"'):
        assert re.search(shown, page), shown
    assert re.search(r'<input checked[^>]*name="attempts_as"[^>]*value="none"', page)
    assert tahir.post(address, {**USUAL, **dict.fromkeys(DATED, ""), "title": "Another"}).status_code == 303
    made = stored(app)
    assert (made.title, made.due, made.settings) == ("Another", None, {"closes": None})
    assert tahir.post(address, {**USUAL, "title": ""}).status_code == 422


def test_who_has_begun_is_said_before_a_change(tahir: Browser, ayesha: Browser, assignment: int) -> None:
    assert "be removed altogether" in tahir.get(f"/teach/assignments/{assignment}/edit").text
    ayesha.post(f"/assignments/{assignment}/attempts")
    page = tahir.get(f"/teach/assignments/{assignment}/edit").text
    assert "1 student has begun." in page
    assert "cannot be removed" in page


def test_it_is_hidden_shown_and_removed(app: Flask, tahir: Browser, assignment: int) -> None:
    tahir.post(f"/teach/assignments/{assignment}/publish", {"published": "0"})
    assert not stored(app).published
    tahir.post(f"/teach/assignments/{assignment}/publish", {"published": "1"})
    assert stored(app).published
    assert tahir.post(f"/teach/assignments/{assignment}/remove").status_code == 303
    with app.app_context():
        assert db.session.scalars(db.select(Assignment)).all() == []


def test_what_was_begun_is_not_removed(app: Flask, tahir: Browser, ayesha: Browser, assignment: int) -> None:
    ayesha.post(f"/assignments/{assignment}/attempts")
    page = tahir.post(f"/teach/assignments/{assignment}/remove", follow_redirects=True).text
    assert "somebody has begun it" in page
    assert stored(app).id == assignment


def test_it_is_copied_to_another_class_and_stays_hidden_there(app: Flask, tahir: Browser, assignment: int) -> None:
    with app.app_context():
        other = classroom_of(db.session(), ["ben"], name="Other").id
    assert f'<option value="{other}">Other</option>' in tahir.get(f"/teach/assignments/{assignment}/edit").text
    response = tahir.post(f"/teach/assignments/{assignment}/copy", {"classroom": other})
    assert re.fullmatch(r"/teach/assignments/\d+/edit", response.location)
    with app.app_context():
        copied = db.session.scalars(db.select(Assignment).where(Assignment.classroom_id == other)).one()
        assert not copied.published
    assert tahir.post(f"/teach/assignments/{assignment}/copy", {"classroom": "999"}).status_code == 404


def test_a_class_that_was_put_away_gets_nothing_new(app: Flask, tahir: Browser, classroom: int) -> None:
    with app.app_context():
        db.session.get_one(Classroom, classroom).archived = NOW
        db.session.commit()
    assert "This class was put away" in tahir.get(f"/teach/classes/{classroom}/assignments").text
    assert tahir.post(new(app, classroom), USUAL).status_code == 303
    with app.app_context():
        assert db.session.scalars(db.select(Assignment)).all() == []


def test_nothing_that_is_set_for_a_class_that_was_put_away_changes(app: Flask, tahir: Browser, classroom: int) -> None:
    with app.app_context():
        found = db.session.get_one(Classroom, classroom)
        address = f"/teach/assignments/{assigned(db.session(), found, title='First').id}"
        found.archived = NOW
        db.session.commit()
    for deed, sent in (("edit", {**USUAL, "title": "Second"}), ("publish", {"published": "0"}), ("remove", {})):
        assert "This class is archived" in tahir.post(f"{address}/{deed}", sent, follow_redirects=True).text
    with app.app_context():
        kept = db.session.scalars(db.select(Assignment)).one()
        assert (kept.title, kept.published) == ("First", True)


def test_a_quiz_that_is_not_open_to_the_teacher_is_not_set(app: Flask, classroom: int, tahir: Browser) -> None:
    with app.app_context():
        quiz_named(db.session(), "whole-test").everyone = None
        db.session.commit()
    assert tahir.post(new(app, classroom), USUAL).status_code == 404
    assert "The whole harbour" not in tahir.get(f"/teach/classes/{classroom}/assignments/new").text


CHANGING = [
    "/assignments/{a}/edit",
    "/assignments/{a}/publish",
    "/assignments/{a}/remove",
    "/classes/{c}/assignments/new",
]
LOOKING = ["/assignments/{a}", "/assignments/{a}/progress", "/classes/{c}/assignments"]


@pytest.mark.parametrize("path", [*CHANGING, *LOOKING, "/assignments/{a}/copy"])
def test_who_teaches_another_class_finds_nothing(
    app: Flask, classroom: int, assignment: int, path: str, ayesha: Browser, visitor: Browser
) -> None:
    with app.app_context():
        joins_cast(db.session(), "tamar")
    tamar = Browser(app.test_client())
    tamar.sign_in("tamar")
    address = f"/teach{path.format(a=assignment, c=classroom)}"
    send = "get" if path in LOOKING else "post"
    assert getattr(tamar, send)(address).status_code == 404
    assert getattr(ayesha, send)(address).status_code == 404
    assert getattr(visitor, send)(address).status_code == 302
    assert stored(app).published


@pytest.mark.parametrize("path", CHANGING)
def test_who_may_look_at_a_class_changes_nothing(app: Flask, classroom: int, assignment: int, path: str) -> None:
    with app.app_context():
        tamar_id = joins_cast(db.session(), "tamar").id
        give_right(db.session(), db.session.get_one(Classroom, classroom), tamar_id, Right.VIEW)
        db.session.commit()
    tamar = Browser(app.test_client())
    tamar.sign_in("tamar")
    for looked_at in LOOKING:
        assert tamar.get(f"/teach{looked_at.format(a=assignment, c=classroom)}").status_code == 200
    assert "Change it" not in tamar.get(f"/teach/assignments/{assignment}").text
    assert tamar.post(f"/teach{path.format(a=assignment, c=classroom)}", USUAL).status_code == 403
    assert stored(app).title == "The whole harbour"


@pytest.mark.parametrize("path", [*CHANGING, "/assignments/{a}/copy"])
def test_nothing_is_changed_without_the_token(tahir: Browser, classroom: int, assignment: int, path: str) -> None:
    assert tahir.client.post(f"/teach{path.format(a=assignment, c=classroom)}", data=USUAL).status_code == 400


@pytest.mark.parametrize("deed", ["publish", "remove", "copy"])
def test_following_a_link_changes_nothing(tahir: Browser, assignment: int, deed: str) -> None:
    assert tahir.get(f"/teach/assignments/{assignment}/{deed}").status_code == 405


@pytest.mark.parametrize(
    "path", ["/assignments/999", "/assignments/999/edit", "/assignments/999/progress", "/classes/999/assignments",
             "/classes/999/assignments/new"]
)  # fmt: skip
def test_what_is_not_there_is_not_found(tahir: Browser, path: str) -> None:
    assert tahir.get(f"/teach{path}").status_code == 404


def test_a_teacher_sees_who_is_at_it_and_is_told_only_what_changed(
    tahir: Browser, ayesha: Browser, assignment: int
) -> None:
    part = f"/teach/assignments/{assignment}/progress"
    first = tahir.get(part)
    assert "Begun: 0 of 1." in first.text
    assert tahir.get(part, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    attempt = int(ayesha.post(f"/assignments/{assignment}/attempts").location.rsplit("/", 1)[1])
    ayesha.answer(attempt, 4, "Ouzel")
    page = tahir.get(part, headers={"If-None-Match": first.headers["ETag"]})
    assert page.status_code == 200
    for words in ("Begun: 1 of 1. Finished: 0. There now: 1.", "1 of 8", "there now"):
        assert words in page.text
    assert words in tahir.get(f"/teach/assignments/{assignment}").text


def test_more_time_and_opening_again_lead_back_to_the_assignment(
    app: Flask, tahir: Browser, ayesha: Browser, assignment: int
) -> None:
    with app.app_context():
        db.session.get_one(Assignment, assignment).settings = QuizSettings(minutes=30).plain()
        db.session.commit()
    here = f"/teach/assignments/{assignment}"
    attempt = int(ayesha.post(f"/assignments/{assignment}/attempts").location.rsplit("/", 1)[1])
    assert tahir.post(f"/teach/attempts/{attempt}/extend", {"minutes": "5", "next": here}).location == here
    ayesha.post(f"/attempts/{attempt}/submit")
    assert f'href="/attempts/{attempt}/review"' in tahir.get(here).text
    address = f"/teach/attempts/{attempt}/reopen?next={here}"
    assert f'href="{here}"' in tahir.get(address).text
    assert tahir.post(address, {"minutes": "5"}).location == here
    away = "//elsewhere.example/"
    assert tahir.post(f"/teach/attempts/{attempt}/extend", {"minutes": "5", "next": away}).location != away


def test_the_list_of_a_class_shows_each_with_its_state(
    app: Flask, tahir: Browser, classroom: int, assignment: int
) -> None:
    with app.app_context():
        found = db.session.get_one(Classroom, classroom)
        assigned(db.session(), found, title="Long ago", settings={"closes": (NOW - timedelta(900)).isoformat()})
        assigned(db.session(), found, title="Secret", published=False)
    page = tahir.get(f"/teach/classes/{classroom}/assignments").text
    assert re.findall(r'<span class="phase[^>]*>([^<]+)</span>', page) == ["hidden", "closed", "open"]
    assert "0 of 1" in page


@pytest.mark.parametrize("value", NONSENSE, ids=lambda value: ascii(value)[:16])
def test_nonsense_in_every_field_is_answered_and_sets_nothing(
    app: Flask, tahir: Browser, classroom: int, assignment: int, value: str
) -> None:
    fields = dict.fromkeys(FIELDS, value)
    for address in (new(app, classroom), f"/teach/assignments/{assignment}/edit"):
        assert tahir.post(address, fields).status_code == 422
    assert tahir.post(f"/teach/assignments/{assignment}/copy", fields).status_code == 404
    assert tahir.get(f"/teach/classes/{classroom}/assignments/new", query_string=fields).status_code < 500
    assert stored(app).title == "The whole harbour"


def test_every_page_is_well_formed(
    app: Flask, tahir: Browser, ayesha: Browser, classroom: int, assignment: int
) -> None:
    with app.app_context():
        classroom_of(db.session(), ["ben"], name="Other")
    here = f"/teach/assignments/{assignment}"
    set_up = [f"/teach/classes/{classroom}/assignments", new(app, classroom), f"{here}/edit", here]
    for address in (*set_up, f"/teach/classes/{classroom}/assignments/new"):
        assert_well_formed(tahir.get(address).text)
    assert_well_formed(tahir.post(new(app, classroom), {"late": "deduct"}).text)
    for _ in range(2):
        assert_well_formed(ayesha.get(f"/assignments/{assignment}").text)
        attempt = int(ayesha.post(f"/assignments/{assignment}/attempts").location.rsplit("/", 1)[1])
        for browser, address in ((tahir, here), (ayesha, "/"), (ayesha, f"/assignments/{assignment}")):
            assert_well_formed(browser.get(address).text)
        ayesha.post(f"/attempts/{attempt}/submit")
        assert_well_formed(tahir.get(here).text)
