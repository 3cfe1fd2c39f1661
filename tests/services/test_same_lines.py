"""Another question on the same lines, in a bank as it stands now."""

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.services.same_lines import question_on_same_lines, questions_on_same_lines
from tests.bank import QUESTIONS
from tests.conftest import question_named
from tests.spaced import with_same_lines


@pytest.fixture
def session(session: Session) -> Session:
    """The bank in which “goods” shares words with “founder”, and “walls” its claim."""
    with_same_lines(session)
    return session


def near(session: Session, slug: str, *avoid: str) -> str | None:
    found = question_on_same_lines(
        session, question_named(session, slug).id, {question_named(session, name).id for name in avoid}
    )
    return next((name for name in QUESTIONS if question_named(session, name).id == found), None)


def test_the_same_words_are_nearer_than_the_same_claim(session: Session) -> None:
    assert near(session, "founder") == "goods"
    assert near(session, "founder", "goods") == "walls"
    assert near(session, "founder", "goods", "walls") is None


def test_the_same_passage_alone_is_not_the_same_lines(session: Session) -> None:
    assert near(session, "goods", "founder") is None
    assert near(session, "keepers") is None


def test_only_published_questions_are_found(session: Session) -> None:
    question_named(session, "goods").status = Status.RETIRED
    session.flush()
    assert near(session, "founder") == "walls"


def test_a_question_no_longer_published_still_has_its_lines(session: Session) -> None:
    question_named(session, "founder").status = Status.RETIRED
    session.flush()
    assert near(session, "founder") == "goods"


def test_words_that_the_passage_has_lost_are_on_no_lines(session: Session) -> None:
    question_named(session, "walls").status = Status.DRAFT
    passage = question_named(session, "founder").section.passages[0]
    passage.current.text = "Nothing of it is left."
    session.flush()
    assert near(session, "founder") is None


def test_many_are_looked_up_at_once_and_strangers_left_out(session: Session) -> None:
    founder, goods, river = (question_named(session, slug).id for slug in ("founder", "goods", "river"))
    walls = question_named(session, "walls").id
    found = questions_on_same_lines(session, [founder, goods, river, 999])
    assert found == {founder: [goods, walls], goods: [founder], river: []}


def test_a_question_that_is_asked_about_but_not_published_is_offered_for_no_other(session: Session) -> None:
    founder, goods = question_named(session, "founder"), question_named(session, "goods")
    founder.status = Status.RETIRED
    session.flush()
    assert questions_on_same_lines(session, [founder.id, goods.id])[goods.id] == []


def test_a_claim_is_shared_across_passages(session: Session) -> None:
    question_named(session, "river").current.claims = ["P1.1"]
    session.flush()
    assert near(session, "river") == "founder"
