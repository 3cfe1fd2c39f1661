"""Score histories."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.models import Attempt
from quizapp.services import progress, reports
from quizapp.services.attempts import submitting
from tests.conftest import NOW, person
from tests.services.test_attempts import began, place_of, save


def finished(session: Session, right: bool, minutes: int = 3) -> Attempt:
    """A finished practice attempt of Ayesha's, with one of two answers right or none."""
    attempt = began(session, "rise-practice")
    save(session, attempt, 1, place_of(session, attempt, 1, 0 if right else 1))
    submitting.submit(session, attempt.id, attempt.user_id, NOW + timedelta(minutes=minutes))
    session.commit()
    return attempt


def test_a_history_has_best_latest_and_average_of_each_quiz(session: Session) -> None:
    finished(session, right=True, minutes=1)
    finished(session, right=False, minutes=2)
    summary = reports.history_of(session, person(session, "ayesha").id).summaries[0]
    assert (summary.attempts, summary.best, summary.latest, summary.average) == (2, 0.5, 0.0, 0.25)


def test_a_history_shows_each_attempt_with_score_and_duration(session: Session) -> None:
    finished(session, right=True, minutes=3)
    began(session)
    open_row, row = sorted(reports.history_of(session, person(session, "ayesha").id).attempts, key=lambda row: -row.id)
    assert (open_row.share, open_row.duration) == (None, None)
    assert (row.share, row.duration, row.quiz) == (0.5, timedelta(minutes=3), "The rise and more")


def test_strengths_count_every_question_of_finished_attempts_the_weakest_first(session: Session) -> None:
    finished(session, right=True)
    (strength,) = reports.strengths(session, person(session, "ayesha").id)
    assert (strength.objective, strength.share, strength.answers) == ("Date the events", 0.5, 2)


def test_the_teacher_sees_all_students_and_how_they_stand(session: Session) -> None:
    finished(session, right=True)
    rows = [(row.username, row.finished, row.average) for row in reports.students(session)]
    assert rows == [("ayesha", 1, 0.5), ("ben", 0, None)]


@pytest.mark.parametrize(("quiz", "count"), [("", 1), ("rise-practice", 1), ("whole-test", 0)])
def test_the_list_of_attempts_is_narrowed_to_a_quiz(session: Session, quiz: str, count: int) -> None:
    finished(session, right=True)
    assert len(reports.all_attempts(session, 1, quiz).rows) == count


def test_a_long_list_of_attempts_comes_in_pages(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "PAGE_SIZE", 2)
    for _ in range(3):
        finished(session, right=False)
    first, second = reports.all_attempts(session, 1), reports.all_attempts(session, 2)
    assert (len(first.rows), first.following) == (2, True)
    assert (len(second.rows), second.following) == (1, False)


def test_the_home_page_offers_first_what_was_never_finished(session: Session) -> None:
    user = person(session, "ayesha")
    (shelf,) = progress.shelves(session, user.id)
    assert shelf.suggested in {quiz.slug for quiz in shelf.quizzes} | {q.slug for _, q in shelf.sections if q}
    attempt = began(session, "rise-practice")
    (unfinished,) = progress.unfinished(session, user.id)
    assert (unfinished.attempt_id, unfinished.answered, unfinished.questions) == (attempt.id, 0, 2)
