"""The review: as things were when the attempt began, and no more than the quiz shows."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.feedback import Aspect, FeedbackPolicy
from quizapp.models import Accommodation
from quizapp.services import banks
from quizapp.services.attempts import reviewing, showing, submitting
from quizapp.services.attempts.answering import save_answer
from tests.bank import RISE, small_bank
from tests.conftest import NOW, person
from tests.services.attempts.steps import began, place_of, reviewed_slots, run_so, save, sent, who


def test_an_edit_changes_neither_question_nor_passage_of_an_attempt_that_began_before(session: Session) -> None:
    attempt = began(session)
    changed = RISE.replace("who founded Saltmouth?", "who was it?").replace("wool and tin", "wool and lead")
    changed = changed.replace("quote: wool and tin from it", "quote: wool and lead from it")
    banks.load_bank(session, small_bank(rise=changed), "other", NOW)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    reviewed = reviewed_slots(session, attempt)
    assert "who founded Saltmouth?" in reviewed[0].question.content.stem
    assert "wool and tin" in reviewed[1].passages[0].text


def test_a_review_marks_the_deciding_words_and_those_against_what_was_chosen(session: Session) -> None:
    attempt = began(session, "rise-practice")
    save(session, attempt, 1, place_of(session, attempt, 1, 2))
    reviewed = reviewed_slots(session, attempt, 1)[0]
    assert reviewed.verdict == "wrong"
    assert reviewed.passages[0].evidence == ("founded by Ada Marsh",)
    assert reviewed.passages[0].against == ("Saltmouth was founded by Ada Marsh",)


def test_a_review_marks_the_words_against_a_wrong_match_and_not_against_an_open_or_right_one(session: Session) -> None:
    attempt = began(session)
    order = showing.attempt_state(session, attempt.id).slot(6).order
    finch, bell, lamp = order[:3].index(1), order[3:].index(2) + 1, order[3:].index(1) + 1
    for revision, place, against in ((1, bell, ("Dora Finch lit the lamp",)), (2, lamp, ()), (3, None, ())):
        values = [""] * 3 if place is None else [str(place) if row == finch else "" for row in range(3)]
        save(session, attempt, 6, values, revision)
        reviewed = reviewed_slots(session, attempt, 6)[0]
        assert reviewed.passages[0].against == against


def test_what_is_worth_reading_again_names_each_passage_once_with_its_questions(session: Session) -> None:
    attempt = began(session)
    save(session, attempt, 4, "Ouzel")
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    reviewed = reviewed_slots(session, attempt)
    found = [(passage.slug, positions) for passage, positions in reviewing.worth_rereading(reviewed)]
    assert found == [("beginnings", (1, 2, 3)), ("silting", (5,)), ("leavings", (6, 7, 8))]


@pytest.mark.parametrize(
    ("quiz", "answered", "submitted", "shown"),
    [
        ("rise-practice", False, False, False),
        ("rise-practice", True, False, True),
        ("whole-test", True, False, False),
        ("whole-test", False, True, True),
    ],
)
def test_the_key_is_shown(session: Session, quiz: str, answered: bool, submitted: bool, shown: bool) -> None:
    attempt = began(session, quiz)
    if answered:
        save(session, attempt, 1, "1")
    if submitted:
        submitting.submit(session, attempt.id, attempt.user_id, NOW)
    state = showing.attempt_state(session, attempt.id)
    assert (Aspect.KEY in state.shown(state.slot(1), NOW)) is shown


def test_a_draft_in_practice_shows_nothing(session: Session) -> None:
    attempt = began(session, "rise-practice")
    save(session, attempt, 1, "1", final=False)
    state = showing.attempt_state(session, attempt.id)
    assert state.shown(state.slot(1), NOW) == {Aspect.RESPONSE}
    assert state.slot(1).fraction is None


LATER = NOW + timedelta(days=2)
AFTER_CLOSING = {"key": "after_closing", "mark": "after_submission", "correctness": "after_submission"}


def test_what_waits_for_closing_is_shown_when_the_quiz_has_closed_even_if_the_policy_came_later(
    session: Session,
) -> None:
    attempt = began(session)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    run_so(session, "whole-test", closes=NOW + timedelta(days=1), feedback=FeedbackPolicy.from_plain(AFTER_CLOSING))
    state = showing.attempt_state(session, attempt.id)
    assert Aspect.KEY not in state.shown(state.slot(1), NOW)
    assert Aspect.KEY in state.shown(state.slot(1), LATER)


def test_the_key_waits_for_those_with_more_time(session: Session) -> None:
    attempt = began(session)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    policy = FeedbackPolicy.from_plain(AFTER_CLOSING)
    run_so(session, "whole-test", closes=NOW, minutes=60, feedback=policy)
    session.add(Accommodation(user_id=person(session, "ben").id, time_factor=2.0, extra_attempts=0))
    state = showing.attempt_state(session, attempt.id)
    assert Aspect.KEY not in state.shown(state.slot(1), NOW + timedelta(minutes=59))
    assert Aspect.KEY in state.shown(state.slot(1), NOW + timedelta(minutes=61))


def test_a_review_holds_back_what_is_not_shown(session: Session) -> None:
    attempt = began(session, "rise-practice")
    save(session, attempt, 1, place_of(session, attempt, 1, 2))
    slot = showing.attempt_state(session, attempt.id).slot(1)
    reviewed = reviewing.review_slots(session, [slot], lambda _slot: frozenset({Aspect.RESPONSE}))[0]
    assert (reviewed.verdict, reviewed.fraction, reviewed.passages) == ("unknown", None, ())
    assert "A person founded it." not in repr(reviewed.explained)
    assert reviewing.worth_rereading([reviewed]) == []


def test_a_sure_wrong_answer_is_named_first(session: Session) -> None:
    run_so(session, "whole-test", certainty="asked")
    attempt = began(session)
    for position, answer, certainty in ((4, "Ouse", "3"), (5, "1850", "1"), (1, place_of(session, attempt, 1, 0), "3")):
        save_answer(session, who(session), attempt.id, position, sent(answer, certainty=certainty), NOW)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    assert reviewing.sure_but_wrong(reviewed_slots(session, attempt)) == (4,)
