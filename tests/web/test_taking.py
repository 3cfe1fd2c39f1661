"""Taking a quiz, as a browser without JavaScript does it."""

import pytest

from tests.conftest import Browser


def test_a_visitor_practises_without_an_account(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    page = visitor.get(f"/attempts/{attempt}", follow_redirects=True).text
    assert "who founded Saltmouth?" in page


def test_practice_shows_mine_right_why_and_the_marked_words_after_each_answer(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    visitor.answer(attempt, 1, visitor.option(attempt, 1, "The crown"))
    page = visitor.get(f"/attempts/{attempt}/questions/1").text
    assert "Your answer" in page
    assert "A person founded it." in page
    assert '<mark class="evidence' in page
    assert "The town’s own charter is dated 1804." in page
    assert 'href="/read/harbour#beginnings"' in page


def test_practice_goes_on_to_the_next_open_question_and_ends_with_a_score(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    visitor.answer(attempt, 1, visitor.option(attempt, 1, "Ada Marsh"))
    assert visitor.get(f"/attempts/{attempt}").location.endswith("/questions/2")
    visitor.answer(attempt, 2, "1851")
    assert visitor.get(f"/attempts/{attempt}").location.endswith("/submit")
    page = visitor.post(f"/attempts/{attempt}/submit", follow_redirects=True).text
    assert "2 of 2 marks, 100%" in page
    assert "Every answer was right." in page


def test_a_test_is_reviewed_after_submission_and_not_before(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    ayesha.answer(attempt, 4, "Ouse")
    assert ayesha.get(f"/attempts/{attempt}/review").location.endswith(f"/attempts/{attempt}")
    assert "Not answered: 1, 2, 3, 5, 6, 7, 8." in ayesha.get(f"/attempts/{attempt}/submit").text
    ayesha.post(f"/attempts/{attempt}/submit")
    page = ayesha.get(f"/attempts/{attempt}/review").text
    assert "0 of 8 marks, 0%" in page
    assert "The Ouse is another river." in page


def test_an_answer_of_a_test_is_shown_again_and_can_be_changed(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    ayesha.answer(attempt, 4, "Ouse", revision=1)
    page = ayesha.get(f"/attempts/{attempt}/questions/4").text
    assert 'value="Ouse"' in page
    assert 'name="revision" value="2"' in page
    assert ayesha.answer(attempt, 4, "Ouzel", revision=2).location.endswith("/questions/5")


def test_the_last_answer_of_a_test_leads_to_the_last_look(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    cloze = ayesha.answer(attempt, 8, ["cart", "copper"])
    assert cloze.location.endswith(f"/attempts/{attempt}/submit")


def test_an_answer_from_an_older_page_is_kept_in_sight_and_can_replace_the_newer(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    ayesha.answer(attempt, 4, "Ouzel", revision=1)
    refused = ayesha.answer(attempt, 4, "Ouse", revision=1)
    assert refused.status_code == 409
    assert 'value="Ouse"' in refused.text
    assert 'name="revision" value="2"' in refused.text


def test_what_is_no_number_is_asked_again_with_everything_kept(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    response = visitor.answer(attempt, 2, "eighteen <b>")
    assert response.status_code == 422
    assert 'value="eighteen &lt;b&gt;"' in response.text
    assert 'aria-describedby="instruction problem"' in response.text


@pytest.mark.parametrize("forged", [["1", "2"], "99", "0", "-1", "x" * 600], ids=str)
def test_a_forged_choice_is_refused_and_changes_nothing(visitor: Browser, forged: object) -> None:
    attempt = visitor.start("rise-practice")
    assert visitor.answer(attempt, 1, forged).status_code == 422
    assert "not answered" in visitor.get(f"/attempts/{attempt}/questions/1").text


def test_a_second_answer_in_practice_leaves_the_first(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    visitor.answer(attempt, 2, "1850")
    page = visitor.post(
        f"/attempts/{attempt}/questions/2", {"answer": "1851", "revision": 2}, follow_redirects=True
    ).text
    assert "that first answer counts" in page
    assert "That is the year before." in page


def test_after_submission_every_question_leads_to_the_review(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    ayesha.post(f"/attempts/{attempt}/submit")
    assert ayesha.get(f"/attempts/{attempt}/questions/2").location.endswith("/review#question-2")
    assert ayesha.answer(attempt, 2, "1").location.endswith("/review")


def test_a_test_needs_an_account(visitor: Browser) -> None:
    assert "A test needs an account" in visitor.get("/quizzes/whole-test").text
    page = visitor.post("/quizzes/whole-test/attempts", follow_redirects=True).text
    assert "Sign up" in page
    assert "A test needs an account" in page


def test_an_introduction_shows_past_attempts_and_offers_to_continue(ayesha: Browser) -> None:
    attempt = ayesha.start("rise-practice")
    ayesha.post(f"/attempts/{attempt}/submit")
    ayesha.start("rise-practice")
    page = ayesha.get("/quizzes/rise-practice").text
    assert f'href="/attempts/{attempt}/review"' in page
    assert "Continue where you were" in page


def test_saving_an_answer_sends_no_cookie(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    assert "Set-Cookie" not in ayesha.answer(attempt, 4, "Ouzel").headers
