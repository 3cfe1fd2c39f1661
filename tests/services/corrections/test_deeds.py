"""What each correction does to the answers given."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.kinds import KINDS
from quizapp.models import Deed, Question
from quizapp.services import authoring, spaced_review
from quizapp.services.corrections import applying, counts, planning, shapes
from quizapp.services.corrections.proposals import CorrectionRefused
from quizapp.services.item_analysis import tallying
from tests.conftest import NOW, person, question_named, quiz_named, teacher_id
from tests.corrections import (
    ALL_RIGHT,
    LATER,
    began_with,
    content_of,
    correct,
    dry_run,
    proposed,
    standing,
    submit,
    submitted,
)


@pytest.mark.parametrize(
    ("slug", "answer", "fields"),
    [
        ("founder", (1,), {"key": "1"}),
        ("goods", (0, 2), {"key": ["0", "2"]}),
        ("walls", "true", {"key": "true"}),
        ("river", "Ouse", {"accept": "Ouse\nRiver Ouse"}),
        ("first-year", "1850", {"answer": "1850", "tolerance": "0"}),
        ("last-bell", ["boat", "silver"], {"accept-1": "boat", "accept-2": "silver\nsilvery"}),
    ],
)
def test_another_key_marks_what_was_answered_and_makes_a_new_version(
    session: Session, slug: str, answer: Any, fields: dict[str, Any]
) -> None:
    attempt = submitted(session, {slug: answer})
    assert standing(session, attempt, slug)[1] != 1.0
    correction = correct(session, slug, Deed.KEY, **fields)
    assert standing(session, attempt, slug) == (1.0, 1.0, 8.0)
    question = question_named(session, slug)
    assert (question.current.number, question.current.author_id) == (2, teacher_id(session))
    assert question.versions[0].ruling == {
        "void": False, "everyone": False, "accepts": [], "dropped": [],
        "by_version": question.current_version_id, "corrections": [correction.id],
    }  # fmt: skip
    assert question.current.ruling is None


def edited(session: Session, slug: str, **content: Any) -> Question:
    """The question after Tahir has changed its content in the editor."""
    question = question_named(session, slug)
    current = question.current
    draft = authoring.Draft(
        section=question.section.slug,
        kind=current.kind,
        status=Status.PUBLISHED,
        frame=current.frame,
        level=current.level,
        objective=current.objective,
        content=KINDS[current.kind].load_content({**current.content, **content}),
    )
    authoring.edit_question(session, question, draft, current.number, teacher_id(session), NOW)
    session.commit()
    return question


def test_a_version_written_in_the_editor_marks_what_was_answered_before(session: Session) -> None:
    attempt = submitted(session, {"keepers": ["1", "1", "1"]})
    pairs = content_of(question_named(session, "keepers"))["pairs"]
    swapped = [{**pairs[0], "right": "the lamp"}, {**pairs[1], "right": "the mole"}, pairs[2]]
    question = edited(session, "keepers", pairs=swapped)
    order = attempt.slots[5].order
    given = order[3]  # the option that stood first in the list, given to every entry
    correct(session, "keepers", Deed.KEY, by=question.current_version_id, versions=(question.versions[0].id,))
    fits = {0: 1, 1: 0, 2: 2}
    assert standing(session, attempt, "keepers")[0] == pytest.approx(1 / 3 if given in fits.values() else 0)


def test_items_in_another_right_order_are_marked_by_their_words(session: Session) -> None:
    attempt = submitted(session, {"losses": ["1", "2", "3", "4"]})
    order = attempt.slots[6].order
    items = content_of(question_named(session, "losses"))["items"]
    question = edited(session, "losses", items=[{**items[i], "date": None} for i in order])
    correct(session, "losses", Deed.KEY, by=question.current_version_id, versions=(question.versions[0].id,))
    assert standing(session, attempt, "losses")[0] == 1.0


@pytest.mark.parametrize(
    ("slug", "answer", "fields"),
    [
        ("founder", (1,), {"accepted": "1"}),
        ("river", "Indus", {"accepted": "The Indus"}),
        ("first-year", "1,850", {"accepted": "1850"}),
        ("last-bell", ["cart", "silver"], {"blank": "2", "accepted": "silver"}),
    ],
)
def test_one_more_answer_is_accepted_and_the_key_still_is(
    session: Session, slug: str, answer: Any, fields: dict[str, Any]
) -> None:
    attempt, right = submitted(session, {slug: answer}), submitted(session, ALL_RIGHT, "ben")
    before = standing(session, right, slug)
    correct(session, slug, Deed.ACCEPT, **fields)
    assert standing(session, attempt, slug) == (1.0, 1.0, 8.0)
    assert standing(session, right, slug) == before


def test_what_is_accepted_beside_the_only_key_needs_no_new_version(session: Session) -> None:
    correct(session, "founder", Deed.ACCEPT, accepted="2")
    assert question_named(session, "founder").current.number == 1
    assert standing(session, submitted(session, {"founder": (2,)}), "founder")[0] == 1.0


def test_who_chose_a_dropped_option_gets_the_marks(session: Session) -> None:
    chose, wrong = submitted(session, {"founder": (1,)}), submitted(session, {"founder": (2,)}, "ben")
    correct(session, "founder", Deed.DROP, option="1")
    assert (standing(session, chose, "founder")[0], standing(session, wrong, "founder")[0]) == (1.0, 0.0)
    assert [choice["text"] for choice in content_of(question_named(session, "founder"))["choices"]] == [
        "Ada Marsh", "The crown", "A guild of weavers",
    ]  # fmt: skip


def test_ticks_are_marked_without_a_dropped_option(session: Session) -> None:
    attempt = submitted(session, {"goods": (0, 1, 2)})
    assert standing(session, attempt, "goods")[0] == 0.5
    correct(session, "goods", Deed.DROP, option="2")
    assert standing(session, attempt, "goods")[0] == 1.0
    assert len(content_of(question_named(session, "goods"))["choices"]) == 3


def test_a_dropped_key_leaves_the_other_one(session: Session) -> None:
    attempt = submitted(session, {"goods": (0,)})
    correct(session, "goods", Deed.DROP, option="1")
    assert standing(session, attempt, "goods")[0] == 1.0
    assert question_named(session, "goods").current.number == 1, "one key alone could not be asked"


def test_an_option_is_dropped_for_answers_that_another_version_marks(session: Session) -> None:
    attempt = submitted(session, {"founder": (2,)})
    correct(session, "founder", Deed.KEY, key="1")
    correct(session, "founder", Deed.DROP, option="2")
    assert standing(session, attempt, "founder")[0] == 1.0


def test_the_only_key_is_never_dropped(session: Session) -> None:
    with pytest.raises(CorrectionRefused, match="only key"):
        dry_run(session, "founder", Deed.DROP, option="0")


@pytest.mark.parametrize("answers", [{}, {"founder": (1,)}, {"founder": (0,)}], ids=["blank", "wrong", "right"])
def test_everyone_gets_the_marks_blank_or_not(session: Session, answers: dict[str, Any]) -> None:
    attempt = submitted(session, answers)
    correct(session, "founder", Deed.EVERYONE)
    assert standing(session, attempt, "founder") == (1.0, 1.0, 8.0)


def test_a_void_question_is_neither_earned_nor_possible(session: Session) -> None:
    attempt = submitted(session, {**ALL_RIGHT, "founder": (1,)})
    correct(session, "founder", Deed.VOID)
    assert standing(session, attempt, "founder") == (None, 4.0, 7.0)
    assert attempt.awaiting == 0


def test_a_void_question_that_was_right_is_spared_where_the_share_would_fall(session: Session) -> None:
    attempt = submitted(session, ALL_RIGHT)
    (change,) = dry_run(session, "founder", Deed.VOID).attempts
    assert (change.spared, change.lowered) == (True, False)
    correct(session, "founder", Deed.VOID)
    assert standing(session, attempt, "founder") == (1.0, 5.0, 8.0)
    assert attempt.slots[0].spared


def test_marks_fall_only_where_they_may(session: Session) -> None:
    attempt = submitted(session, ALL_RIGHT)
    correct(session, "founder", Deed.KEY, key="1")
    assert standing(session, attempt, "founder") == (1.0, 5.0, 8.0)
    correct(session, "founder", Deed.KEY, key="2", lowers=True)
    assert standing(session, attempt, "founder") == (0.0, 4.0, 8.0)
    assert (attempt.slots[0].spared, attempt.slots[0].kept_ruling) == (False, None)


def test_an_answer_spared_twice_keeps_the_ruling_that_gave_its_marks(session: Session) -> None:
    attempt = submitted(session, {})
    correct(session, "founder", Deed.EVERYONE)
    correct(session, "founder", Deed.KEY, key="1")
    correct(session, "founder", Deed.KEY, key="2")
    assert standing(session, attempt, "founder") == (1.0, 1.0, 8.0)
    kept = attempt.slots[0].kept_ruling
    assert kept is not None
    assert kept["everyone"]


def test_an_open_test_is_marked_by_the_correction_when_it_is_submitted(session: Session) -> None:
    attempt = began_with(session, {"founder": (1,), "walls": "false"})
    planned = dry_run(session, "founder", Deed.KEY, key="1")
    assert (planned.attempts, planned.open_attempts) == ((), 1)
    correct(session, "founder", Deed.KEY, key="1")
    correct(session, "walls", Deed.VOID)
    submit(session, attempt)
    assert standing(session, attempt, "founder") == (1.0, 1.0, 7.0)


def test_a_checked_answer_of_an_open_practice_is_marked_anew_and_the_next_one_as_well(session: Session) -> None:
    attempt = began_with(session, {"founder": (1,)}, quiz="rise-practice")
    correct(session, "founder", Deed.ACCEPT, accepted="1")
    assert standing(session, attempt, "founder")[0] == 1.0
    assert attempt.score is None
    other = began_with(session, {"founder": (1,)}, "ben", quiz="rise-practice")
    assert standing(session, other, "founder")[0] == 1.0


@pytest.mark.parametrize(
    ("slug", "deed", "fields", "says"),
    [
        ("founder", Deed.KEY, {"key": "0"}, "is the key already"),
        ("founder", Deed.KEY, {"key": "9"}, "Choose from the options"),
        ("founder", Deed.KEY, {}, "Choose from the options"),
        ("goods", Deed.KEY, {"key": ["0"]}, "two options or more"),
        ("walls", Deed.KEY, {"key": "false"}, "not the key already"),
        ("river", Deed.KEY, {"accept": " \n"}, "at least one"),
        ("river", Deed.ACCEPT, {"accepted": "ouzel"}, "accepted already"),
        ("first-year", Deed.KEY, {"answer": "many"}, "Write a number"),
        ("first-year", Deed.KEY, {"answer": "1850", "tolerance": "-1"}, "0 or more"),
        ("first-year", Deed.ACCEPT, {"accepted": "often"}, "no|not a number"),
        ("last-bell", Deed.ACCEPT, {"blank": "9", "accepted": "x"}, "Choose a blank"),
        ("last-bell", Deed.ACCEPT, {"blank": "1", "accepted": "x"}, "must stand in that list"),
        ("keepers", Deed.KEY, {}, "in the editor"),
        ("walls", Deed.ACCEPT, {"accepted": "x"}, "change its key"),
        ("walls", Deed.DROP, {"option": "0"}, "Choose the option"),
        ("founder", Deed.VOID, {"versions": ()}, "Choose the versions"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    session: Session, slug: str, deed: Deed, fields: dict[str, Any], says: str
) -> None:
    with pytest.raises(CorrectionRefused, match=says):
        dry_run(session, slug, deed, **fields)


def test_the_same_again_would_change_nothing(session: Session) -> None:
    correct(session, "founder", Deed.VOID)
    with pytest.raises(CorrectionRefused, match="holds already"):
        dry_run(session, "founder", Deed.VOID)


def test_a_question_can_be_taken_out_of_use_with_it(session: Session) -> None:
    correct(session, "founder", Deed.VOID, retires=True)
    assert question_named(session, "founder").status == Status.RETIRED


def test_what_is_said_of_the_options_can_be_written_anew_with_the_key(session: Session) -> None:
    correct(session, "founder", Deed.KEY, key="1", explanation="By the charter.", **{"feedback-1": "The charter."})
    content = content_of(question_named(session, "founder"))
    assert (content["explanation"], content["choices"][1]["feedback"]) == ("By the charter.", "The charter.")
    assert content["choices"][0]["feedback"] == "The first sentence names her."


def test_a_void_answer_is_no_part_of_what_is_remembered(session: Session) -> None:
    submitted(session, {"founder": (1,)})
    ayesha, founder = person(session, "ayesha").id, question_named(session, "founder").id
    assert founder in {one.question_id for one in spaced_review.memories(session, ayesha, LATER)}
    correct(session, "founder", Deed.VOID)
    assert founder not in {one.question_id for one in spaced_review.memories(session, ayesha, LATER)}


def test_the_kept_sums_of_the_quizzes_concerned_are_made_anew(session: Session) -> None:
    attempt = submitted(session, {"founder": (1,)})
    tallying.tally(session, quiz_named(session, "whole-test").id)
    session.refresh(attempt)
    assert attempt.tallied
    correct(session, "founder", Deed.EVERYONE)
    session.refresh(attempt)
    assert not attempt.tallied


def test_versions_of_another_shape_are_corrected_apart_and_the_current_one_stays(session: Session) -> None:
    attempt = submitted(session, {"founder": (1,)})
    choices = content_of(question_named(session, "founder"))["choices"]
    question = edited(session, "founder", choices=choices[:3])
    old = question.versions[0].id
    proposal = proposed(session, "founder", Deed.KEY, key="1", versions=(old,))
    with pytest.raises(CorrectionRefused, match="differ in more than the key"):
        planning.plan(session, question, None, proposal)
    seen = planning.plan(session, question, old, proposal).seen
    applying.apply(session, question, old, proposal, seen, teacher_id(session), LATER)
    assert standing(session, attempt, "founder")[0] == 1.0
    assert (question.current.number, len(question.versions)) == (2, 3)


def test_what_was_typed_and_is_wrong_is_counted_until_it_is_accepted(session: Session) -> None:
    submitted(session, {"first-year": "1,850"})
    submitted(session, {"first-year": "1850"}, "ben")
    question = question_named(session, "first-year")
    found = counts.counts(session, shapes.shapes(question)[0])
    assert (found.answers, found.facility) == (2, 0.0)
    assert sorted((one.text, one.count) for one in found.wrong) == [("1,850", 1), ("1850", 1)]
    correct(session, "first-year", Deed.ACCEPT, accepted="1850")
    session.refresh(question)
    assert counts.counts(session, shapes.shapes(question)[0]).wrong == ()
