"""The settings of a quiz in plain sentences."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from quizapp.domain.certainty import CertaintyUse
from quizapp.domain.feedback import PRESETS, Aspect, FeedbackPolicy, Moment
from quizapp.domain.grading import Grading
from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import QuizSettings
from quizapp.web.quiz_wording import feedback_columns, feedback_rows, settings_in_words

CLOSES = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _request(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def words(
    mode: Mode = Mode.TEST, questions: int = 8, factor: float = 1.0, extra: int = 0, days: int = 0, **settings: Any
) -> str:
    """All the sentences, one after the other."""
    return " ".join(settings_in_words(QuizSettings(**settings), mode, questions, factor, extra, days))


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({}, "8 questions, each on a page of its own."),
        ({"one_page": True}, "8 questions, all on one page."),
        ({"questions": 1}, "1 question."),
        ({}, "You can change every answer until you submit."),
        ({"mode": Mode.PRACTICE}, "You check each answer when you are ready; after that it stays. Then you see"),
        ({}, "There is no time limit."),
        ({"minutes": 30}, "You have 30 minutes from when you begin"),
        ({"minutes": 30, "factor": 2.0}, "You have 60 minutes (30 + your 30) from when you begin"),
        ({"closes": CLOSES}, "The quiz closes on"),
        ({"closes": CLOSES, "minutes": 60, "factor": 1.5}, "For you the quiz closes on"),
        ({"closes": CLOSES, "days": 3}, 'For you the quiz closes on <time datetime="2026-06-04T12:00'),
        ({}, "You may take it as often as you like. The best attempt counts."),
        ({"attempts": 1}, "You may take it once."),
        ({"attempts": 3, "grading": Grading.LATEST}, "You may take it 3 times. The latest attempt counts."),
        ({"attempts": 1, "extra": 2}, "You may take it 3 times (1 + your 2). The best attempt counts."),
        ({"grading": Grading.AVERAGE}, "The average of all attempts counts."),
        ({"open_book": True}, "The book stays open: the passage stands beside the question."),
        ({"certainty": CertaintyUse.ASKED}, "You are asked how sure you are; it does not count."),
        ({"certainty": CertaintyUse.SCORED}, "earn 1, 2 and 3 marks"),
        ({"shuffle_questions": True}, "The questions come in another order each time."),
        ({"shuffle_options": False}, "stand in the same order each time."),
    ],
)
def test_each_setting_is_said_in_a_sentence(settings: dict[str, Any], says: str) -> None:
    assert says in words(**settings)


def test_what_is_as_usual_is_not_spoken_of() -> None:
    said = words(attempts=1)
    for word in ("sure", "order", "book", "closes", "counts"):
        assert word not in said


def test_a_closing_time_is_marked_up_for_the_reader_s_own_clock() -> None:
    (sentence,) = [s for s in settings_in_words(QuizSettings(closes=CLOSES), Mode.TEST, 8) if "closes" in s]
    assert '<time datetime="2026-06-01T12:00:00+00:00" data-local="moment">1 Jun 2026, 12:00 UTC</time>' in sentence


def test_with_more_time_the_window_is_longer_by_as_much() -> None:
    assert "1 Jun 2026, 12:30 UTC" in words(closes=CLOSES, minutes=60, factor=1.5)


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        (Moment.AT_ONCE, "after you have submitted"),
        (Moment.AFTER_SUBMISSION, "after you have submitted"),
        (Moment.AFTER_CLOSING, "when the quiz has closed"),
        (Moment.NEVER, "is not shown in this quiz"),
    ],
)
def test_when_a_test_tells_whether_answers_are_right_is_said(moment: Moment, says: str) -> None:
    assert says in words(feedback=FeedbackPolicy(dict.fromkeys(Aspect, moment)))


STEPS = FeedbackPolicy({Aspect.CORRECTNESS: Moment.AT_ONCE, Aspect.KEY: Moment.AFTER_CLOSING})


def test_feedback_in_steps_is_said_to_come_in_steps() -> None:
    assert "comes in steps" in words(feedback=STEPS)


def test_the_table_shows_each_aspect_from_its_moment_on() -> None:
    rows = {row.aspect: row.moment for row in feedback_rows(STEPS, Mode.PRACTICE)}
    assert rows[Aspect.RESPONSE] is rows[Aspect.CORRECTNESS] is Moment.AT_ONCE
    assert (rows[Aspect.KEY], rows[Aspect.MARK]) == (Moment.AFTER_CLOSING, Moment.NEVER)


def test_in_a_test_at_once_means_after_submission() -> None:
    rows = {row.aspect: row.moment for row in feedback_rows(PRESETS[Mode.PRACTICE], Mode.TEST)}
    assert rows[Aspect.RESPONSE] is Moment.AT_ONCE
    assert {moment for aspect, moment in rows.items() if aspect is not Aspect.RESPONSE} == {Moment.AFTER_SUBMISSION}


def test_the_table_has_only_the_columns_it_needs() -> None:
    assert [name for _, name in feedback_columns(PRESETS[Mode.PRACTICE], Mode.PRACTICE)] == ["At once"]
    assert [moment for moment, _ in feedback_columns(STEPS, Mode.TEST)] == list(Moment)
