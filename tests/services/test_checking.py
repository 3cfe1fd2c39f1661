"""The linter beside the editor."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.formats.document import QuestionDocument
from quizapp.models import Bank, db
from quizapp.services import checking
from quizapp.services.banks import add_version, question_document
from tests.conftest import NOW, question_named


@pytest.fixture
def bank(session: Session) -> Bank:
    """The small bank."""
    return session.scalars(db.select(Bank)).one()


def changed(session: Session, slug: str, **content: Any) -> QuestionDocument:
    """A question of the small bank with some of its words changed, as an editor holds it."""
    document = question_document(question_named(session, slug))
    return document.model_copy(update={"content": document.content.model_copy(update=content)})


def found(session: Session, bank: Bank, question: QuestionDocument) -> set[str]:
    """The rules that find something."""
    return {finding.rule.id for finding in checking.findings_on(session, bank, question)}


def test_a_question_is_judged_as_it_stands_in_the_editor(session: Session, bank: Bank) -> None:
    stem = "According to the writer, who was not the founder of Saltmouth?"
    assert "negative-stem" in found(session, bank, changed(session, "founder", stem=stem))


def test_the_rest_of_the_bank_is_looked_at_too(session: Session, bank: Bank) -> None:
    twin = changed(session, "founder").model_copy(update={"id": "new-question"})
    assert "near-duplicate" in found(session, bank, twin)


def test_a_change_of_another_question_is_noticed(session: Session, bank: Bank) -> None:
    twin = changed(session, "founder").model_copy(update={"id": "new-question"})
    found(session, bank, twin)
    other = changed(session, "founder", stem="Whom does the first sentence of the passage name?")
    add_version(session, question_named(session, "founder"), other, None, NOW)
    assert "near-duplicate" not in found(session, bank, twin)


def test_what_is_waived_is_not_told(session: Session, bank: Bank) -> None:
    question = question_named(session, "founder")
    question.waivers = [{"rule": "negative-stem", "reason": "The negative is what the question is about."}]
    stem = "According to the writer, who was not the founder of Saltmouth?"
    assert "negative-stem" not in found(session, bank, changed(session, "founder", stem=stem))


def test_a_twin_that_is_retired_is_no_twin_any_more(session: Session, bank: Bank) -> None:
    twin = changed(session, "founder").model_copy(update={"id": "new-question"})
    assert "near-duplicate" in found(session, bank, twin)
    question_named(session, "founder").status = Status.RETIRED
    session.flush()
    assert "near-duplicate" not in found(session, bank, twin)
