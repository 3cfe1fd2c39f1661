"""The figures of questions and quizzes, from answers given through the services."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.rulings import Ruling
from quizapp.formats.bank_yaml import read_bank
from quizapp.models import Quiz, Reason, Report, db
from quizapp.services import banks
from quizapp.services.attempts import answering, starting, submitting
from quizapp.services.attempts.answering import Answerer
from quizapp.services.item_analysis import figures
from quizapp.services.item_analysis.answers import TypedAnswer
from quizapp.services.item_analysis.figures import VersionFigures
from tests.classes import assigned, classroom_of
from tests.conftest import NOW, question_named, quiz_named
from tests.item_analysis import each, files_with, fold, new_students, takes
from tests.services.attempts.steps import sent

GOOD = {"11111": 15, "11110": 10, "11100": 5, "10000": 10}
"""The first is easy, the last hard."""


@pytest.fixture
def five(session: Session) -> Quiz:
    """A quiz of five questions of choice; option 0 is each one's key."""
    banks.load_bank(session, read_bank(files_with("five")), "with five", NOW)
    return quiz_named(session, "five")


def taken(session: Session, quiz: Quiz, patterns: dict[str, int]) -> None:
    """Students answer by patterns: 1 chooses the key, 0 the lure, x nothing."""
    answers = list(each(patterns))
    for student, pattern in zip(new_students(session, len(answers)), answers, strict=True):
        takes(session, student, quiz, [{"1": 0, "0": 1, "x": None}[sign] for sign in pattern])
    fold(session, quiz)


def typed(session: Session, quiz: Quiz, position: int, *answers: str | list[str]) -> None:
    """Students answer one question of a quiz with a form's values, and submit."""
    for user, answer in zip(new_students(session, len(answers)), answers, strict=True):
        attempt = starting.start(session, user, quiz, 7, NOW)
        who = Answerer(user.id, user.sign_in_epoch)
        answering.save_answer(session, who, attempt.id, position, sent(answer), NOW + timedelta(seconds=9))
        submitting.submit(session, attempt.id, user.id, NOW + timedelta(minutes=1))
    fold(session, quiz)


def version_of(session: Session, slug: str) -> VersionFigures:
    """The figures of a question's newest version."""
    return figures.question_analysis(session, question_named(session, slug)).versions[0]


def test_a_quiz_has_its_questions_in_order_with_figures_and_flags(session: Session, five: Quiz) -> None:
    taken(session, five, GOOD)
    found = figures.quiz_figures(session, five.id)
    assert found.scores.n == 40
    assert found.possible == 5
    assert [one.question.content.stem[9:10] for one in found.versions] == ["1", "2", "3", "4", "5"]
    assert [round(one.figures.facility.value, 3) for one in found.versions if one.figures.facility] == [
        1.0, 0.75, 0.75, 0.625, 0.375,
    ]  # fmt: skip
    assert [flag.name for flag in found.versions[0].figures.flags] == ["too-easy"]
    assert found.versions[0].passage == "beginnings"


def test_where_the_strongest_choose_a_lure_the_key_is_to_be_checked(session: Session, five: Quiz) -> None:
    taken(session, five, {"01111": 16, "01110": 4, "11000": 6, "10000": 14})
    found = version_of(session, "five-1")
    assert found.discrimination is not None
    assert found.discrimination.value < -0.5
    assert [flag.name for flag in found.flags][:2] == ["check-key", "negative"]
    assert found.flags[0].values["option"] == "A lure of 1"
    assert found.choices is not None
    assert (found.choices.options[1].top, found.choices.options[0].bottom) == (1.0, 1.0)


def test_when_a_correction_marks_by_another_key_that_key_is_judged(session: Session, five: Quiz) -> None:
    taken(session, five, {"01111": 20, "10000": 20})
    asked = question_named(session, "five-1").current
    files = files_with("five")
    rise = files["rise.yaml"].replace("The key of 1, correct: true,", "The key of 1,")
    rise = rise.replace("A lure of 1,", "A lure of 1, correct: true,")
    banks.load_bank(session, read_bank({**files, "rise.yaml": rise}), "another key", NOW)
    asked.ruling = Ruling(by_version=question_named(session, "five-1").current.id).model_dump(mode="json")
    session.commit()
    judged = figures.question_analysis(session, question_named(session, "five-1")).versions[1]
    assert judged.choices is not None
    assert [choice.correct for choice in judged.choices.options] == [False, True, False]
    assert "check-key" not in [flag.name for flag in judged.flags]


def test_what_everybody_has_the_marks_of_raises_no_flag(session: Session, five: Quiz) -> None:
    question_named(session, "five-1").current.ruling = Ruling(everyone=True).model_dump(mode="json")
    taken(session, five, {"01111": 20, "10000": 20})
    found = version_of(session, "five-1")
    assert (found.flags, found.ruling) == ((), Ruling(everyone=True))


def test_open_reports_are_counted(session: Session, five: Quiz) -> None:
    version = question_named(session, "five-2").current.id
    for handled in (None, None, NOW):
        session.add(
            Report(question_version_id=version, position=1, reason=Reason.KEY, created=NOW, handled=handled, text="")
        )
    taken(session, five, {"11111": 1})
    assert [flag.values for flag in version_of(session, "five-2").flags] == [{"reports": 2}]


def test_below_five_answers_nothing_is_shown(session: Session, five: Quiz) -> None:
    taken(session, five, {"11111": 2, "00000": 2})
    found = version_of(session, "five-1")
    assert (found.n, found.facility, found.choices, found.seconds) == (4, None, None, None)


def test_wrong_words_typed_by_two_are_told_and_those_of_one_are_not(session: Session) -> None:
    quiz = quiz_named(session, "whole-test")
    typed(session, quiz, 4, "Ouse", "ouse", "the Ouse", "Thames", "Ouzel", "Ouzle")
    found = version_of(session, "river")
    assert found.typed == (TypedAnswer("Ouse", 3),)
    assert (found.n, found.options) == (6, ())


def test_wrong_words_of_fewer_than_five_are_kept_back(session: Session) -> None:
    typed(session, quiz_named(session, "whole-test"), 4, "Ouse", "Ouse", "Ouse", "Ouse")
    assert version_of(session, "river").typed == ()


def test_parts_are_told_one_by_one_with_what_was_given_instead(session: Session) -> None:
    typed(session, quiz_named(session, "whole-test"), 8, *[["boat", "copper"]] * 2, *[["cart", "silver"]] * 3)
    first, second = version_of(session, "last-bell").parts
    assert (first.share, second.share) == (0.6, 0.4)
    assert first.instead == (TypedAnswer("boat", 2),)
    assert second.instead == (TypedAnswer("silver", 3),)


def test_options_of_every_kind_that_has_them_are_read(session: Session) -> None:
    quiz = quiz_named(session, "whole-test")
    typed(session, quiz, 3, *["true"] * 20, *["false"] * 20)
    found = version_of(session, "walls")
    assert found.choices is not None
    assert [(choice.correct, choice.chosen) for choice in found.choices.options] == [(False, 20), (True, 20)]
    assert found.guess == 0.5


def test_one_assignment_is_told_apart_and_counts_first_attempts_alone(session: Session, five: Quiz) -> None:
    classroom = classroom_of(session, ())
    assignment, other = assigned(session, classroom, "five"), assigned(session, classroom, "five")
    students = new_students(session, 7)
    for student in students[:6]:
        takes(session, student, five, [0] * 5, NOW, assignment)
    takes(session, students[6], five, [1] * 5, NOW, other)
    takes(session, students[6], five, [1] * 5, NOW + timedelta(hours=1), assignment)
    fold(session, five)
    assert figures.quiz_figures(session, five.id).scores.n == 7
    assert figures.quiz_figures(session, five.id, assignment.id).scores.n == 6
    assert figures.quiz_figures(session, five.id, other.id).scores.n == 1


def test_the_list_has_figures_of_all_versions_and_flags_of_the_last(session: Session, five: Quiz) -> None:
    taken(session, five, GOOD)
    question = question_named(session, "five-1")
    found = figures.question_figures(session, question.bank)
    listed = found[question.id]
    assert (listed.facility, listed.discrimination, listed.n, listed.flags) == (1.0, None, 40, ("too-easy",))
    assert question_named(session, "river").id not in found


def test_a_new_version_begins_anew_and_the_question_goes_on(session: Session, five: Quiz) -> None:
    taken(session, five, GOOD)
    files = files_with("five")
    files["rise.yaml"] = files["rise.yaml"].replace("A lure of 1,", "Another lure of 1,")
    banks.load_bank(session, read_bank(files), "changed", NOW)
    taken(session, five, {"11111": 6})
    found = figures.question_analysis(session, question_named(session, "five-1"))
    assert [(version.version, version.n) for version in found.versions] == [(2, 6), (1, 40)]
    assert found.together.n == 46
    assert [version.options[1] for version in found.versions] == ["Another lure of 1", "A lure of 1"]
    quiz = figures.quiz_figures(session, five.id)
    assert (quiz.scores.n, quiz.scores.reliability, quiz.possible) == (46, "several forms", None)


def test_sums_of_answers_that_are_no_answers_any_more_are_no_failure(session: Session, five: Quiz) -> None:
    taken(session, five, GOOD)
    session.execute(db.text("UPDATE tally SET answer = '{\"chosen\": 99}' WHERE answer = '{\"chosen\": 1}'"))
    assert version_of(session, "five-5").choices is not None
