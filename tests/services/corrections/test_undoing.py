"""A correction taken back."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.models import Attempt, Deed, db
from quizapp.services.attempts import marking, marking_queue
from quizapp.services.corrections import applying, planning, undoing
from quizapp.services.corrections.applying import ChangedMeanwhile
from quizapp.services.corrections.undoing import NotTheLatest, UndoneAlready
from tests.bank import QUESTIONS
from tests.conftest import NOW, person, question_named, teacher_id
from tests.corrections import (
    ALL_RIGHT,
    LATER,
    began_with,
    content_of,
    correct,
    everything,
    proposed,
    standing,
    submit,
    submitted,
    take_back,
)
from tests.essays import essay_of, with_essay

CORRECTIONS: list[tuple[str, Deed, Mapping[str, Any]]] = [
    ("founder", Deed.KEY, {"key": "1"}),
    ("founder", Deed.ACCEPT, {"accepted": "2"}),
    ("founder", Deed.DROP, {"option": "3"}),
    ("goods", Deed.KEY, {"key": ["0", "2"]}),
    ("goods", Deed.DROP, {"option": "1"}),
    ("walls", Deed.KEY, {"key": "true"}),
    ("river", Deed.ACCEPT, {"accepted": "Indus"}),
    ("river", Deed.KEY, {"accept": "Indus"}),
    ("first-year", Deed.KEY, {"answer": "1860", "tolerance": "5"}),
    ("first-year", Deed.ACCEPT, {"accepted": "1850"}),
    ("last-bell", Deed.KEY, {"accept-1": "train", "accept-2": "iron"}),
    ("losses", Deed.EVERYONE, {}),
    ("keepers", Deed.VOID, {}),
]
ANSWERS: dict[str, list[Any]] = {
    "founder": [(0,), (1,), (2,), (3,)],
    "goods": [(0,), (0, 1), (0, 2), (1, 2, 3), (0, 1, 2, 3)],
    "walls": ["true", "false"],
    "river": ["Ouzel", "Indus", "Ouse"],
    "first-year": ["1851", "1850", "1862"],
    "keepers": [["1", "2", "3"], ["1", "", ""], ["4", "4", "4"]],
    "losses": [["1", "2", "3", "4"], ["4", "3", "2", "1"]],
    "last-bell": [["cart", "copper"], ["train", "iron"], ["", "silver"]],
}


def share(attempt: Attempt) -> float:
    """The attempt's score as a share."""
    return (attempt.score or 0.0) / attempt.max_score if attempt.max_score else 0.0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**31), corrections=st.lists(st.sampled_from(CORRECTIONS), min_size=1, max_size=4))
def test_no_share_falls_unless_it_may_and_undoing_all_restores_everything(
    session: Session, seed: int, corrections: list[tuple[str, Deed, Mapping[str, Any]]]
) -> None:
    chance = Random(seed)
    attempts = []
    for username in ("ayesha", "ben"):
        answered = {slug: chance.choice(ANSWERS[slug]) for slug in QUESTIONS if chance.random() < 0.8}
        attempts.append(submitted(session, answered, username))
    words = {slug: content_of(question_named(session, slug)) for slug in QUESTIONS}
    states, made = [everything(session)], []
    for slug, deed, fields in corrections:
        before = [share(attempt) for attempt in attempts]
        try:
            made.append(correct(session, slug, deed, **fields))
        except ValueError:  # by now there is nothing to change, or not in this way
            session.rollback()
            continue
        states.append(everything(session))
        assert all(share(attempt) >= was - 1e-9 for attempt, was in zip(attempts, before, strict=True))
    for correction in reversed(made):
        assert everything(session) == states.pop()
        take_back(session, correction)
    assert everything(session) == states.pop()
    assert {slug: content_of(question_named(session, slug)) for slug in QUESTIONS} == words
    assert all(version.ruling is None for slug in QUESTIONS for version in question_named(session, slug).versions[:1])
    session.execute(db.text("DELETE FROM correction_effect"))
    session.execute(db.text("DELETE FROM correction"))
    session.execute(db.text("DELETE FROM attempt"))
    session.commit()


def test_undoing_gives_the_question_its_words_of_before_in_a_new_version(session: Session) -> None:
    before = content_of(question_named(session, "founder"))
    correction = correct(session, "founder", Deed.KEY, key="1")
    assert content_of(question_named(session, "founder")) != before
    take_back(session, correction)
    question = question_named(session, "founder")
    assert (content_of(question), question.current.number, question.current.ruling) == (before, 3, None)
    assert (correction.undone, correction.undone_by_id) == (LATER + timedelta(days=1), teacher_id(session))


def test_two_corrections_undone_one_after_the_other_give_the_first_words_back(session: Session) -> None:
    before = content_of(question_named(session, "goods"))
    submitted(session, {"goods": (0, 1)})
    key = correct(session, "goods", Deed.KEY, key=["0", "2"])
    take_back(session, correct(session, "goods", Deed.DROP, option="1"))
    take_back(session, key)
    assert content_of(question_named(session, "goods")) == before


def test_a_question_edited_since_keeps_its_words(session: Session) -> None:
    correction = correct(session, "founder", Deed.KEY, key="1")
    correct(session, "founder", Deed.ACCEPT, accepted="2")
    with pytest.raises(NotTheLatest):
        undoing.plan_undo(session, correction)


def test_what_is_undone_is_not_undone_again(session: Session) -> None:
    correction = correct(session, "founder", Deed.VOID)
    take_back(session, correction)
    with pytest.raises(UndoneAlready):
        undoing.plan_undo(session, correction)


def test_what_was_undone_is_made_again_but_not_by_the_page_of_before(session: Session) -> None:
    submitted(session, {"founder": (1,)})
    question, proposal = question_named(session, "founder"), proposed(session, "founder", Deed.EVERYONE)
    seen = planning.plan(session, question, None, proposal).seen
    first = applying.apply(session, question, None, proposal, seen, teacher_id(session), LATER)
    take_back(session, first)
    with pytest.raises(ChangedMeanwhile):
        applying.apply(session, question, None, proposal, seen, teacher_id(session), LATER)
    session.rollback()
    again = correct(session, "founder", Deed.EVERYONE, LATER + timedelta(days=3))
    assert (again.id == first.id, again.undone) == (False, None)
    assert question_named(session, "founder").current.ruling is not None


def test_a_retired_question_is_in_use_again(session: Session) -> None:
    correction = correct(session, "founder", Deed.VOID, retires=True)
    take_back(session, correction)
    assert question_named(session, "founder").status == Status.PUBLISHED


def test_what_was_open_then_is_marked_as_the_version_says_again(session: Session) -> None:
    attempt = began_with(session, {"founder": (1,)})
    correction = correct(session, "founder", Deed.EVERYONE)
    submit(session, attempt)
    assert standing(session, attempt, "founder")[1] == 1.0
    take_back(session, correction)
    assert standing(session, attempt, "founder") == (0.0, 0.0, 8.0)


def essay(session: Session) -> Attempt:
    """A submitted essay of Ayesha's that Tahir has given half of the points."""
    with_essay(session)
    attempt = essay_of(session, "ayesha")
    marking.mark(session, attempt.id, 1, (2, 1), "", teacher_id(session), NOW + timedelta(hours=1))
    session.commit()
    return attempt


@pytest.mark.parametrize(("deed", "standing_then"), [(Deed.EVERYONE, (1.0, 2.0, 2.0)), (Deed.VOID, (None, 1.0, 1.0))])
def test_an_essay_is_corrected_too_and_its_points_come_back(
    session: Session, deed: Deed, standing_then: tuple[float | None, float, float]
) -> None:
    attempt = essay(session)
    correction = correct(session, "decline", deed)
    assert standing(session, attempt, "decline") == standing_then
    take_back(session, correction)
    assert standing(session, attempt, "decline") == (0.5, 1.5, 2.0)


@pytest.mark.parametrize("deed", [Deed.EVERYONE, Deed.VOID])
def test_a_corrected_essay_waits_for_no_mark_and_waits_again_when_that_is_undone(session: Session, deed: Deed) -> None:
    with_essay(session)
    attempt = essay_of(session, "ayesha")
    correction = correct(session, "decline", deed)
    session.refresh(attempt)
    assert (attempt.awaiting, marking_queue.count_waiting(session, teacher_id(session))) == (0, 0)
    take_back(session, correction)
    session.refresh(attempt)
    assert (attempt.awaiting, marking_queue.count_waiting(session, teacher_id(session))) == (1, 1)


@pytest.mark.parametrize("deed", [Deed.EVERYONE, Deed.VOID])
def test_points_given_since_stay_when_it_is_undone(session: Session, deed: Deed) -> None:
    attempt = essay(session)
    correction = correct(session, "decline", deed)
    ruled = standing(session, attempt, "decline")
    marking.mark(session, attempt.id, 1, (2, 4), "", teacher_id(session), LATER + timedelta(hours=1))
    session.commit()
    assert standing(session, attempt, "decline") == ruled
    assert undoing.plan_undo(session, correction).remarked == ((attempt.id, 1),)
    take_back(session, correction)
    assert standing(session, attempt, "decline") == (1.0, 2.0, 2.0)


def test_what_has_changed_since_the_dry_run_is_not_applied(session: Session) -> None:
    running = began_with(session, {"founder": (1,)}, "ben")
    submitted(session, {"founder": (1,)})
    proposal, question = proposed(session, "founder", Deed.KEY, key="1"), question_named(session, "founder")
    seen = planning.plan(session, question, None, proposal).seen
    submit(session, running)
    with pytest.raises(ChangedMeanwhile) as refused:
        applying.apply(session, question, None, proposal, seen, teacher_id(session), LATER)
    assert len(refused.value.plan.attempts) == 2


def test_sent_twice_it_is_made_once(session: Session) -> None:
    submitted(session, {"founder": (1,)})
    proposal, question = proposed(session, "founder", Deed.KEY, key="1"), question_named(session, "founder")
    seen = planning.plan(session, question, None, proposal).seen
    first, second = (
        applying.apply(session, question, None, proposal, seen, teacher_id(session), LATER).id for _ in range(2)
    )
    assert first == second
    assert question_named(session, "founder").current.number == 2


def test_trials_of_teachers_are_left_alone(session: Session) -> None:
    attempt = submitted(session, {"founder": (1,)})
    session.execute(db.text("UPDATE attempt SET purpose = 'trial'"))
    correct(session, "founder", Deed.EVERYONE)
    assert standing(session, attempt, "founder")[0] == 0.0


def test_answers_that_were_right_all_along_are_no_effect(session: Session) -> None:
    submitted(session, ALL_RIGHT, person(session, "ben").username or "")
    assert correct(session, "founder", Deed.ACCEPT, accepted="1").effects == []
