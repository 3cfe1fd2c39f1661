"""How a bank covers its source."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.models import Bank, db
from quizapp.services.coverage import FEWEST_STUDENTS, CoveredPassage, coverage
from tests.conftest import Browser, question_named


def covered(session: Session) -> dict[str, CoveredPassage]:
    """The passages of the map by their slugs."""
    bank = session.scalars(db.select(Bank)).one()
    return {passage.slug: passage for section in coverage(session, bank) for passage in section.passages}


def finish(browser: Browser, right: bool) -> None:
    """Take the practice on the rise, its first question right or wrong, and finish it."""
    attempt = browser.start("rise-practice")
    browser.answer(attempt, 1, browser.option(attempt, 1, "Ada Marsh" if right else "Bela Stone"))
    browser.post(f"/attempts/{attempt}/submit")


def test_a_passage_counts_the_published_questions_it_decides(session: Session) -> None:
    before = covered(session)["beginnings"].questions
    question_named(session, "walls").status = "retired"
    session.flush()
    assert covered(session)["beginnings"].questions == before - 1


def test_a_passage_keeps_its_place_in_the_reading(session: Session) -> None:
    places = {passage.title: passage.label for passage in covered(session).values()}
    assert (places["Beginnings"], places["Silt"]) == ("1.1", "2.1")
    assert list(places.values()) == sorted(places.values())


@pytest.mark.parametrize(("finished", "rate"), [(FEWEST_STUDENTS - 1, None), (FEWEST_STUDENTS, 0.6)])
def test_a_rate_is_shown_only_where_it_tells_of_nobody_in_particular(
    app: Flask, finished: int, rate: float | None
) -> None:
    for number in range(finished):
        finish(Browser(app.test_client()), right=number < 2)
    with app.app_context():
        passage = covered(db.session())["beginnings"]
    assert passage.answers == finished
    assert passage.error_rate == (None if rate is None else pytest.approx(rate))


def test_only_the_first_finished_attempt_of_each_counts(app: Flask, ayesha: Browser) -> None:
    finish(ayesha, right=False)
    finish(ayesha, right=True)
    with app.app_context():
        assert covered(db.session())["beginnings"].answers == 1


def test_a_question_edited_since_still_counts_its_answers(app: Flask, ayesha: Browser, tahir: Browser) -> None:
    finish(ayesha, right=False)
    with app.app_context():
        question = question_named(db.session(), "founder")
        question.current_version_id = None
        db.session.commit()
        assert covered(db.session())["beginnings"].answers == 1
