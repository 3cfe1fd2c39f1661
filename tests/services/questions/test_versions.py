"""The versions of a question, and its copies."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.kinds.fields import Part
from quizapp.models import Bank, Objective, Passage, PassageVersion, Question, QuestionVersion, Section, Source, db
from quizapp.services import authoring
from quizapp.services.questions.copies import NowhereToStand, copy_question
from quizapp.services.questions.versions import NoLongerFits, NoSuchVersion, restore, versions_of
from tests.conftest import NOW, person, question_named
from tests.services.test_authoring import draft


@pytest.fixture
def bank(session: Session) -> Bank:
    """The small bank."""
    return session.scalars(db.select(Bank)).one()


@pytest.fixture
def question(session: Session, bank: Bank) -> Question:
    """A question with two versions, both Tahir's."""
    tahir = person(session, "tahir").id
    made = authoring.create_question(session, bank, draft(), tahir, NOW)
    authoring.edit_question(session, made, draft(explanation="Both are named.", answer=False), 1, tahir, NOW)
    session.expire(made)
    return made


def told(version: QuestionVersion) -> dict[str, Any]:
    """All that a version says."""
    return {column.name: getattr(version, column.name) for column in QuestionVersion.__table__.columns}


def test_the_list_tells_who_and_what_changed_in_a_word(session: Session, question: Question) -> None:
    latest, first = versions_of(session, question)
    assert (latest.number, latest.author, latest.changed) == (2, "Tahir (test)", (Part.KEY, Part.EXPLANATION))
    assert (first.number, first.changed) == (1, ())
    assert versions_of(session, question_named(session, "walls"))[0].from_files


def test_restoring_makes_a_new_version_and_changes_no_old_one(session: Session, question: Question) -> None:
    before = [told(version) for version in question.versions]
    assert restore(session, question, 1, 2, person(session, "tahir").id, NOW)
    session.expire(question)
    assert [told(version) for version in question.versions][:2] == before
    assert question.current.number == 3
    assert question.current.content == before[0]["content"]


def test_restoring_what_is_said_already_does_nothing(session: Session, question: Question) -> None:
    assert not restore(session, question, 2, 2, 1, NOW)


def test_restoring_over_a_newer_version_is_refused(session: Session, question: Question) -> None:
    with pytest.raises(authoring.ChangedMeanwhile):
        restore(session, question, 1, 1, 1, NOW)


def test_there_is_no_version_nine(session: Session, question: Question) -> None:
    with pytest.raises(NoSuchVersion):
        restore(session, question, 9, 2, 1, NOW)


def test_a_version_whose_evidence_is_gone_is_not_restored(session: Session, bank: Bank, question: Question) -> None:
    text = session.scalars(db.select(PassageVersion).where(PassageVersion.text.contains("wool and tin"))).one()
    text.text = text.text.replace("wool and tin", "wool and salt")
    session.flush()
    with pytest.raises(NoLongerFits) as refused:
        restore(session, question, 1, 2, 1, NOW)
    assert (refused.value.why, refused.value.what) == ("evidence", "wool and tin")


def test_a_version_with_an_objective_of_the_past_is_not_restored(
    session: Session, bank: Bank, question: Question
) -> None:
    other = replace(draft(), objective=1)
    authoring.edit_question(session, question, other, 2, 1, NOW)
    session.execute(db.delete(Objective).where(Objective.number == 2))
    with pytest.raises(NoLongerFits) as refused:
        restore(session, question, 1, 3, 1, NOW)
    assert (refused.value.why, refused.value.what) == ("objective", "2")


def test_a_copy_is_a_draft_that_says_the_same(session: Session, bank: Bank) -> None:
    walls = question_named(session, "walls")
    walls.tags = ["exam"]
    copied = copy_question(session, walls, bank, person(session, "tahir").id, NOW)
    copy = copied.question
    assert (copy.status, copy.current.number, copy.tags) == (Status.DRAFT, 1, ["exam"])
    assert copy.current.content == walls.current.content
    assert copy.slug != walls.slug
    assert (copied.lost_quotes, copied.lost_claims, copied.moved, copied.other_objective) == ((), (), False, False)


def other_bank(session: Session, *, whole: bool = True) -> Bank:
    """A bank on another text, with one passage and one objective, or nothing at all."""
    source = Source(slug="other", title="Other", author="A", about="B", language="en")
    bank = Bank(slug="other", title="Other", source=source)
    session.add(bank)
    session.flush()
    if whole:
        section = Section(source_id=source.id, slug="one", title="One", dated="1810", position=0)
        session.add_all([section, Objective(bank_id=bank.id, number=7, text="Read")])
        session.flush()
        passage = Passage(source_id=source.id, section_id=section.id, slug="here", position=0)
        session.add(passage)
        session.flush()
    session.refresh(bank)
    return bank


def test_a_copy_in_another_bank_tells_what_does_not_fit_there(session: Session) -> None:
    founder = question_named(session, "founder")
    copied = copy_question(session, founder, other_bank(session), 1, NOW)
    assert copied.lost_quotes
    assert (copied.moved, copied.other_objective, copied.question.current.objective) == (True, True, 7)
    assert copied.lost_claims == tuple(founder.current.claims)
    assert copied.question.current.claims == []


def test_a_bank_without_sections_takes_no_copy(session: Session) -> None:
    with pytest.raises(NowhereToStand):
        copy_question(session, question_named(session, "founder"), other_bank(session, whole=False), 1, NOW)
