"""Score histories."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Mode
from quizapp.models import Attempt, Purpose
from quizapp.services import progress, reports
from quizapp.services.attempts import submitting
from quizapp.services.reports import History
from quizapp.services.withheld import Withheld
from tests.classes import classroom_of, joins_cast
from tests.conftest import NOW, person, quiz_named, teacher_id
from tests.essays import essay_of, with_essay
from tests.services.attempts.steps import began, place_of, run_so, save
from tests.spaced import answered

NEXT_WEEK = NOW + timedelta(days=7)
AFTER_CLOSING = {"mark": "after_closing", "correctness": "after_submission"}


def finished(session: Session, right: bool, minutes: int = 3) -> Attempt:
    """A finished practice attempt of Ayesha's, with one of two answers right or none."""
    attempt = began(session, "rise-practice")
    save(session, attempt, 1, place_of(session, attempt, 1, 0 if right else 1))
    submitting.submit(session, attempt.id, attempt.user_id, NOW + timedelta(minutes=minutes))
    session.commit()
    return attempt


def own(session: Session, now: Any = NOW) -> History:
    """Ayesha's history as she sees it."""
    return reports.own_history(session, person(session, "ayesha").id, now)


def test_a_history_has_best_latest_and_average_of_each_quiz(session: Session) -> None:
    finished(session, right=True, minutes=1)
    finished(session, right=False, minutes=2)
    (quiz,) = own(session).quizzes
    assert quiz.summary is not None
    assert (quiz.attempts, quiz.summary.best, quiz.summary.latest, quiz.summary.average) == (2, 0.5, 0.0, 0.25)


@pytest.mark.parametrize(("grading", "counts"), [("first", 0.5), ("best", 0.5), ("latest", 0.0), ("average", 0.25)])
def test_what_counts_of_a_quiz_is_what_its_settings_say(session: Session, grading: str, counts: float) -> None:
    finished(session, right=True)
    finished(session, right=False)
    run_so(session, "rise-practice", grading=grading)
    (quiz,) = own(session).quizzes
    assert quiz.summary is not None
    assert (quiz.grading, quiz.summary.counting) == (grading, counts)


def test_two_quizzes_of_one_title_are_told_apart(session: Session) -> None:
    quiz_named(session, "rise-only").title = quiz_named(session, "rise-practice").title
    finished(session, right=True)
    other = began(session, "rise-only")
    submitting.submit(session, other.id, other.user_id, NOW)
    assert [quiz.attempts for quiz in own(session).quizzes] == [1, 1]


def test_a_score_is_provisional_while_an_answer_waits_for_a_teacher_s_mark(session: Session) -> None:
    with_essay(session)
    essay_of(session, "ayesha")
    history = own(session)
    assert (history.attempts[0].share, history.attempts[0].awaiting) == (0.5, 1)
    assert history.quizzes[0].provisional
    assert [strength.answers for strength in history.strengths] == [1]


def test_a_score_held_back_until_closing_is_nowhere_in_one_s_own_history(session: Session) -> None:
    finished(session, right=True)
    run_so(session, "rise-practice", feedback=AFTER_CLOSING, closes=NEXT_WEEK)
    history = own(session)
    assert (history.attempts[0].score, history.attempts[0].share) == (None, None)
    assert history.attempts[0].withheld == history.quizzes[0].withheld == Withheld(until=NEXT_WEEK)
    assert (history.quizzes[0].summary, history.scored, history.strengths) == (None, (), ())


def test_a_score_held_back_is_shown_when_the_quiz_has_closed(session: Session) -> None:
    finished(session, right=True)
    run_so(session, "rise-practice", feedback=AFTER_CLOSING, closes=NEXT_WEEK)
    history = own(session, NEXT_WEEK + timedelta(seconds=1))
    assert (history.attempts[0].share, history.attempts[0].withheld) == (0.5, None)
    assert len(history.scored) == len(history.strengths) == 1


def test_scores_of_other_quizzes_are_shown_beside_one_held_back(session: Session) -> None:
    finished(session, right=True)
    other = began(session, "rise-only")
    submitting.submit(session, other.id, other.user_id, NOW)
    run_so(session, "rise-practice", feedback={})
    assert [row.share for row in own(session).attempts] == [0.0, None]
    assert sum(strength.answers for strength in own(session).strengths) == 3


def test_the_teacher_sees_what_is_held_back_from_the_student(session: Session) -> None:
    finished(session, right=True)
    run_so(session, "rise-practice", feedback={})
    history = reports.history_of(session, teacher_id(session), person(session, "ayesha").id)
    assert (history.attempts[0].share, history.attempts[0].withheld) == (0.5, None)
    assert reports.all_attempts(session, teacher_id(session), 1).rows[0].share == 0.5


def test_reviews_and_second_tries_are_in_no_list_of_quizzes_and_reviews_are_counted(session: Session) -> None:
    answered(session, "founder", NOW)
    answered(session, "goods", NOW).purpose = Purpose.REVIEW
    answered(session, "walls", NOW, blank=True).purpose = Purpose.REVIEW
    session.commit()
    history = own(session)
    assert (history.attempts, history.quizzes, history.strengths) == ((), (), ())
    assert history.reviewed == 1
    assert [row.finished for row in reports.students(session, teacher_id(session))] == [0, 0]


def test_a_history_shows_each_attempt_with_score_and_duration(session: Session) -> None:
    finished(session, right=True, minutes=3)
    began(session)
    open_row, row = sorted(
        reports.history_of(session, teacher_id(session), person(session, "ayesha").id).attempts, key=lambda row: -row.id
    )
    assert (open_row.share, open_row.duration) == (None, None)
    assert (row.share, row.duration, row.quiz) == (0.5, timedelta(minutes=3), "The rise and more")


def test_strengths_count_every_question_of_finished_attempts_the_weakest_first(session: Session) -> None:
    finished(session, right=True)
    (strength,) = reports.strengths(session, person(session, "ayesha").id)
    assert (strength.objective, strength.share, strength.answers) == ("Date the events", 0.5, 2)


def test_the_teacher_sees_all_students_and_how_they_stand(session: Session) -> None:
    finished(session, right=True)
    rows = [(row.username, row.finished, row.average) for row in reports.students(session, teacher_id(session))]
    assert rows == [("ayesha", 1, 0.5), ("ben", 0, None)]


@pytest.mark.parametrize(("quiz", "count"), [("", 1), ("rise-practice", 1), ("whole-test", 0)])
def test_the_list_of_attempts_is_narrowed_to_a_quiz(session: Session, quiz: str, count: int) -> None:
    finished(session, right=True)
    assert len(reports.all_attempts(session, teacher_id(session), 1, quiz).rows) == count


def test_it_can_be_narrowed_to_quizzes_that_were_taken_and_to_no_other(session: Session) -> None:
    finished(session, right=True)
    quiz_named(session, "rise-practice").published = False
    assert [quiz.slug for quiz in reports.quizzes_taken(session, teacher_id(session))] == ["rise-practice"]
    joins_cast(session, "tamar")
    classroom_of(session, ("ayesha", "ben"), teacher="tamar")
    assert reports.quizzes_taken(session, teacher_id(session)) == []


def test_a_long_list_of_attempts_comes_in_pages(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "PAGE_SIZE", 2)
    for _ in range(3):
        finished(session, right=False)
    first, second = (
        reports.all_attempts(session, teacher_id(session), 1),
        reports.all_attempts(session, teacher_id(session), 2),
    )
    assert (len(first.rows), first.following) == (2, True)
    assert (len(second.rows), second.following) == (1, False)


def test_the_home_page_offers_first_what_was_never_finished(session: Session) -> None:
    user = person(session, "ayesha")
    (shelf,) = progress.shelves(session, user.id, NOW)
    assert shelf.suggested in {quiz.slug for quiz in shelf.quizzes} | {q.slug for _, q in shelf.sections if q}
    attempt = began(session, "rise-practice")
    (unfinished,) = progress.unfinished(session, user.id)
    assert (unfinished.attempt_id, unfinished.answered, unfinished.questions) == (attempt.id, 0, 2)


def best(session: Session, quiz: str = "rise-practice", now: Any = NOW) -> progress.QuizStanding:
    """How Ayesha finds a quiz on the home page."""
    bank, ayesha = quiz_named(session, quiz).bank_id, person(session, "ayesha").id
    return next(one for one in progress.quizzes_on(session, bank, ayesha, now) if one.slug == quiz)


def test_the_home_page_has_the_best_of_the_finished_attempts(session: Session) -> None:
    assert (best(session).best, best(session).finished) == (None, 0)
    finished(session, right=True)
    finished(session, right=False)
    assert (best(session).best, best(session).finished, best(session).withheld) == (0.5, 2, None)


def test_the_home_page_and_the_introduction_hold_back_what_the_quiz_holds_back(session: Session) -> None:
    ayesha = person(session, "ayesha").id
    finished(session, right=True)
    run_so(session, "rise-practice", feedback=AFTER_CLOSING, closes=NEXT_WEEK)
    quiz = quiz_named(session, "rise-practice").id
    for now, share in ((NOW, None), (NEXT_WEEK + timedelta(seconds=1), 0.5)):
        (past,) = progress.past_attempts(session, quiz, ayesha, now)
        assert (best(session, now=now).best, past.share) == (share, share)
        assert best(session, now=now).withheld == past.withheld == (None if share else Withheld(NEXT_WEEK))


def test_attempts_taken_in_either_mode_of_a_quiz_count_together(session: Session) -> None:
    finished(session, right=True)
    quiz_named(session, "rise-practice").mode = Mode.TEST
    later = began(session, "rise-practice")
    submitting.submit(session, later.id, later.user_id, NOW)
    session.commit()
    assert (best(session).best, best(session).finished) == (0.5, 2)
