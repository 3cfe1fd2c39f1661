"""The key never travels early: nothing sent before the answer tells what is right or why."""

from random import Random

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.kinds import KINDS
from quizapp.models import Question, db
from tests.bank import QUESTIONS
from tests.conftest import Browser

SECRETS = {
    1: ["The first sentence names her.", "A person founded it.", "opens with the founder", "charter"],
    2: ["Named first.", "Named as never shipped.", "Two goods are named"],
    3: ["The passage ends by saying", "They were never finished.", "The last sentence"],
    4: ["Ouzel", "Ouse", "silt"],
    5: ["1851", "1850", "Harbour Book", "The harbour closed"],
    6: ["sweeping the mole", "He swept it.", "She lit it.", "No gate is named", "names all three"],
    7: ["1862", "1874", "1889", "They were the first", "It outlived", "Four dates"],
    8: ["copper", "silver", "No boat could", "They had no silver", "closes on both"],
}
"""Words of key, feedback, explanation, evidence and references, by question of the whole-test."""

ANSWERS: dict[int, str | list[str]] = {
    5: "unreadable",
    6: ["1", "2", ""],
    7: ["4", "3", "2", "1"],
    8: ["boat", "brass"],
}
"""What is sent to some of them: nonsense to a number, an answer of several parts where one is wanted."""


def pages_before_submission(browser: Browser, attempt: int) -> list[str]:
    """All that the server says of an open attempt: pages, headers, the answer to a save, the last look."""
    said: list[str] = []
    for position in SECRETS:
        for response in (
            browser.get(f"/attempts/{attempt}/questions/{position}"),
            browser.answer(attempt, position, ANSWERS.get(position, "99")),
            browser.get(f"/attempts/{attempt}/questions/{position}"),
        ):
            said.append(f"{response.headers}{response.text}")
    said.append(browser.get(f"/attempts/{attempt}/submit").text)
    said.append(browser.get(f"/attempts/{attempt}/review", follow_redirects=True).text)
    return said


def test_no_page_of_an_open_test_holds_key_feedback_explanation_or_evidence(ayesha: Browser) -> None:
    said = "\n".join(pages_before_submission(ayesha, ayesha.start("whole-test")))
    for secrets in SECRETS.values():
        for secret in secrets:
            assert secret not in said


def test_practice_tells_of_one_question_nothing_about_the_next(visitor: Browser) -> None:
    attempt = visitor.start("rise-practice")
    page = visitor.get(f"/attempts/{attempt}/questions/2").text
    visitor.answer(attempt, 1, "1")
    page += visitor.get(f"/attempts/{attempt}/questions/2").text
    assert not [secret for secret in SECRETS[5] if secret in page]


def reasons_in(data: object) -> list[str]:
    """Every feedback and date of a content, however deep it stands."""
    if isinstance(data, list):
        return [reason for entry in data for reason in reasons_in(entry)]
    if isinstance(data, dict):
        own = [str(data[name]) for name in ("feedback", "date") if data.get(name)]
        return own + [reason for entry in data.values() for reason in reasons_in(entry)]
    return []


@pytest.mark.parametrize("slug", QUESTIONS)
def test_what_may_be_shown_before_the_answer_has_no_word_of_the_rest(session: Session, slug: str) -> None:
    question = session.scalars(db.select(Question).where(Question.slug == slug)).one()
    kind = KINDS[question.current.kind]
    content = kind.load_content(question.current.content)
    prompt = repr(kind.prompt(content, kind.order(content, Random(3))))
    reasons = [content.explanation, *content.references, *(quote.quote for quote in content.all_evidence())]
    reasons += reasons_in(question.current.content)
    assert not [reason for reason in reasons if reason in prompt]


def test_the_order_of_options_does_not_tell_the_key(app: Flask, ayesha: Browser) -> None:
    places = set()
    for _ in range(12):
        attempt = ayesha.start("rise-practice")
        places.add(ayesha.option(attempt, 1, "Ada Marsh"))
        ayesha.post(f"/attempts/{attempt}/submit")
    assert len(places) > 1
