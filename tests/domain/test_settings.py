"""Settings of a quiz: what is usual is left out, and what makes no sense is refused."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from quizapp.domain.certainty import CertaintyUse
from quizapp.domain.feedback import PRESETS, Aspect, FeedbackPolicy, Moment
from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import QuizSettings
from tests.conftest import NOW


def test_what_is_usual_is_left_out_and_the_rest_comes_back() -> None:
    policy = FeedbackPolicy(dict.fromkeys(Aspect, Moment.AFTER_CLOSING))
    settings = QuizSettings(minutes=30, closes=NOW, certainty=CertaintyUse.SCORED, feedback=policy)
    assert QuizSettings().plain() == {}
    assert set(settings.plain()) == {"minutes", "closes", "certainty", "feedback"}
    assert QuizSettings.model_validate(settings.plain()) == settings


@pytest.mark.parametrize(
    "wrong",
    [{"minutes": 0}, {"attempts": 0}, {"closes": "2026-03-14T12:00:00"}, {"grading": "worst"}, {"colour": "blue"}],
    ids=str,
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        QuizSettings.model_validate(wrong)


def test_without_a_policy_the_mode_decides() -> None:
    assert QuizSettings().policy(Mode.TEST) is PRESETS[Mode.TEST]


def test_a_quiz_is_closed_after_its_time_or_that_of_a_student_with_more() -> None:
    settings = QuizSettings(closes=NOW)
    later = NOW + timedelta(minutes=1)
    assert not settings.is_closed(NOW)
    assert settings.is_closed(later)
    assert not settings.is_closed(later, closes=NOW + timedelta(hours=1))
    assert not QuizSettings().is_closed(later)
