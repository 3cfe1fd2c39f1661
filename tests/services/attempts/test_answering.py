"""Answers: saved one at a time, the newest winning, and only while they may be."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.timing import GRACE
from quizapp.kinds.base import BadResponse
from quizapp.services import accounts
from quizapp.services.attempts import answering, showing, submitting
from quizapp.services.attempts.answering import save_answer, stamp
from tests.conftest import NOW, person
from tests.services.attempts.steps import began, run_so, save, sent, who


def test_an_older_or_equal_revision_never_overwrites_a_newer_answer(session: Session) -> None:
    attempt = began(session)
    save(session, attempt, 4, "Ouzel", revision=5)
    for late in (4, 5):
        with pytest.raises(answering.NewerAnswerSaved) as refused:
            save(session, attempt, 4, "Ouse", revision=late)
        assert refused.value.revision == 5
        session.rollback()
    assert showing.attempt_state(session, attempt.id).slot(4).response == {"text": "Ouzel"}


def test_a_blank_clears_the_answer_of_a_test(session: Session) -> None:
    attempt = began(session)
    save(session, attempt, 4, "Ouzel", revision=1)
    save(session, attempt, 4, "", revision=2)
    assert showing.attempt_state(session, attempt.id).unanswered == (1, 2, 3, 4, 5, 6, 7, 8)


def test_a_practice_answer_is_marked_at_once_and_stays(session: Session) -> None:
    attempt = began(session, "rise-practice")
    save(session, attempt, 2, "1850")
    with pytest.raises(answering.AnsweredAlready):
        save(session, attempt, 2, "1851", revision=2)
    session.rollback()
    slot = showing.attempt_state(session, attempt.id).slot(2)
    assert (slot.response, slot.fraction) == ({"text": "1850"}, 0.0)


def test_a_submitted_attempt_takes_no_answer(session: Session) -> None:
    attempt = began(session)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    session.commit()
    with pytest.raises(answering.AttemptClosed):
        save(session, attempt, 4, "Ouzel")


def test_nobody_answers_for_somebody_else(session: Session) -> None:
    attempt = began(session)
    with pytest.raises(answering.NoSuchAttempt):
        save_answer(session, who(session, "ben"), attempt.id, 4, sent("Ouzel"), NOW)


def test_a_sign_in_that_has_ended_saves_nothing(session: Session) -> None:
    attempt, ayesha = began(session), who(session)
    accounts.set_password(session, person(session, "ayesha"), "another hash", NOW)
    with pytest.raises(answering.NoSuchAttempt):
        save_answer(session, ayesha, attempt.id, 4, sent("Ouzel"), NOW)


@pytest.mark.parametrize("position", [0, 9, 1000])
def test_a_question_that_is_not_in_the_attempt_is_not_found(session: Session, position: int) -> None:
    with pytest.raises(answering.NoSuchAttempt):
        save(session, began(session), position, "x")


def test_answers_on_their_way_at_the_deadline_are_taken_for_a_little_while(session: Session) -> None:
    attempt = began(session)
    attempt.deadline = NOW - GRACE
    session.commit()
    save(session, attempt, 4, "Ouzel")
    attempt.deadline = NOW - GRACE - timedelta(seconds=1)
    session.commit()
    with pytest.raises(answering.AttemptClosed):
        save(session, attempt, 4, "Ouse", revision=2)


HERE = stamp(NOW)


@pytest.mark.parametrize(
    ("known", "told", "kept"),
    [
        (0, 1, 1),
        (5, HERE, HERE),
        (5, HERE + 10**12, HERE),
        (HERE + 50, HERE + 10**12, HERE + 51),
        (HERE, HERE + 1, HERE + 1),
    ],
    ids=["counted", "now", "from the future", "clock set back", "the same moment"],
)
def test_a_revision_is_kept_as_told_but_never_from_the_future(
    session: Session, known: int, told: int, kept: int
) -> None:
    attempt = began(session)
    attempt.slots[3].revision = known
    session.commit()
    assert save(session, attempt, 4, "Ouzel", told).revision == kept


def test_the_answer_made_last_wins_whatever_arrives_last(session: Session) -> None:
    attempt = began(session)
    save(session, attempt, 4, "Ouzel", revision=HERE - 1000)
    with pytest.raises(answering.NewerAnswerSaved):
        save(session, attempt, 4, "Ouse", revision=HERE - 5000)
    session.rollback()
    assert showing.attempt_state(session, attempt.id).slot(4).response == {"text": "Ouzel"}


def test_a_practice_draft_can_be_changed_until_it_is_checked(session: Session) -> None:
    attempt = began(session, "rise-practice")
    save(session, attempt, 2, "1850", revision=1, final=False)
    save(session, attempt, 2, "1851", revision=2)
    slot = showing.attempt_state(session, attempt.id).slot(2)
    assert (slot.fraction, slot.settled) == (1.0, NOW)


def test_a_draft_counts_when_the_practice_is_submitted(session: Session) -> None:
    attempt = began(session, "rise-practice")
    save(session, attempt, 2, "1851", final=False)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    assert showing.attempt_state(session, attempt.id).score == 1.0


def test_certainty_is_kept_where_it_is_asked_and_only_there(session: Session) -> None:
    for use, kept in (("off", None), ("asked", 3)):
        run_so(session, "whole-test", certainty=use)
        attempt = began(session)
        save_answer(session, who(session), attempt.id, 4, sent("Ouzel", certainty="3"), NOW)
        assert showing.attempt_state(session, attempt.id).slot(4).certainty == kept
        submitting.submit(session, attempt.id, attempt.user_id, NOW)


@pytest.mark.parametrize("forged", ["0", "4", "very", "1.5"])
def test_a_certainty_that_is_no_choice_is_refused(session: Session, forged: str) -> None:
    run_so(session, "whole-test", certainty="asked")
    attempt = began(session)
    with pytest.raises(BadResponse):
        save_answer(session, who(session), attempt.id, 4, sent("Ouzel", certainty=forged), NOW)


def test_a_flag_is_set_alone_or_with_an_answer_and_stays(session: Session) -> None:
    attempt = began(session)
    answering.set_flag(session, who(session), attempt.id, 2, True, NOW)
    save_answer(session, who(session), attempt.id, 4, sent("Ouzel", flagged=True), NOW)
    save_answer(session, who(session), attempt.id, 4, sent("Ouse", revision=2), NOW)
    assert showing.attempt_state(session, attempt.id).flagged == (2, 4)


def test_nobody_flags_for_somebody_else_or_in_a_closed_attempt(session: Session) -> None:
    attempt = began(session)
    with pytest.raises(answering.NoSuchAttempt):
        answering.set_flag(session, who(session, "ben"), attempt.id, 2, True, NOW)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    with pytest.raises(answering.AttemptClosed):
        answering.set_flag(session, who(session), attempt.id, 2, True, NOW)
