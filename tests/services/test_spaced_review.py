"""Spaced review: what comes back to whom, and the attempt that asks it."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.quizzes import Mode, Status
from quizapp.models import Attempt, Purpose, State
from quizapp.services import spaced_review
from quizapp.services.attempts import starting
from quizapp.services.spaced_review import NothingDue, forecast, memories, next_due, start_review
from tests.bank import QUESTIONS
from tests.conftest import NOW, person, question_named, quiz_named
from tests.spaced import answered, with_same_lines

DAY = timedelta(days=1)
NEXT_DAY = NOW + DAY
LATER = NOW + 5 * DAY


def due(session: Session, username: str = "ayesha", at: object = NEXT_DAY) -> list[str]:
    """The slugs of what is due, the most pressing first."""
    slugs = {question_named(session, slug).id: slug for slug in QUESTIONS}
    return [slugs[one.question_id] for one in spaced_review.due(session, person(session, username).id, at)]


def started(session: Session, at: object = NEXT_DAY, **options: int) -> Attempt:
    """A review of Ayesha's."""
    return start_review(session, person(session, "ayesha"), 7, at, **options)


def asked(attempt: Attempt) -> list[tuple[str, str | None]]:
    """What it asks: each question, and the one it stands for."""
    return [(slot.version.question.slug, slot.stands_for.slug if slot.stands_for else None) for slot in attempt.slots]


def took_a_test(session: Session, settings: dict[str, object]) -> None:
    """A finished test of Ayesha's, run with these settings, with one wrong answer."""
    quiz = quiz_named(session, "whole-test")
    quiz.settings = settings
    attempt = starting.start(session, person(session, "ayesha"), quiz, 1, NOW)
    attempt.state, attempt.submitted = State.SUBMITTED, NOW
    for slot in attempt.slots:
        slot.settled, slot.fraction = NOW, 0.0
    attempt.slots[0].response = {"any": "answer"}
    session.commit()


def test_a_wrong_answer_comes_back_a_day_later_and_not_before(session: Session) -> None:
    answered(session, "founder", NOW)
    assert due(session, at=NEXT_DAY - timedelta(seconds=1)) == []
    assert due(session, at=NEXT_DAY) == ["founder"]


def test_what_was_always_known_does_not_come_back(session: Session) -> None:
    answered(session, "founder", NOW, 1.0)
    answered(session, "goods", NOW, 1.0, certainty=2)
    assert due(session, at=NOW + 1000 * DAY) == []


@pytest.mark.parametrize(("fraction", "certainty"), [(0.5, None), (0.99, 3), (1.0, 1)])
def test_what_was_right_in_part_or_unsurely_comes_back(
    session: Session, fraction: float, certainty: int | None
) -> None:
    answered(session, "goods", NOW, fraction, certainty=certainty)
    assert due(session, at=LATER) == ["goods"]


def test_a_blank_and_an_answer_without_a_mark_bring_nothing_back(session: Session) -> None:
    answered(session, "founder", NOW, 0.0, blank=True)
    answered(session, "goods", NOW, None)
    assert memories(session, person(session, "ayesha").id, LATER) == []


def test_the_answers_of_somebody_else_do_not_count(session: Session) -> None:
    answered(session, "founder", NOW, username="ben")
    answered(session, "goods", NOW)
    assert due(session) == ["goods"]
    assert due(session, "ben") == ["founder"]
    assert due(session, "tahir") == []


def test_a_right_answer_puts_the_question_off(session: Session) -> None:
    answered(session, "founder", NOW)
    answered(session, "founder", NEXT_DAY, 1.0)
    assert due(session, at=NEXT_DAY + timedelta(hours=20)) == []
    assert due(session, at=NEXT_DAY + 30 * DAY) == ["founder"]


def test_a_mark_that_is_corrected_changes_the_schedule(session: Session) -> None:
    attempt = answered(session, "founder", NOW)
    assert due(session) == ["founder"]
    attempt.slots[0].fraction = 1.0
    session.commit()
    assert due(session) == []


def test_a_question_no_longer_published_is_not_due_until_it_is_again(session: Session) -> None:
    answered(session, "founder", NOW)
    question_named(session, "founder").status = Status.RETIRED
    session.commit()
    assert due(session) == []
    question_named(session, "founder").status = Status.PUBLISHED
    session.commit()
    assert due(session) == ["founder"]


def test_an_answer_counts_for_the_question_it_stands_for(session: Session) -> None:
    answered(session, "founder", NOW)
    answered(session, "goods", NEXT_DAY, 1.0, stands_for="founder")
    assert due(session, at=NEXT_DAY + timedelta(hours=20)) == []
    answered(session, "walls", NEXT_DAY + DAY, 0.0, stands_for="founder")
    assert due(session, at=NEXT_DAY + 2 * DAY) == ["founder"]


def test_the_least_likely_to_be_known_comes_first(session: Session) -> None:
    answered(session, "goods", NOW, 1.0, certainty=1)
    answered(session, "founder", NOW)
    answered(session, "river", NOW - 3 * DAY)
    assert due(session) == ["river", "founder", "goods"]


AFTER_CLOSING = {"correctness": "after_submission", "key": "after_closing"}


@pytest.mark.parametrize(
    ("settings", "comes_back"),
    [
        ({}, True),
        ({"feedback": {"correctness": "after_submission"}}, False),
        ({"feedback": AFTER_CLOSING, "closes": (NOW + 3 * DAY).isoformat()}, False),
        ({"feedback": AFTER_CLOSING, "closes": (NOW + timedelta(hours=1)).isoformat()}, True),
    ],
    ids=["usual", "key never", "key when closed, still open", "key when closed, closed"],
)
def test_a_test_brings_nothing_back_while_its_key_is_not_shown(
    session: Session, settings: dict[str, object], comes_back: bool
) -> None:
    took_a_test(session, settings)
    assert due(session) == (["founder"] if comes_back else [])


def test_a_review_is_a_practice_attempt_of_its_own(session: Session) -> None:
    answered(session, "founder", NOW)
    attempt = started(session)
    assert (attempt.purpose, attempt.mode, attempt.quiz_id) == (Purpose.REVIEW, Mode.PRACTICE, None)
    assert (attempt.state, attempt.started, attempt.max_score) == (State.OPEN, NEXT_DAY, 1.0)
    assert asked(attempt) == [("founder", None)]


def test_without_anything_due_there_is_no_review(session: Session) -> None:
    answered(session, "founder", NOW)
    with pytest.raises(NothingDue):
        started(session, at=NOW + timedelta(hours=1))


def test_an_unfinished_review_is_continued_also_when_more_has_come_due(session: Session) -> None:
    answered(session, "founder", NOW)
    first = started(session)
    answered(session, "river", NOW)
    assert started(session, at=LATER).id == first.id
    first.state = State.SUBMITTED
    session.commit()
    assert started(session, at=LATER).id != first.id


def test_sections_take_turns(session: Session) -> None:
    for slug in ("founder", "goods", "walls", "river", "losses"):
        answered(session, slug, NOW)
    sections = [slot.version.question.section.slug for slot in started(session).slots]
    assert sections == ["rise", "fall", "rise", "fall", "rise"]


def test_a_review_asks_the_most_pressing_and_leaves_the_rest(session: Session) -> None:
    for days, slug in enumerate(("founder", "goods", "river")):
        answered(session, slug, NOW - days * DAY)
    assert {slug for slug, _ in asked(started(session, most=2))} == {"river", "goods"}


def test_a_fresh_question_on_the_same_lines_is_asked_instead(session: Session) -> None:
    with_same_lines(session)
    answered(session, "founder", NOW)
    assert asked(started(session)) == [("goods", "founder")]


def test_one_never_seen_is_preferred_to_a_nearer_one(session: Session) -> None:
    with_same_lines(session)
    answered(session, "founder", NOW)
    answered(session, "goods", NOW, 1.0)
    assert asked(started(session)) == [("walls", "founder")]


def test_of_questions_all_seen_the_one_asked_last_is_not_asked_again(session: Session) -> None:
    with_same_lines(session)
    answered(session, "founder", NOW)
    answered(session, "walls", NOW, 1.0)
    answered(session, "goods", NEXT_DAY, 0.0, stands_for="founder")
    assert asked(started(session, at=NEXT_DAY + DAY)) == [("walls", "founder")]


def test_a_question_that_is_due_itself_stands_for_no_other(session: Session) -> None:
    with_same_lines(session)
    for slug in ("founder", "goods", "walls"):
        answered(session, slug, NOW)
    assert sorted(asked(started(session))) == [("founder", None), ("goods", None), ("walls", None)]


def test_two_due_questions_never_share_one_that_stands_for_them(session: Session) -> None:
    with_same_lines(session)
    answered(session, "goods", NOW)
    answered(session, "walls", NOW)
    slugs = [slug for slug, _ in asked(started(session))]
    assert "founder" in slugs
    assert len(set(slugs)) == 2


def test_the_next_moment_is_known_where_nothing_is_due(session: Session) -> None:
    answered(session, "founder", NOW)
    answered(session, "river", NOW - timedelta(hours=3))
    found = memories(session, person(session, "ayesha").id, NOW)
    assert next_due(found, NOW) == NEXT_DAY - timedelta(hours=3)
    assert next_due([], NOW) is None


def test_the_forecast_sets_what_was_expected_beside_what_happened(session: Session) -> None:
    answered(session, "founder", NOW)
    answered(session, "founder", NEXT_DAY, 1.0)
    answered(session, "river", NOW - DAY)
    answered(session, "river", NEXT_DAY, 0.0)
    found = forecast(memories(session, person(session, "ayesha").id, LATER), LATER)
    assert found.questions == 2
    assert found.by_day[0] == (LATER.date(), 2)
    assert found.busiest == 2
    assert found.calibration is not None
    assert (found.calibration.n, found.calibration.observed) == (2, 0.5)
    assert found.share_known is not None
    assert 0 < found.share_known < 1


def test_without_answers_the_forecast_is_empty(session: Session) -> None:
    found = forecast(memories(session, person(session, "ayesha").id, NOW), NOW)
    assert (found.questions, found.share_known, found.calibration, found.busiest) == (0, None, None, 0)
