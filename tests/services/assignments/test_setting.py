"""Setting a quiz, changing what was set, and taking it back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.domain.assignments import AssignmentRefused, Dates
from quizapp.domain.lateness import LatePolicy
from quizapp.models import Assignment
from quizapp.services.assignments import setting
from quizapp.services.assignments.setting import AssignmentFields
from quizapp.services.attempts.starting import settings_of
from quizapp.services.sharing import give_right
from tests.classes import classroom_of, joins_cast
from tests.conftest import NOW, quiz_named, teacher_id
from tests.services.assignments.steps import begin, finish, set_for_ayesha
from tests.services.attempts.steps import run_so

DAY = timedelta(days=1)


def fields(closes: datetime | None = None, **differing: Any) -> AssignmentFields:
    """What a teacher asks for, due in a day."""
    return AssignmentFields("Home work", Dates(due=NOW + DAY, closes=closes), differing)


def test_what_differs_from_the_quiz_is_kept_and_the_rest_follows_the_quiz(session: Session) -> None:
    run_so(session, "whole-test", minutes=30, attempts=1)
    made = setting.set_quiz(
        session, classroom_of(session), quiz_named(session, "whole-test"), fields(attempts=3), teacher_id(session), NOW
    )
    run_so(session, "whole-test", minutes=45, attempts=1)
    in_force = settings_of(made.quiz, made)
    assert (in_force.minutes, in_force.attempts, in_force.closes) == (45, 3, None)
    assert (made.title, made.due, made.created_by_id) == ("Home work", NOW + DAY, teacher_id(session))


def test_no_limit_can_be_set_where_the_quiz_has_one(session: Session) -> None:
    run_so(session, "whole-test", minutes=30)
    made = set_for_ayesha(session)
    setting.change(session, made, fields(minutes=None))
    assert settings_of(made.quiz, made).minutes is None


def test_nothing_is_set_for_a_class_that_was_put_away(session: Session) -> None:
    classroom = classroom_of(session)
    classroom.archived = NOW
    with pytest.raises(setting.ClassArchived):
        setting.set_quiz(session, classroom, quiz_named(session, "whole-test"), fields(), teacher_id(session), NOW)


def test_what_waits_for_a_closing_needs_one_whichever_of_the_two_says_so(session: Session) -> None:
    run_so(session, "whole-test", closes=NOW, feedback={"correctness": "after_closing"})
    made = set_for_ayesha(session)
    with pytest.raises(AssignmentRefused):
        setting.change(session, made, fields())
    setting.change(session, made, fields(closes=NOW + DAY))
    setting.change(session, made, fields(feedback=None))


def test_a_later_closing_lets_running_attempts_run_later_and_an_earlier_one_does_not_cut_them(session: Session) -> None:
    made = set_for_ayesha(session, settings={"closes": (NOW + DAY).isoformat()})
    attempt = begin(session, made)
    for closes, end in ((NOW + 3 * DAY, NOW + 3 * DAY), (NOW + 2 * DAY, NOW + 3 * DAY), (None, None)):
        setting.change(session, made, fields(closes=closes))
        session.refresh(attempt)
        assert attempt.deadline == end


def test_a_later_closing_does_not_stretch_a_time_limit(session: Session) -> None:
    made = set_for_ayesha(session, settings={"minutes": 30, "closes": (NOW + DAY).isoformat()})
    attempt = begin(session, made)
    setting.change(session, made, fields(closes=NOW + 3 * DAY, minutes=60))
    session.refresh(attempt)
    assert attempt.deadline == NOW + timedelta(minutes=30)


def test_what_nobody_has_begun_is_removed_and_the_rest_can_only_be_hidden(session: Session) -> None:
    made = set_for_ayesha(session)
    finish(session, made)
    with pytest.raises(setting.HasBegun):
        setting.remove(session, made)
    setting.publish(session, made, published=False)
    assert not made.published
    untouched = set_for_ayesha_again(session, made)
    setting.remove(session, untouched)
    assert session.get(Assignment, untouched.id) is None


def set_for_ayesha_again(session: Session, like: Assignment) -> Assignment:
    """The same once more for the same class."""
    return setting.copy(session, like, like.classroom, teacher_id(session), NOW)


def test_a_copy_is_the_same_for_another_class_and_hidden(session: Session) -> None:
    made = set_for_ayesha(
        session, opens=NOW, due=NOW + DAY, late=LatePolicy.DEDUCT, late_percent=5, settings={"attempts": 2}
    )
    other = classroom_of(session, ["ben"], name="Other")
    copied = setting.copy(session, made, other, teacher_id(session), NOW)
    same = ("quiz_id", "title", "opens", "due", "late", "late_percent", "settings")
    assert [getattr(copied, name) for name in same] == [getattr(made, name) for name in same]
    assert (copied.classroom_id, copied.published) == (other.id, False)
    other.archived = NOW
    with pytest.raises(setting.ClassArchived):
        setting.copy(session, made, other, teacher_id(session), NOW)


def test_it_can_be_copied_to_the_other_classes_that_one_may_change(session: Session) -> None:
    made = set_for_ayesha(session)
    mine, put_away = classroom_of(session, [], name="Mine"), classroom_of(session, [], name="Put away")
    put_away.archived = NOW
    tamar = joins_cast(session, "tamar")
    looked_at = classroom_of(session, [], teacher="tamar", name="Looked at")
    give_right(session, looked_at, teacher_id(session), Right.VIEW)
    assert list(setting.classes_to_copy_to(session, made, teacher_id(session))) == [mine]
    assert list(setting.classes_to_copy_to(session, made, tamar.id)) == [looked_at]


def test_a_teacher_sets_the_quizzes_that_are_open_to_them_published_or_not(session: Session) -> None:
    tamar = joins_cast(session, "tamar")
    quiz = quiz_named(session, "whole-test")
    quiz.published = False
    assert quiz in setting.quizzes_to_set(session, tamar.id)
    quiz.everyone = None
    assert quiz not in setting.quizzes_to_set(session, tamar.id)
