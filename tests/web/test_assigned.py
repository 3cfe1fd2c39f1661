"""What is set for a student: on the home page, on its own page before it begins, and afterwards."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from quizapp.domain.lateness import LatePolicy
from quizapp.models import Attempt, Classroom, Enrolment, db
from quizapp.services.accommodations import Accommodations, set_accommodation
from quizapp.web.clock import utcnow
from tests.benchmark.workload import counted
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, Browser, person, quiz_named

DAY = timedelta(days=1)
Set = Callable[..., int]


@pytest.fixture
def set_quiz(app: Flask) -> Set:
    """Sets a quiz for Ayesha's class, and gives its number."""

    def made(quiz: str = "whole-test", **values: Any) -> int:
        with app.app_context():
            found = db.session.scalar(db.select(Classroom)) or classroom_of(db.session())
            return assigned(db.session(), found, quiz, **values).id

    return made


def begin(browser: Browser, assignment: int) -> int:
    """Begin it; the attempt's number."""
    response = browser.post(f"/assignments/{assignment}/attempts")
    assert response.status_code == 303
    return int(response.location.rsplit("/", 1)[1])


def leaves(app: Flask, username: str = "ayesha") -> None:
    """A student is taken out of the class."""
    with app.app_context():
        user_id = person(db.session(), username).id
        db.session.execute(db.update(Enrolment).where(Enrolment.user_id == user_id).values(removed=NOW))
        db.session.commit()


def test_it_stands_on_the_home_page_and_is_begun_from_its_own(ayesha: Browser, ben: Browser, set_quiz: Set) -> None:
    assignment = set_quiz(title="Home work", due=utcnow() + DAY)
    home = ayesha.get("/").text
    assert "Set for you" in home
    assert f'href="/assignments/{assignment}"' in home
    assert "Set for you" not in ben.get("/").text
    page = ayesha.get(f"/assignments/{assignment}").text
    assert "What is handed in later counts in full, and is shown as late." in page
    attempt = begin(ayesha, assignment)
    assert begin(ayesha, assignment) == attempt
    assert "Home work" in ayesha.get(f"/attempts/{attempt}/questions/1").text
    assert "begun, not handed in" in ayesha.get("/").text
    assert "Continue where you were" in ayesha.get(f"/assignments/{assignment}").text


def test_what_is_arranged_for_a_student_is_said_as_theirs(app: Flask, ayesha: Browser, set_quiz: Set) -> None:
    due = utcnow() + DAY
    assignment = set_quiz(
        due=due, settings={"minutes": 30, "attempts": 1, "closes": (due + DAY).isoformat()}, late=LatePolicy.DEDUCT,
        late_percent=10,
    )  # fmt: skip
    with app.app_context():
        set_accommodation(db.session(), person(db.session(), "ayesha").id, Accommodations(2.0, 1, 3))
        db.session.commit()
    page = ayesha.get(f"/assignments/{assignment}").text
    for words in (
        "For you it is due on", "later than for the class", "60 minutes (30 + your 30)", "2 times (1 + your 1)",
        "For you the quiz closes on", "10% of what you earn is taken off",
    ):  # fmt: skip
        assert words in page
    assert (due + 3 * DAY).isoformat() in page


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"opens": NOW + 3650 * DAY}, "It cannot be begun yet"),
        ({"settings": {"closes": (NOW - 3650 * DAY).isoformat()}}, "and takes no more attempts"),
    ],
)
def test_what_is_not_open_says_so_and_cannot_be_begun(
    app: Flask, ayesha: Browser, set_quiz: Set, values: dict[str, Any], says: str
) -> None:
    assignment = set_quiz(**values)
    page = ayesha.get(f"/assignments/{assignment}").text
    assert says in page
    assert f'action="/assignments/{assignment}/attempts"' not in page
    assert ayesha.post(f"/assignments/{assignment}/attempts").location == f"/assignments/{assignment}"
    with app.app_context():
        assert db.session.scalars(db.select(Attempt)).all() == []


def test_it_is_begun_as_often_as_allowed(ayesha: Browser, set_quiz: Set) -> None:
    assignment = set_quiz(settings={"attempts": 1})
    ayesha.post(f"/attempts/{begin(ayesha, assignment)}/submit")
    assert "as often as it may be taken" in ayesha.get(f"/assignments/{assignment}").text
    page = ayesha.post(f"/assignments/{assignment}/attempts", follow_redirects=True).text
    assert "You have taken this as often as it may be taken." in page


def test_a_quiz_that_is_not_published_is_taken_for_it_and_nowhere_else(
    app: Flask, ayesha: Browser, set_quiz: Set
) -> None:
    assignment = set_quiz()
    with app.app_context():
        quiz_named(db.session(), "whole-test").published = False
        db.session.commit()
    assert ayesha.get("/quizzes/whole-test").status_code == 404
    attempt = begin(ayesha, assignment)
    ayesha.post(f"/attempts/{attempt}/submit")
    review = ayesha.get(f"/attempts/{attempt}/review").text
    assert f'href="/assignments/{assignment}"' in review
    assert "/quizzes/whole-test" not in review


def test_an_attempt_without_it_is_not_continued_for_it(ayesha: Browser, set_quiz: Set) -> None:
    own = ayesha.start("whole-test")
    attempt = begin(ayesha, set_quiz())
    assert attempt != own
    assert ayesha.start("whole-test") == own


def test_who_is_not_in_the_class_finds_nothing(
    app: Flask, ayesha: Browser, ben: Browser, tahir: Browser, visitor: Browser, set_quiz: Set
) -> None:
    assignment = set_quiz()
    hidden = set_quiz(published=False)
    address = f"/assignments/{assignment}"
    for browser, where in (
        (ben, address),
        (tahir, address),
        (ayesha, f"/assignments/{hidden}"),
        (ben, "/assignments/99"),
    ):
        assert browser.get(where).status_code == 404
        assert browser.post(f"{where}/attempts").status_code == 404
    assert visitor.get(address).status_code == 302
    assert visitor.post(f"{address}/attempts").status_code == 302
    assert ayesha.client.post(f"{address}/attempts").status_code == 400
    assert ayesha.get(f"{address}/attempts").status_code == 405


def test_who_left_the_class_keeps_what_was_done_and_hands_in_what_runs(
    app: Flask, ayesha: Browser, set_quiz: Set
) -> None:
    assignment = set_quiz()
    attempt = begin(ayesha, assignment)
    leaves(app)
    assert ayesha.get(f"/assignments/{assignment}").status_code == 404
    assert ayesha.post(f"/assignments/{assignment}/attempts").status_code == 404
    assert f'href="/attempts/{attempt}"' in ayesha.get("/").text
    assert ayesha.answer(attempt, 4, "Ouzel").status_code == 303
    assert ayesha.post(f"/attempts/{attempt}/submit").status_code == 303
    review = ayesha.get(f"/attempts/{attempt}/review")
    assert review.status_code == 200
    assert f"/assignments/{assignment}" not in review.text
    assert "The whole harbour" in ayesha.get("/history").text


def test_late_work_is_late_everywhere_and_says_what_is_taken_off(
    ayesha: Browser, tahir: Browser, set_quiz: Set
) -> None:
    assignment = set_quiz("rise-practice", due=utcnow() - DAY / 2, late=LatePolicy.DEDUCT, late_percent=10)
    attempt = begin(ayesha, assignment)
    ayesha.answer(attempt, 2, "1851")
    ayesha.post(f"/attempts/{attempt}/submit")
    sentence = "It was handed in 1 day late: of the 50%, 5% are taken off, so 45% counts."
    for browser in (ayesha, tahir):
        assert sentence in browser.get(f"/attempts/{attempt}/review").text
    for address in ("/", "/history", f"/assignments/{assignment}"):
        page = ayesha.get(address).text
        assert "late by 1 day" in page
        assert "45%" in page
    assert "late by 1 day" in tahir.get(f"/teach/assignments/{assignment}").text


def test_nothing_of_the_score_shows_before_it_has_closed(ayesha: Browser, set_quiz: Set) -> None:
    closes = (utcnow() + DAY).isoformat()
    feedback = dict.fromkeys(("correctness", "mark", "key", "explanation", "evidence", "note"), "after_closing")
    assignment = set_quiz("rise-practice", settings={"closes": closes, "feedback": feedback}, due=utcnow() - DAY)
    attempt = begin(ayesha, assignment)
    ayesha.answer(attempt, 2, "1851")
    ayesha.post(f"/attempts/{attempt}/submit")
    for address in ("/", f"/assignments/{assignment}", f"/attempts/{attempt}/review", "/history"):
        assert not re.search(r"\d%", ayesha.get(address).text), address
    assert "50%" not in ayesha.get("/history/attempts.csv").text


def test_a_page_says_that_it_is_there_for_an_assignment_alone(
    app: Flask, ayesha: Browser, ben: Browser, visitor: Browser, set_quiz: Set
) -> None:
    attempt, own = begin(ayesha, set_quiz()), ayesha.start("rise-practice")
    address = f"/attempts/{attempt}/here"
    assert f'data-here-address="{address}"' in ayesha.get(f"/attempts/{attempt}/questions/1").text
    assert "data-here-address" not in ayesha.get(f"/attempts/{own}/questions/1").text
    with counted(app) as run:
        response = ayesha.post(address)
    assert (response.status_code, response.data, len(run)) == (204, b"", 1)
    assert "Set-Cookie" not in response.headers
    with app.app_context():
        assert db.session.get_one(Attempt, attempt).seen is not None
    for browser, where in ((ayesha, f"/attempts/{own}/here"), (ben, address), (visitor, address)):
        assert browser.post(where).status_code == 404
    assert ayesha.client.post(address).status_code == 400
    assert ayesha.get(address).status_code == 405


def test_what_ended_by_itself_is_closed_before_the_next_is_begun(app: Flask, ayesha: Browser, set_quiz: Set) -> None:
    assignment = set_quiz(settings={"minutes": 30})
    first = begin(ayesha, assignment)
    with app.app_context():
        db.session.execute(db.update(Attempt).values(deadline=NOW - DAY))
        db.session.commit()
    second = begin(ayesha, assignment)
    with app.app_context():
        numbers = db.session.execute(db.select(Attempt.id, Attempt.number, Attempt.state).order_by(Attempt.id)).all()
    assert [tuple(row) for row in numbers] == [(first, 1, "submitted"), (second, 2, "open")]
