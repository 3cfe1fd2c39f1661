"""One change to many questions at once."""

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.models import Bank, PassageVersion, Question, db
from quizapp.services.questions.bulk import (
    CannotBeDone,
    ChangedSincePlan,
    Deed,
    Order,
    Refusal,
    apply,
    plan,
)
from tests.bank import QUESTIONS
from tests.conftest import NOW, question_named

TAGGED, MOVED = Order(Deed.TAG, "exam, week 3"), Order(Deed.MOVE, "fall")
RETIRED, PUBLISHED = Order(Deed.STATUS, "retired"), Order(Deed.STATUS, "published")


@pytest.fixture
def bank(session: Session) -> Bank:
    """The small bank."""
    return session.scalars(db.select(Bank)).one()


def ids(session: Session, *slugs: str) -> list[int]:
    """The ids of questions."""
    return [question_named(session, slug).id for slug in slugs or QUESTIONS]


def done(session: Session, bank: Bank, order: Order, *slugs: str) -> int:
    """Plan and apply."""
    stamps = {row.id: row.stamp for row in plan(session, bank, ids(session, *slugs), order)}
    return apply(session, bank, stamps, order, 1, NOW)


def test_a_plan_changes_nothing(session: Session, bank: Bank) -> None:
    for order in (TAGGED, MOVED, RETIRED, Order(Deed.OBJECTIVE, "2")):
        plan(session, bank, ids(session), order)
    assert not session.dirty
    assert not session.new


def test_tags_are_added_and_taken_away_and_make_no_version(session: Session, bank: Bank) -> None:
    question_named(session, "goods").tags = ["Exam"]
    assert done(session, bank, TAGGED, "walls", "goods") == 2
    assert question_named(session, "goods").tags == ["Exam", "week 3"]
    assert question_named(session, "walls").current.number == 1
    assert done(session, bank, Order(Deed.UNTAG, "EXAM")) == 2
    assert question_named(session, "walls").tags == ["week 3"]


def test_a_tagged_question_is_still_kept_up_with_its_file_and_a_moved_one_is_not(session: Session, bank: Bank) -> None:
    done(session, bank, TAGGED, "walls")
    done(session, bank, MOVED, "goods")
    assert (question_named(session, "walls").edited_here, question_named(session, "goods").edited_here) == (False, True)


def test_questions_are_moved_and_those_that_are_there_stay(session: Session, bank: Bank) -> None:
    planned = {row.stem: row for row in plan(session, bank, ids(session, "walls", "river"), MOVED)}
    walls, river = (planned[question_named(session, slug).current.content["stem"]] for slug in ("walls", "river"))
    assert (walls.before, walls.after) == ("The rise of the harbour", "The fall of the harbour")
    assert (river.refusal, walls.refusal) == (Refusal.SO_ALREADY, None)
    assert done(session, bank, MOVED, "walls", "river") == 1
    assert question_named(session, "walls").section.slug == "fall"


def test_retiring_names_the_quizzes_that_would_go_without(session: Session, bank: Bank) -> None:
    (row,) = plan(session, bank, ids(session, "founder"), RETIRED)
    assert row.quizzes == ("The rise and more", "The whole harbour")
    assert done(session, bank, RETIRED, "founder") == 1
    assert question_named(session, "founder").status == Status.RETIRED


def test_a_question_whose_evidence_is_gone_is_not_published(session: Session, bank: Bank) -> None:
    done(session, bank, RETIRED, "walls", "river")
    version = session.scalars(db.select(PassageVersion).where(PassageVersion.text.contains("Its walls were"))).one()
    version.text = "Other words, in 1810 and wool and tin."
    session.flush()
    refusals = {row.id: row.refusal for row in plan(session, bank, ids(session, "walls", "river"), PUBLISHED)}
    assert list(refusals.values()) == [Refusal.ORPHANED, None]
    assert done(session, bank, PUBLISHED, "walls", "river") == 1


def test_an_objective_makes_a_new_version_and_keeps_the_old_one(session: Session, bank: Bank) -> None:
    assert done(session, bank, Order(Deed.OBJECTIVE, "2"), "founder") == 1
    question = question_named(session, "founder")
    assert [(version.number, version.objective) for version in question.versions] == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (Order(Deed.TAG, " , "), "tags"),
        (Order(Deed.TAG, "x" * 41), "long tag"),
        (Order(Deed.MOVE, "nowhere"), "section"),
        (Order(Deed.STATUS, "gone"), "status"),
        (Order(Deed.OBJECTIVE, "9"), "objective"),
    ],
    ids=str,
)
def test_an_order_that_makes_no_sense_is_refused(session: Session, bank: Bank, order: Order, why: str) -> None:
    with pytest.raises(CannotBeDone) as refused:
        plan(session, bank, ids(session), order)
    assert refused.value.why == why


def test_where_one_has_changed_meanwhile_none_is_changed(session: Session, bank: Bank) -> None:
    stamps = {row.id: row.stamp for row in plan(session, bank, ids(session), RETIRED)}
    question_named(session, "walls").tags = ["theirs"]
    session.flush()
    with pytest.raises(ChangedSincePlan) as told:
        apply(session, bank, stamps, RETIRED, 1, NOW)
    assert told.value.questions == {question_named(session, "walls").id}
    assert not session.scalars(db.select(Question).where(Question.status == Status.RETIRED)).all()


def test_questions_of_other_banks_are_passed_over_in_a_plan_and_refused_in_the_deed(
    session: Session, bank: Bank
) -> None:
    assert plan(session, bank, [999], RETIRED) == []
    with pytest.raises(ChangedSincePlan):
        apply(session, bank, {999: "x"}, RETIRED, 1, NOW)
