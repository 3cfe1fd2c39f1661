"""Taking a quiz, as a browser without JavaScript does it."""

from collections.abc import Mapping

import html5lib
import pytest
from flask import Flask

from quizapp.models import db
from quizapp.services import quiz_building
from tests.conftest import Browser, question_named, quiz_named


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
    assert visitor.get(f"/attempts/{attempt}").location.endswith("/questions/2#question")
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
    assert ayesha.answer(attempt, 4, "Ouzel", revision=2).location.endswith("/questions/5#question")


def test_the_last_answer_of_a_test_leads_to_the_last_look(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    last = ayesha.answer(attempt, 8, ["cart", "copper"])
    assert last.location.endswith(f"/attempts/{attempt}/submit")


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
    assert 'aria-describedby="your-instruction your-problem"' in response.text


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


KEEPERS = {"Cole Harrow": "the mole", "Dora Finch": "the bell", "Emil Oakes": ""}
LOSSES = {"its ships": "1", "the mole": "3", "the lamp": "2", "the bell": "4"}
LAST_BELL = {"Blank 1": "boat", "Blank 2": "cooper"}


def controls(page: str) -> list[tuple[str, Mapping[str, str]]]:
    """What each control of the answer is called, in order, and for a list the value of each of its options."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    labels = {label.get("for"): "".join(label.itertext()).strip() for label in tree.iter("label")}
    return [
        (
            control.get("aria-label") or labels[control.get("id")],
            {"".join(option.itertext()): option.get("value") for option in control.iter("option")},
        )
        for control in tree.iter()
        if control.get("name") == "answer"
    ]


def values(page: str, answers: Mapping[str, str]) -> list[str]:
    """The answers as the form sends them: to each control the option with these words, or what is typed."""
    return [options.get(answers[name], answers[name]) for name, options in controls(page)]


def practising(app: Flask, browser: Browser, slug: str) -> int:
    """An attempt at the practice quiz, which now asks this question as well, third."""
    with app.app_context():
        quiz = quiz_named(db.session(), "rise-practice")
        quiz_building.add_question(db.session(), quiz, question_named(db.session(), slug).id)
        db.session.commit()
    return browser.start("rise-practice")


@pytest.mark.parametrize(
    ("slug", "answers", "says"),
    [
        ("keepers", KEEPERS, ["1 of 3 right", "She lit it.", "He rang it.", "speak against your choice"]),
        ("losses", LOSSES, ["5 of 6 pairs", "You gave it place 3", "It outlived the mole.", "2 November 1874"]),
        ("last-bell", LAST_BELL, ["1 of 2 right", "No boat could come near.", "in its usual form: copper"]),
    ],
)
def test_practice_explains_every_part_of_an_answer(
    app: Flask, visitor: Browser, slug: str, answers: dict[str, str], says: list[str]
) -> None:
    attempt = practising(app, visitor, slug)
    page = visitor.get(f"/attempts/{attempt}/questions/3").text
    assert visitor.answer(attempt, 3, values(page, answers)).status_code == 303
    reviewed = visitor.get(f"/attempts/{attempt}/questions/3").text
    assert "Partly right" in reviewed
    assert [words for words in says if words not in reviewed] == []


@pytest.mark.parametrize(
    ("position", "answers", "unused"),
    [(6, KEEPERS, "He swept it."), (7, LOSSES, "They were the first"), (8, LAST_BELL, "They had no silver to give.")],
    ids=["matching", "ordering", "cloze"],
)
def test_an_answer_of_several_parts_is_shown_again_and_reviewed_after_submission(
    ayesha: Browser, position: int, answers: dict[str, str], unused: str
) -> None:
    attempt = ayesha.start("whole-test")
    sent = values(ayesha.get(f"/attempts/{attempt}/questions/{position}").text, answers)
    ayesha.answer(attempt, position, sent)
    assert shown(ayesha.get(f"/attempts/{attempt}/questions/{position}").text) == sent
    ayesha.post(f"/attempts/{attempt}/submit")
    review = ayesha.get(f"/attempts/{attempt}/review").text
    part = review.partition(f'id="question-{position}"')[2].partition('class="desk"')[0]
    assert "Partly right" in part
    assert unused not in part


def shown(page: str) -> list[str]:
    """What stands in each control of the answer."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return [
        control.get("value")
        or next((option.get("value") for option in control.iter("option") if option.get("selected") is not None), "")
        for control in tree.iter()
        if control.get("name") == "answer"
    ]


@pytest.mark.parametrize(
    ("position", "sent"),
    [(6, ["1", "9", ""]), (7, ["1", "1", "2", "3"]), (8, ["canoe", "<b>copper"])],
    ids=["matching", "ordering", "cloze"],
)
def test_several_parts_that_are_no_answer_are_asked_again_with_what_can_be_kept(
    ayesha: Browser, position: int, sent: list[str]
) -> None:
    attempt = ayesha.start("whole-test")
    refused = ayesha.answer(attempt, position, sent)
    assert refused.status_code == 422
    assert all(again in (was, "") for was, again in zip(sent, shown(refused.text), strict=True))
    assert shown(refused.text)[0] == ("" if position == 8 else "1")


@pytest.mark.parametrize("position", [6, 7, 8])
@pytest.mark.parametrize("sent", ["1", ["1"] * 40, ["x" * 600] * 4], ids=["one", "forty", "huge"])
def test_another_number_of_parts_is_refused_and_changes_nothing(ayesha: Browser, position: int, sent: object) -> None:
    attempt = ayesha.start("whole-test")
    assert ayesha.answer(attempt, position, sent).status_code == 422
    assert set(shown(ayesha.get(f"/attempts/{attempt}/questions/{position}").text)) == {""}
