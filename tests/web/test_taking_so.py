"""Taking a quiz that is run otherwise: all on one page, in time, with certainty, an open book, feedback held back."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from quizapp.domain.settings import QuizSettings
from quizapp.models import Accommodation, Attempt, db
from quizapp.services.attempts import showing
from tests.conftest import Browser, person, quiz_named

NOW = datetime.now(UTC)
"""The web goes by the clock on the wall."""


def run_so(app: Flask, quiz: str, **settings: Any) -> None:
    """Run a quiz with these settings from now on."""
    with app.app_context():
        quiz_named(db.session(), quiz).settings = QuizSettings(**settings).plain()
        db.session.commit()


def response_in(app: Flask, attempt: int, position: int) -> Any:
    """What is saved of one answer."""
    with app.app_context():
        return showing.attempt_state(db.session(), attempt).slot(position).response


def sheet(page: str, **answers: Any) -> dict[str, Any]:
    """The form of a page with all questions as a browser sends it, with these answers put in."""
    hidden = dict(re.findall(r'name="((?:seen|revision)-\d+)" value="([^"]*)"', page))
    return {**hidden, **{name.replace("_", "-"): value for name, value in answers.items()}}


def one_page(app: Flask, browser: Browser, quiz: str = "whole-test", **settings: Any) -> tuple[int, str]:
    """An attempt with all questions on one page, and the page."""
    run_so(app, quiz, one_page=True, **settings)
    attempt = browser.start(quiz)
    return attempt, browser.get(f"/attempts/{attempt}", follow_redirects=True).text


def send(browser: Browser, attempt: int, form: dict[str, Any]) -> TestResponse:
    """Send the form of a page with all questions."""
    return browser.post(f"/attempts/{attempt}/questions", form)


def test_all_questions_stand_on_one_page_and_are_saved_together(app: Flask, ayesha: Browser) -> None:
    attempt, page = one_page(app, ayesha)
    assert page.count("data-slot=") == 8
    sent = send(ayesha, attempt, sheet(page, answer_4="Ouzel", answer_5="1851", finish="1"))
    assert sent.location.endswith("/submit")
    assert response_in(app, attempt, 4) == {"text": "Ouzel"}
    assert response_in(app, attempt, 5) == {"text": "1851"}


def test_an_old_page_takes_back_nothing_that_it_did_not_touch(app: Flask, ayesha: Browser) -> None:
    attempt, page = one_page(app, ayesha)
    send(ayesha, attempt, sheet(page, answer_4="Ouzel"))
    send(ayesha, attempt, sheet(page, answer_5="1851"))
    assert response_in(app, attempt, 4) == {"text": "Ouzel"}
    assert response_in(app, attempt, 5) == {"text": "1851"}


def test_an_answer_that_an_old_page_would_replace_is_asked_about_and_the_rest_is_saved(
    app: Flask, ayesha: Browser
) -> None:
    attempt, page = one_page(app, ayesha)
    send(ayesha, attempt, sheet(page, answer_4="Ouzel"))
    asked = send(ayesha, attempt, sheet(page, answer_4="Ouse", answer_5="1851"))
    assert asked.status_code == 422
    assert "Another page has saved an answer" in asked.text
    assert 'value="Ouse"' in asked.text
    assert response_in(app, attempt, 4) == {"text": "Ouzel"}
    assert response_in(app, attempt, 5) == {"text": "1851"}
    again = send(ayesha, attempt, sheet(asked.text, answer_4="Ouse", answer_5="1851"))
    assert again.status_code == 303
    assert response_in(app, attempt, 4) == {"text": "Ouse"}


def test_what_cannot_be_read_is_asked_again_and_the_rest_is_saved(app: Flask, ayesha: Browser) -> None:
    attempt, page = one_page(app, ayesha)
    asked = send(ayesha, attempt, sheet(page, answer_4="Ouzel", answer_5="long ago"))
    assert asked.status_code == 422
    assert 'value="long ago"' in asked.text
    assert response_in(app, attempt, 4) == {"text": "Ouzel"}
    assert response_in(app, attempt, 5) is None


def test_a_practice_on_one_page_checks_one_answer_and_keeps_the_others(app: Flask, visitor: Browser) -> None:
    attempt, page = one_page(app, visitor, "rise-practice")
    king = visitor_option(page, "The crown")
    checked = send(visitor, attempt, sheet(page, answer_1=king, answer_2="1850", check="2"))
    assert checked.location.endswith("/questions#question-2")
    shown = visitor.get(f"/attempts/{attempt}/questions").text
    assert "That is the year before." in shown
    assert "A person founded it." not in shown
    assert f'value="{king}" checked' in shown


def visitor_option(page: str, words: str) -> str:
    """The value of the option with these words."""
    found = re.search(rf'value="(\w+)"[^>]*>\s*<span class="words">{re.escape(words)}</span>', page)
    assert found is not None
    return found[1]


def test_the_addresses_of_the_other_layout_lead_to_the_right_one(app: Flask, ayesha: Browser, ben: Browser) -> None:
    single = ben.start("whole-test")
    assert ben.get(f"/attempts/{single}/questions").location.endswith(f"/attempts/{single}")
    attempt, _ = one_page(app, ayesha)
    assert ayesha.get(f"/attempts/{attempt}/questions/3").location.endswith("/questions#question-3")


def test_an_open_book_shows_the_passage_without_marks_and_notes(app: Flask, ayesha: Browser) -> None:
    run_so(app, "whole-test", open_book=True)
    attempt = ayesha.start("whole-test")
    page = ayesha.get(f"/attempts/{attempt}/questions/1").text
    assert "Ships carried" in page
    assert "<mark" not in page
    assert "charter" not in page


def test_the_time_left_is_shown_with_what_is_one_s_own(app: Flask, ayesha: Browser) -> None:
    run_so(app, "whole-test", minutes=30)
    with app.app_context():
        db.session.add(Accommodation(user_id=person(db.session(), "ayesha").id, time_factor=2.0, extra_attempts=0))
        db.session.commit()
    assert "60 minutes (30 + your 30)" in ayesha.get("/quizzes/whole-test").text
    attempt = ayesha.start("whole-test")
    page = ayesha.get(f"/attempts/{attempt}/questions/1").text
    assert re.search(r"(60 minutes|1 h 0 min) left", page)
    assert "data-submit-at-deadline" in page


def end(app: Flask, attempt: int, ends: datetime) -> None:
    """Let the attempt end at this moment."""
    with app.app_context():
        db.session.get_one(Attempt, attempt).deadline = ends
        db.session.commit()


def test_an_overdue_attempt_is_closed_by_whoever_looks_first(app: Flask, ayesha: Browser, tahir: Browser) -> None:
    ended = NOW - timedelta(hours=1)
    for look in (
        lambda attempt: ayesha.get(f"/attempts/{attempt}/questions/1"),
        lambda attempt: ayesha.get(f"/attempts/{attempt}/state"),
        lambda _: ayesha.get("/history"),
        lambda _: ayesha.get("/"),
        lambda _: ayesha.get("/quizzes/whole-test"),
        lambda attempt: tahir.get(f"/attempts/{attempt}/review"),
        lambda _: tahir.get("/teach/attempts"),
    ):
        attempt = ayesha.start("whole-test")
        ayesha.answer(attempt, 4, "Ouzel")
        end(app, attempt, ended)
        look(attempt)
        with app.app_context():
            closed = db.session.get_one(Attempt, attempt)
            assert (closed.submitted, closed.score) == (ended, 1.0)


def test_an_answer_too_late_is_told_so_and_the_review_follows(app: Flask, ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    end(app, attempt, NOW - timedelta(minutes=5))
    page = ayesha.post(f"/attempts/{attempt}/questions/4", {"answer": "Ouzel"}, follow_redirects=True).text
    assert "This attempt has ended, so the answer was not taken." in page
    assert "0 of 8 marks" in page


def test_a_quiz_taken_as_often_as_allowed_or_closed_says_so_and_begins_no_more(app: Flask, ayesha: Browser) -> None:
    run_so(app, "whole-test", attempts=1)
    ayesha.post(f"/attempts/{ayesha.start('whole-test')}/submit")
    for settings, says in (({"attempts": 1}, "as often as it may be taken"), ({"closes": NOW}, "has closed")):
        run_so(app, "whole-test", **settings)
        page = ayesha.get("/quizzes/whole-test").text
        assert says in page
        assert "Begin</button>" not in page
        assert says in ayesha.post("/quizzes/whole-test/attempts", follow_redirects=True).text


def test_certainty_is_asked_kept_and_named_first_where_it_was_misplaced(app: Flask, ayesha: Browser) -> None:
    run_so(app, "whole-test", certainty="scored")
    attempt = ayesha.start("whole-test")
    assert "How sure are you?" in ayesha.get(f"/attempts/{attempt}/questions/4").text
    ayesha.post(f"/attempts/{attempt}/questions/4", {"answer": "Ouse", "revision": 1, "certainty": "3"})
    assert re.search(r'value="3" checked', ayesha.get(f"/attempts/{attempt}/questions/4").text)
    page = ayesha.post(f"/attempts/{attempt}/submit", follow_redirects=True).text
    assert "−6 of 24 marks, −25%" in page
    assert page.index("Sure, but wrong") < page.index("Worth reading again")
    assert page.index('id="question-4"') < page.index('id="question-1"')


HELD_BACK = {
    "correctness": "after_closing", "mark": "after_closing", "key": "after_closing",
    "explanation": "never", "evidence": "never", "note": "never",
}  # fmt: skip


def test_what_the_quiz_holds_back_is_not_in_the_review_until_it_may_be(app: Flask, ayesha: Browser) -> None:
    run_so(app, "whole-test", closes=NOW + timedelta(hours=1), feedback=HELD_BACK)
    attempt = ayesha.start("whole-test")
    ayesha.answer(attempt, 4, "Ouse")
    page = ayesha.post(f"/attempts/{attempt}/submit", follow_redirects=True).text
    assert "Your answers are submitted" in page
    assert "shown when the quiz has closed" in page
    assert not re.search("Ouzel|of 8 marks|Not right|another river", page)
    run_so(app, "whole-test", closes=NOW - timedelta(seconds=1), feedback=HELD_BACK)
    later = ayesha.get(f"/attempts/{attempt}/review").text
    assert "Ouzel" in later
    assert "0 of 8 marks" in later
    assert "another river" not in later


def test_a_flag_is_put_up_with_the_answer_kept_and_taken_down_again(app: Flask, ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    flagged = ayesha.post(f"/attempts/{attempt}/questions/4", {"answer": "Ouzel", "revision": 1, "flag": "1"})
    assert flagged.location.endswith("/questions/4#question")
    assert response_in(app, attempt, 4) == {"text": "Ouzel"}
    assert "Flagged to come back to: 4." in ayesha.get(f"/attempts/{attempt}/submit").text
    ayesha.post(f"/attempts/{attempt}/questions/4", {"answer": "Ouzel", "revision": 2, "flag": "0"})
    assert "Flagged" not in ayesha.get(f"/attempts/{attempt}/submit").text


def test_a_flag_in_practice_keeps_a_draft_and_checks_nothing(app: Flask, visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    visitor.post(f"/attempts/{attempt}/questions/2", {"answer": "1850", "revision": 1, "flag": "1"})
    page = visitor.get(f"/attempts/{attempt}/questions/2").text
    assert 'value="1850"' in page
    assert "That is the year before." not in page


def test_a_practice_question_is_tried_once_more_and_leads_back(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    visitor.answer(attempt, 2, "1850")
    again = visitor.post(f"/attempts/{attempt}/questions/2/redo")
    page = visitor.get(again.location).text
    assert "Back to where you were" in page
    assert f'href="/attempts/{attempt}"' in page
    assert "Finish</a>" not in page


def test_where_no_other_question_rests_on_the_same_lines_it_is_said(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    visitor.answer(attempt, 2, "1850")
    page = visitor.post(f"/attempts/{attempt}/questions/2/another", follow_redirects=True).text
    assert "There is no other question on these lines yet." in page


def test_a_problem_is_reported_to_the_teachers(ayesha: Browser, tahir: Browser) -> None:
    attempt = ayesha.start("whole-test")
    address = f"/attempts/{attempt}/questions/4/report"
    assert "What is wrong with this question?" in ayesha.get(address).text
    refused = ayesha.post(address, {"reason": "other", "text": ""})
    assert refused.status_code == 422
    thanks = ayesha.post(address, {"reason": "unclear", "text": "Which of the rivers?"}, follow_redirects=True).text
    assert "the teachers will see what you wrote" in thanks
    assert "Which of the rivers?" in tahir.get("/teach/reports").text
