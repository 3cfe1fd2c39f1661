"""The kept sums: what is counted, when it is folded, and when it is made anew."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.domain.rulings import Ruling
from quizapp.models import Attempt, Purpose, Quiz, Tally, db
from quizapp.services import accounts, leaving
from quizapp.services.attempts import answering, marking, starting, submitting
from quizapp.services.item_analysis import tallying
from quizapp.services.leaving import Remains
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, person, question_named, quiz_named, teacher_id
from tests.essays import essay_of, with_essay
from tests.item_analysis import fold
from tests.services.attempts.steps import began, place_of, run_so, save, sent

HALF = 500_000
WHOLE = tallying.UNIT


@pytest.fixture
def quiz(session: Session) -> Quiz:
    """The practice: its first question a choice, its second a year."""
    return quiz_named(session, "rise-practice")


def finished(session: Session, username: str = "ayesha", choice: int = 0, year: str = "", minutes: int = 5) -> Attempt:
    """Somebody chooses a founder, types a year or leaves it blank, and submits so many minutes after NOW."""
    user = person(session, username)
    attempt = starting.start(session, user, quiz_named(session, "rise-practice"), 7, NOW)
    who = answering.Answerer(user.id, user.sign_in_epoch)
    for position, answer in ((1, place_of(session, attempt, 1, choice)), (2, year)):
        later = NOW + timedelta(seconds=30 * position)
        answering.save_answer(session, who, attempt.id, position, sent(answer), later)
    submitting.submit(session, attempt.id, user.id, NOW + timedelta(minutes=minutes))
    session.commit()
    return attempt


def kept(session: Session, quiz: Quiz) -> list[tuple[int, int, str, int]]:
    """Total, mark, answer and count of each kept sum."""
    return [(total, mark, answer, count) for _v, total, _w, mark, answer, count, *_ in tallying.kept(session, quiz.id)]


def agrees(session: Session, quiz: Quiz) -> bool:
    """Whether the kept sums are what the answers give."""
    return tallying.kept(session, quiz.id) == tallying.rebuilt(session, quiz.id)


def test_an_attempt_waits_until_somebody_folds_it_once(session: Session, quiz: Quiz) -> None:
    attempt = finished(session, year="1850")
    assert tallying.waiting(session, [quiz.id]) == [quiz.id]
    assert kept(session, quiz) == []
    assert (fold(session, quiz), fold(session, quiz)) == (1, 0)
    assert kept(session, quiz) == [(HALF, WHOLE, '{"chosen": 0}', 1), (HALF, 0, '{"text": "1850"}', 1)]
    assert tallying.waiting(session, [quiz.id]) == []
    session.refresh(attempt)
    assert attempt.tallied


def test_equal_answers_in_equal_attempts_are_counted_together(session: Session, quiz: Quiz) -> None:
    finished(session, "ayesha")
    fold(session, quiz)
    finished(session, "ben")
    fold(session, quiz)
    assert kept(session, quiz) == [(HALF, WHOLE, '{"chosen": 0}', 2), (HALF, 0, "", 2)]


def test_only_the_first_finished_attempt_counts_whatever_it_was_made_for(session: Session, quiz: Quiz) -> None:
    finished(session, choice=1, minutes=3)
    finished(session, choice=0, minutes=9)
    assignment = assigned(session, classroom_of(session), "rise-practice")
    mine = starting.start(session, person(session, "ayesha"), quiz, 7, NOW, assignment)
    submitting.submit(session, mine.id, mine.user_id, NOW + timedelta(minutes=30))
    assert fold(session, quiz) == 3
    assert [answer for _, _, answer, _ in kept(session, quiz)] == ['{"chosen": 1}', ""]


def test_a_first_attempt_that_comes_to_light_late_takes_its_place(session: Session, quiz: Quiz) -> None:
    run_so(session, "rise-practice", minutes=10)
    assignment = assigned(session, classroom_of(session), "rise-practice")
    starting.start(session, person(session, "ayesha"), quiz, 7, NOW, assignment)
    session.commit()
    finished(session, choice=2, minutes=12)
    finished(session, "ben", choice=1)
    fold(session, quiz)
    assert [count for *_, count in kept(session, quiz)] == [1, 1, 2]
    assert submitting.close_overdue(session, NOW + timedelta(hours=1)) == 1
    assert fold(session, quiz) == 3
    assert sorted(answer for _, _, answer, _ in kept(session, quiz)) == ["", "", '{"chosen": 1}']
    assert agrees(session, quiz)


def test_guests_teachers_reviews_and_open_attempts_are_not_counted(session: Session, quiz: Quiz) -> None:
    person(session, "ben").role = Role.GUEST
    person(session, "ayesha").role = Role.TEACHER
    finished(session, "ben")
    finished(session, "ayesha")
    person(session, "ayesha").role = Role.STUDENT
    fold(session, quiz)
    finished(session, "ayesha", minutes=8).purpose = Purpose.REVIEW
    began(session, "rise-practice", "ayesha")
    session.commit()
    assert [count for *_, count in kept(session, quiz)] == [1, 1]


def test_a_guest_s_attempts_are_counted_when_the_guest_signs_up(session: Session, quiz: Quiz) -> None:
    guest = accounts.new_guest(session, NOW)
    attempt = starting.start(session, guest, quiz, 7, NOW)
    submitting.submit(session, attempt.id, guest.id, NOW)
    assert (fold(session, quiz), kept(session, quiz)) == (0, [])
    accounts.sign_up(session, guest, "nadia", "Nadia", "no hash", NOW)
    assert fold(session, quiz) == 1
    assert agrees(session, quiz)


def test_what_was_done_as_a_guest_before_is_the_first_attempt(session: Session, quiz: Quiz) -> None:
    finished(session, choice=1)
    fold(session, quiz)
    guest = accounts.new_guest(session, NOW)
    before = starting.start(session, guest, quiz, 7, NOW)
    submitting.submit(session, before.id, guest.id, NOW)
    session.commit()
    accounts.hand_over_attempts(session, guest, person(session, "ayesha"))
    assert fold(session, quiz) == 2
    assert [answer for _, _, answer, _ in kept(session, quiz)] == ["", ""]


def test_what_waits_for_a_mark_waits_to_be_counted(session: Session) -> None:
    with_essay(session)
    quiz = quiz_named(session, "essay-test")
    attempt = essay_of(session, "ayesha")
    assert fold(session, quiz) == 0
    marking.mark(session, attempt.id, 1, (2, 1), "", teacher_id(session), NOW)
    assert fold(session, quiz) == 1
    assert kept(session, quiz) == [(750_000, WHOLE, '{"text": "Ouzel"}', 1), (750_000, HALF, "", 1)]


def test_another_mark_makes_the_sums_anew(session: Session) -> None:
    with_essay(session)
    quiz = quiz_named(session, "essay-test")
    attempt = essay_of(session, "ayesha")
    marking.mark(session, attempt.id, 1, (2, 1), "", teacher_id(session), NOW)
    fold(session, quiz)
    marking.mark(session, attempt.id, 1, (2, 4), "", teacher_id(session), NOW)
    assert kept(session, quiz) == []
    fold(session, quiz)
    assert [mark for _, mark, _, _ in kept(session, quiz)] == [WHOLE, WHOLE]


def test_an_attempt_opened_again_is_taken_out(session: Session, quiz: Quiz) -> None:
    attempt = finished(session)
    finished(session, "ben", choice=1)
    fold(session, quiz)
    submitting.reopen(session, attempt.id, None, NOW)
    fold(session, quiz)
    assert [answer for _, _, answer, _ in kept(session, quiz)] == ['{"chosen": 1}', ""]
    assert agrees(session, quiz)


@pytest.mark.parametrize("remains", Remains)
def test_who_leaves_is_in_no_sum_any_more(session: Session, quiz: Quiz, remains: Remains) -> None:
    finished(session)
    finished(session, "ben", choice=1)
    fold(session, quiz)
    leaving.leave(session, person(session, "ayesha"), remains, NOW)
    session.commit()
    fold(session, quiz)
    assert [answer for _, _, answer, _ in kept(session, quiz)] == ['{"chosen": 1}', ""]
    assert agrees(session, quiz)


def test_a_void_question_counts_for_nothing(session: Session, quiz: Quiz) -> None:
    finished(session)
    question_named(session, "first-year").current.ruling = Ruling(void=True).model_dump(mode="json")
    fold(session, quiz)
    assert kept(session, quiz) == [(WHOLE, WHOLE, '{"chosen": 0}', 1)]


def test_an_answer_spared_from_being_void_still_counts(session: Session, quiz: Quiz) -> None:
    attempt = finished(session, year="1851")
    question_named(session, "first-year").current.ruling = Ruling(void=True).model_dump(mode="json")
    attempt.slots[1].spared = True
    session.flush()
    fold(session, quiz)
    assert [total for total, *_ in kept(session, quiz)] == [WHOLE, WHOLE]


def test_where_everything_is_void_there_is_nothing_to_count(session: Session, quiz: Quiz) -> None:
    finished(session)
    for slug in ("founder", "first-year"):
        question_named(session, slug).current.ruling = Ruling(void=True).model_dump(mode="json")
    assert fold(session, quiz) == 1
    assert kept(session, quiz) == []


def test_time_is_told_by_the_gaps_between_saves_and_pauses_are_cut(session: Session, quiz: Quiz) -> None:
    attempt = finished(session, year="1851")
    first, second = attempt.slots
    first.saved, second.saved = NOW + timedelta(hours=2), NOW + timedelta(seconds=40)
    session.commit()
    fold(session, quiz)
    times = [(seconds, timed) for *_, seconds, timed in tallying.kept(session, quiz.id)]
    assert times == [(tallying.LONGEST_GAP, 1), (40, 1)]


def test_a_blank_and_answers_saved_at_one_moment_have_no_time(session: Session, quiz: Quiz) -> None:
    attempt = finished(session, year="1851")
    attempt.slots[0].saved = attempt.slots[1].saved = NOW + timedelta(seconds=20)
    session.commit()
    fold(session, quiz)
    assert sorted((seconds, timed) for *_, seconds, timed in tallying.kept(session, quiz.id)) == [(0, 0), (20, 1)]


def test_a_long_answer_is_counted_without_its_words(session: Session, quiz: Quiz) -> None:
    attempt = finished(session)
    attempt.slots[1].response = {"text": "1" * 1100}
    session.commit()
    fold(session, quiz)
    assert [answer for _, _, answer, _ in kept(session, quiz)] == ['{"chosen": 0}', ""]


def test_folding_goes_by_batches(session: Session, quiz: Quiz) -> None:
    for name in ("ayesha", "ben"):
        finished(session, name)
    assert [tallying.tally(session, quiz.id, at_most=1) for _ in range(3)] == [1, 1, 0]
    assert agrees(session, quiz)


def test_a_question_is_worth_its_share_of_the_marks(session: Session) -> None:
    quiz = quiz_named(session, "rise-practice")
    quiz.slots[0].max_mark = 3
    session.commit()
    finished(session)
    fold(session, quiz)
    weights = [(total, weight) for _v, total, weight, *_ in tallying.kept(session, quiz.id)]
    assert weights == [(750_000, 750_000), (750_000, 250_000)]


def test_forgetting_one_quiz_leaves_the_others(session: Session, quiz: Quiz) -> None:
    other = quiz_named(session, "rise-only")
    finished(session)
    attempt = began(session, "rise-only")
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    fold(session, quiz, other)
    tallying.forget(session, [quiz.id])
    tallying.forget(session, [])
    assert set(session.scalars(db.select(Tally.quiz_id))) == {other.id}
    assert tallying.waiting(session, [quiz.id, other.id]) == [quiz.id]


def test_a_test_answer_saved_again_after_reopening_is_counted_as_it_is_then(session: Session) -> None:
    quiz = quiz_named(session, "whole-test")
    attempt = began(session)
    save(session, attempt, 4, "Ouse")
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    fold(session, quiz)
    submitting.reopen(session, attempt.id, None, NOW)
    save(session, attempt, 4, "Ouzel", revision=2)
    submitting.submit(session, attempt.id, attempt.user_id, NOW)
    fold(session, quiz)
    assert ('{"text": "Ouzel"}', WHOLE) in [(answer, mark) for _, mark, answer, _ in kept(session, quiz)]


def test_who_was_passed_over_is_counted_when_the_attempt_before_is_opened_again(session: Session) -> None:
    with_essay(session)
    quiz = quiz_named(session, "essay-test")
    waiting = essay_of(session, "ayesha")
    second = starting.start(session, person(session, "ayesha"), quiz, 7, NOW + timedelta(hours=1))
    submitting.submit(session, second.id, second.user_id, NOW + timedelta(hours=2))
    session.commit()
    fold(session, quiz)
    assert kept(session, quiz) == []
    submitting.reopen(session, waiting.id, 30, NOW + timedelta(hours=3))
    session.commit()
    fold(session, quiz)
    assert [answer for _, _, answer, _ in kept(session, quiz)] == ["", ""]
    assert agrees(session, quiz)
