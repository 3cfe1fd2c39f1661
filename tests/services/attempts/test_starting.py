"""Starting: drawn and pinned, within the limits of the quiz."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Status
from quizapp.domain.settings import QuizSettings
from quizapp.models import Accommodation, Attempt, Purpose
from quizapp.services import accounts
from quizapp.services.attempts import answering, retrying, showing, starting, submitting
from tests.conftest import NOW, person, question_named, quiz_named
from tests.services.attempts.steps import began, run_so, save


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


def finished(session: Session, quiz: str = "whole-test") -> Attempt:
    """An attempt of Ayesha's, begun and submitted."""
    attempt = began(session, quiz)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    session.commit()
    return attempt


def test_a_quiz_is_taken_as_often_as_allowed_and_once_more_with_an_accommodation(session: Session) -> None:
    run_so(session, "whole-test", attempts=1)
    finished(session)
    with pytest.raises(starting.NoAttemptsLeft):
        began(session)
    session.add(Accommodation(user_id=person(session, "ayesha").id, time_factor=1.0, extra_attempts=1))
    assert finished(session).number == 2
    with pytest.raises(starting.NoAttemptsLeft):
        began(session)


def test_the_deadline_is_the_start_and_the_limit_times_the_factor_within_the_extended_window(session: Session) -> None:
    run_so(session, "whole-test", minutes=30, closes=NOW + timedelta(minutes=20))
    session.add(Accommodation(user_id=person(session, "ben").id, time_factor=2.0, extra_attempts=0))
    assert began(session).deadline == NOW + timedelta(minutes=20)
    assert began(session, username="ben").deadline == NOW + timedelta(minutes=50)


def test_a_closed_quiz_is_not_begun_but_by_those_with_more_time(session: Session) -> None:
    run_so(session, "whole-test", minutes=30, closes=NOW - timedelta(minutes=1))
    with pytest.raises(starting.QuizClosed):
        began(session)
    session.add(Accommodation(user_id=person(session, "ben").id, time_factor=2.0, extra_attempts=0))
    assert began(session, username="ben").deadline == NOW + timedelta(minutes=29)


def test_a_later_change_of_the_quiz_does_not_touch_an_attempt_that_has_begun(session: Session) -> None:
    attempt = began(session)
    run_so(session, "whole-test", minutes=5, certainty="scored", one_page=True)
    state = showing.attempt_state(session, attempt.id)
    assert (state.settings, state.deadline) == (QuizSettings(), None)


def test_options_stand_as_written_where_the_quiz_does_not_shuffle_them(session: Session) -> None:
    run_so(session, "whole-test", shuffle_options=False)
    orders = [slot.order for slot in began(session).slots[:2]]
    assert orders == [[0, 1, 2, 3], [0, 1, 2, 3]]


def test_items_to_be_put_in_order_never_stand_in_order_even_so(session: Session) -> None:
    run_so(session, "whole-test", shuffle_options=False)
    for seed in range(20):
        attempt = began(session, seed=seed)
        assert attempt.slots[6].order != [0, 1, 2, 3]
        submitting.submit(session, attempt.id, attempt.user_id, NOW)


def test_questions_are_shuffled_where_the_quiz_says_so_and_keep_their_marks(session: Session) -> None:
    run_so(session, "whole-test", shuffle_questions=True)
    quiz = quiz_named(session, "whole-test")
    quiz.slots[3].max_mark = 5.0
    attempt = began(session)
    river = question_named(session, "river").current_version_id
    asked = [slot.question_version_id for slot in attempt.slots]
    assert asked != sorted(asked)
    assert [slot.max_mark for slot in attempt.slots if slot.question_version_id == river] == [5.0]


def test_a_question_tried_again_leaves_the_attempt_as_it_was(session: Session) -> None:
    attempt = began(session, "rise-practice")
    save(session, attempt, 2, "1850")
    again = retrying.redo(session, attempt.id, attempt.user_id, 2, 5, NOW)
    save(session, again, 1, "1851")
    assert (again.purpose, again.origin_id, again.quiz_id) == (Purpose.REDO, attempt.id, None)
    assert showing.attempt_state(session, again.id).slot(1).fraction == 1.0
    assert showing.attempt_state(session, attempt.id).slot(2).fraction == 0.0


def test_a_question_is_not_tried_again_before_its_key_was_shown(session: Session) -> None:
    attempt = began(session)
    save(session, attempt, 4, "Ouse")
    for attempts_it in (retrying.redo, retrying.another):
        with pytest.raises(answering.NoSuchAttempt):
            attempts_it(session, attempt.id, attempt.user_id, 4, 5, NOW)


def test_another_question_on_the_same_lines_is_one_that_was_not_asked(session: Session) -> None:
    attempt = began(session, "rise-practice")
    save(session, attempt, 2, "1850")
    with pytest.raises(starting.NothingToAsk):
        retrying.another(session, attempt.id, attempt.user_id, 2, 5, NOW)
