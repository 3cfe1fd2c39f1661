"""Two server processes on one database: what one has done the other knows, and a person is the same to both.

Each process keeps what never changes in its memory; here two apps stand for them, and the other has looked before.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask

from quizapp.models import Passage, User, db
from quizapp.services import accounts
from quizapp.services.classes import joining
from quizapp.services.item_analysis import figures, tallying
from quizapp.web.clock import utcnow
from tests.classes import classroom_of
from tests.conftest import PASSWORD, Browser, make_app, person, question_named, quiz_named
from tests.web.test_corrections import applies
from tests.web.test_teach import COMMON, KINDS, new_address

RIVER = 4
NEW = {"display_name": "Zara", "password": "a long password"}


@pytest.fixture
def other(app: Flask) -> Flask:
    """The app of another process, on the same database."""
    return make_app(Path(app.instance_path))


def at(process: Flask, browser: Browser) -> Browser:
    """The same browser, when its requests reach another process."""
    there = Browser(process.test_client(), browser.known)
    there.client.set_cookie("quizapp", browser.known[0])
    return there


def test_a_session_works_at_both_and_ends_at_both(app: Flask, other: Flask, ayesha: Browser) -> None:
    assert at(other, ayesha).get("/account/password").status_code == 200
    before = at(other, ayesha)
    ayesha.post("/account/password", {"current": PASSWORD, "new": "another long password"})
    assert before.get("/account/password").status_code == 302
    assert Browser(other.test_client()).sign_in("ayesha", "another long password").status_code == 303


def test_an_older_answer_does_not_overwrite_what_the_other_process_saved(
    app: Flask, other: Flask, ayesha: Browser
) -> None:
    attempt = ayesha.start("whole-test")
    save = f"/attempts/{attempt}/questions/{RIVER}/save"
    assert at(other, ayesha).post(save, {"answer": "Ouzel", "revision": 2}).status_code == 200
    assert ayesha.post(save, {"answer": "Trent", "revision": 1}).status_code == 409
    assert 'value="Ouzel"' in ayesha.get(f"/attempts/{attempt}/questions/{RIVER}").text


def test_what_is_handed_in_at_one_is_over_at_the_other(app: Flask, other: Flask, ayesha: Browser) -> None:
    attempt, there = ayesha.start("whole-test"), at(other, ayesha)
    there.get(f"/attempts/{attempt}/questions/{RIVER}")
    ayesha.post(f"/attempts/{attempt}/submit")
    late = there.post(f"/attempts/{attempt}/questions/{RIVER}/save", {"answer": "Ouzel", "revision": 1})
    assert late.status_code == 410
    assert there.get(f"/attempts/{attempt}").location == f"/attempts/{attempt}/review"


def test_a_question_edited_at_one_is_asked_so_at_the_other(
    app: Flask, other: Flask, tahir: Browser, ayesha: Browser
) -> None:
    there = at(other, ayesha)
    assert "founded Saltmouth" in there.get(f"/attempts/{there.start('rise-practice')}/questions/1").text
    with app.app_context():
        question = question_named(db.session(), "founder").id
    edited = {**COMMON, **KINDS["single_choice"], "stem": "According to the writer, who came first?"}
    assert tahir.post(f"/teach/questions/{question}", {**edited, "seen_version": "1"}).status_code == 303
    there.post("/attempts/1/submit")
    assert "who came first?" in there.get(f"/attempts/{there.start('rise-practice')}/questions/1").text


def test_a_correction_applied_at_one_changes_the_review_at_the_other(
    app: Flask, other: Flask, tahir: Browser, ayesha: Browser
) -> None:
    attempt, there = ayesha.start("whole-test"), at(other, ayesha)
    there.answer(attempt, 1, there.option(attempt, 1, "Bela Stone"))
    there.post(f"/attempts/{attempt}/submit")
    assert "0 of 8" in there.get(f"/attempts/{attempt}/review").text
    with app.app_context():
        question = question_named(db.session(), "founder").id
    applies(app, tahir, question)
    assert "1 of 8" in there.get(f"/attempts/{attempt}/review").text


def test_a_passage_moved_at_one_has_its_new_place_at_the_other(
    app: Flask, other: Flask, tahir: Browser, ayesha: Browser
) -> None:
    attempt, there = ayesha.start("whole-test"), at(other, ayesha)
    ayesha.post(f"/attempts/{attempt}/submit")
    review = f"/attempts/{attempt}/review"
    assert "2.1 " in there.get(review).text
    with app.app_context():
        passage = db.session.scalars(db.select(Passage).where(Passage.slug == "silting")).one().id
    assert tahir.post(f"/teach/passages/{passage}/move", {"to": "down"}).status_code == 303
    labels = [re.findall(r"#silting\">(\d\.\d)", browser.get(review).text) for browser in (ayesha, there)]
    assert labels == [["2.2"], ["2.2"]]


def test_what_one_folds_into_the_sums_the_other_shows(app: Flask, other: Flask, ayesha: Browser) -> None:
    def seen_by(process: Flask) -> int:
        with process.app_context():
            return figures.quiz_figures(db.session(), quiz_named(db.session(), "whole-test").id).scores.n

    assert seen_by(other) == 0
    ayesha.post(f"/attempts/{ayesha.start('whole-test')}/submit")
    with app.app_context():
        tallying.tally(db.session(), quiz_named(db.session(), "whole-test").id)
        db.session.commit()
    assert (seen_by(app), seen_by(other)) == (1, 1)


def test_the_rules_at_one_know_the_questions_written_at_the_other(app: Flask, other: Flask, tahir: Browser) -> None:
    address, there = new_address("single_choice"), at(other, tahir)
    fields = {**COMMON, **KINDS["single_choice"]}
    before = there.post(f"{address}/findings", fields).text
    assert tahir.post(address, fields).status_code == 303
    after = there.post(f"{address}/findings", fields).text
    assert before != after
    assert tahir.post(f"{address}/findings", fields).text == after


def test_a_join_code_renewed_at_one_is_dead_at_the_other(app: Flask, other: Flask, ayesha: Browser) -> None:
    there = at(other, ayesha)
    with app.app_context():
        classroom = classroom_of(db.session(), ())
        assert there.get(f"/join/{classroom.join_code}").status_code == 200
        old = classroom.join_code
        joining.renew_code(db.session(), classroom)
        db.session.commit()
    assert there.get(f"/join/{old}").status_code == 404


def test_a_set_up_link_opened_at_both_at_one_moment_makes_one_teacher(app: Flask, other: Flask) -> None:
    with app.app_context():
        db.session.delete(person(db.session(), "tahir"))
        token = accounts.make_set_up_link(db.session(), utcnow())
        db.session.commit()
    browsers = [Browser(process.test_client()) for process in (app, other, app, other)]
    for browser in browsers:
        browser.token()
    together = Barrier(len(browsers))

    def use(number: int) -> int:
        together.wait()
        new = {**NEW, "username": f"zara-{number}"}
        return browsers[number].post(f"/account/set-up/{token}", new).status_code

    with ThreadPoolExecutor(len(browsers)) as pool:
        told = list(pool.map(use, range(len(browsers))))
    assert sorted(told) == [303, 404, 404, 404]
    with app.app_context():
        assert db.session.scalar(db.select(db.func.count(User.id)).where(User.administers)) == 1
