"""Attempts: drawn and pinned, answered slot by slot, submitted once, reviewed as they were."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.formats.bank_yaml import read_bank
from quizapp.models import Attempt, State, db
from quizapp.models.engine import begin_writing
from quizapp.services import accounts, banks
from quizapp.services.attempts import answering, reviewing, showing, starting, submitting
from quizapp.services.attempts.answering import Answerer, save_answer
from tests.bank import FILES, RISE
from tests.conftest import NOW, person, question_named, quiz_named

Save = Callable[..., answering.Saved]


def began(session: Session, quiz: str = "whole-test", username: str = "ayesha", seed: int = 7) -> Attempt:
    """An attempt of somebody of the cast."""
    attempt = starting.start(session, person(session, username), quiz_named(session, quiz), seed, NOW)
    session.commit()
    return attempt


def who(session: Session, username: str = "ayesha") -> Answerer:
    """Somebody of the cast, as the session cookie says it."""
    user = person(session, username)
    return Answerer(user.id, user.sign_in_epoch)


def save(
    session: Session, attempt: Attempt, position: int, answer: str | list[str], revision: int = 1
) -> answering.Saved:
    """Save an answer of Ayesha's."""
    values = [answer] if isinstance(answer, str) else answer
    saved = save_answer(session, who(session), attempt.id, position, {"answer": values}, revision, NOW)
    session.commit()
    return saved


def place_of(session: Session, attempt: Attempt, position: int, index: int) -> str:
    """The page value of the choice with this index in the content."""
    slot = showing.attempt_state(session, attempt.id).slot(position)
    return str(slot.order.index(index) + 1)


def test_an_attempt_is_drawn_from_its_seed(session: Session) -> None:
    first = began(session, username="ayesha", seed=3)
    second = began(session, username="ben", seed=3)
    assert [slot.order for slot in first.slots] == [slot.order for slot in second.slots]


def test_starting_again_continues_the_open_attempt(session: Session) -> None:
    assert began(session).id == began(session).id


def test_a_test_is_not_for_guests(session: Session) -> None:
    guest = accounts.new_guest(session, NOW)
    with pytest.raises(starting.NotForGuests):
        starting.start(session, guest, quiz_named(session, "whole-test"), 1, NOW)


def test_a_quiz_whose_questions_are_all_unpublished_asks_nothing(session: Session) -> None:
    for slug in ("founder", "first-year"):
        question_named(session, slug).status = Status.DRAFT
    with pytest.raises(starting.NothingToAsk):
        began(session, "rise-practice")


def test_a_test_is_marked_at_submission_and_not_before(session: Session) -> None:
    attempt = began(session)
    save(session, attempt, 1, place_of(session, attempt, 1, 0))
    save(session, attempt, 4, "the river ouzl")
    assert showing.attempt_state(session, attempt.id).slot(1).fraction is None
    assert submitting.submit(session, attempt.id, attempt.user_id, NOW)
    state = showing.attempt_state(session, attempt.id)
    assert (state.score, state.max_score) == (2.0, 8.0)
    assert [slot.fraction for slot in state.slots] == [1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]


def test_partial_credit_reaches_the_score(session: Session) -> None:
    attempt = began(session)
    save(session, attempt, 2, place_of(session, attempt, 2, 0))
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    assert showing.attempt_state(session, attempt.id).score == 0.5


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


def test_an_answer_after_the_deadline_is_refused_and_one_in_time_is_taken(session: Session) -> None:
    attempt = began(session)
    attempt.deadline = NOW
    session.commit()
    save(session, attempt, 4, "Ouzel")
    attempt.deadline = NOW - timedelta(seconds=1)
    session.commit()
    with pytest.raises(answering.AttemptClosed):
        save(session, attempt, 4, "Ouse", revision=2)


def test_nobody_answers_for_somebody_else(session: Session) -> None:
    attempt = began(session)
    with pytest.raises(answering.NoSuchAttempt):
        save_answer(session, who(session, "ben"), attempt.id, 4, {"answer": ["Ouzel"]}, 1, NOW)


def test_a_sign_in_that_has_ended_saves_nothing(session: Session) -> None:
    attempt, ayesha = began(session), who(session)
    accounts.set_password(session, person(session, "ayesha"), "another hash")
    with pytest.raises(answering.NoSuchAttempt):
        save_answer(session, ayesha, attempt.id, 4, {"answer": ["Ouzel"]}, 1, NOW)


@pytest.mark.parametrize("position", [0, 9, 1000])
def test_a_question_that_is_not_in_the_attempt_is_not_found(session: Session, position: int) -> None:
    with pytest.raises(answering.NoSuchAttempt):
        save(session, began(session), position, "x")


def test_submitting_twice_gives_one_result(session: Session) -> None:
    attempt = began(session)
    assert submitting.submit(session, attempt.id, attempt.user_id, NOW)
    assert not submitting.submit(session, attempt.id, attempt.user_id, NOW + timedelta(hours=1))
    assert showing.attempt_state(session, attempt.id).submitted == NOW


def test_a_submit_that_saw_the_attempt_open_before_another_closed_it_changes_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = began(session)
    seen_open = showing.attempt_state(session, attempt.id)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    monkeypatch.setattr(submitting, "own_attempt", lambda *_: seen_open)
    assert not submitting.submit(session, attempt.id, attempt.user_id, NOW + timedelta(hours=1))
    assert showing.attempt_state(session, attempt.id).submitted == NOW


def test_of_many_submits_at_one_moment_one_closes_the_attempt(app: Flask, session: Session) -> None:
    attempt = began(session)
    attempt_id, user_id = attempt.id, attempt.user_id
    session.close()
    closed: list[bool] = []
    together = Barrier(6)

    def submit() -> None:
        with app.app_context():
            together.wait()
            begin_writing(db.session())
            closed.append(submitting.submit(db.session(), attempt_id, user_id, NOW))
            db.session.commit()

    threads = [Thread(target=submit) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(closed) == [False] * 5 + [True]


def test_an_edit_changes_neither_question_nor_passage_of_an_attempt_that_began_before(session: Session) -> None:
    attempt = began(session)
    changed = RISE.replace("who founded Saltmouth?", "who was it?").replace("wool and tin", "wool and lead")
    changed = changed.replace("quote: wool and tin from it", "quote: wool and lead from it")
    banks.load_bank(session, read_bank({**FILES, "rise.yaml": changed}), "other", NOW)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    state = showing.attempt_state(session, attempt.id)
    reviewed = reviewing.review_slots(session, state.slots)
    assert "who founded Saltmouth?" in reviewed[0].question.content.stem
    assert "wool and tin" in reviewed[1].passages[0].text


def test_a_review_marks_the_deciding_words_and_those_against_what_was_chosen(session: Session) -> None:
    attempt = began(session, "rise-practice")
    save(session, attempt, 1, place_of(session, attempt, 1, 2))
    slot = showing.attempt_state(session, attempt.id).slot(1)
    reviewed = reviewing.review_slots(session, [slot])[0]
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
        reviewed = reviewing.review_slots(session, [showing.attempt_state(session, attempt.id).slot(6)])[0]
        assert reviewed.passages[0].against == against


def test_what_is_worth_reading_again_names_each_passage_once_with_its_questions(session: Session) -> None:
    attempt = began(session)
    save(session, attempt, 4, "Ouzel")
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    reviewed = reviewing.review_slots(session, showing.attempt_state(session, attempt.id).slots)
    found = [(passage.slug, positions) for passage, positions in reviewing.worth_rereading(reviewed)]
    assert found == [("beginnings", (1, 2, 3)), ("silting", (5,)), ("leavings", (6, 7, 8))]


@pytest.mark.parametrize(
    ("mode_quiz", "answered", "submitted", "may"),
    [
        ("rise-practice", False, False, False),
        ("rise-practice", True, False, True),
        ("whole-test", True, False, False),
        ("whole-test", False, True, True),
    ],
)
def test_the_key_may_be_seen(session: Session, mode_quiz: str, answered: bool, submitted: bool, may: bool) -> None:
    attempt = began(session, mode_quiz)
    if answered:
        save(session, attempt, 1, "1")
    if submitted:
        submitting.submit(session, attempt.id, attempt.user_id, NOW)
    state = showing.attempt_state(session, attempt.id)
    assert reviewing.may_review(state, state.slot(1)) is may
    assert state.state is (State.SUBMITTED if submitted else State.OPEN)
