"""Who in a class needs help, and with what."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.models import Classroom, QuestionVersion
from quizapp.services import needing_help as helping
from quizapp.services.needing_help import Help, Topic
from tests.benchmark.workload import counted
from tests.classes import assigned, classroom_of, joins_cast
from tests.conftest import NOW, question_named
from tests.gradebooks import removed, took

RIGHT = {1: 0, 3: "false", 4: "Ouzel", 5: "1851"}
"""Of the whole test: the founder, the walls, the river, the year."""
WRONG = {1: 2, 3: "true", 4: "Ouse", 5: "1850"}


@pytest.fixture
def classroom(session: Session) -> Classroom:
    """A class of three."""
    joins_cast(session, "chen")
    return classroom_of(session, ("ayesha", "ben", "chen"))


def help_for(session: Session, classroom: Classroom, below: float = 0.6) -> Help:
    """What the page shows of the class."""
    return helping.needing_help(session, classroom.id, below)


def named(topics: tuple[Topic, ...], title: str) -> Topic:
    """The topic with this title."""
    (found,) = (topic for topic in topics if topic.title == title)
    return found


def test_an_objective_lists_the_students_below_the_threshold_weakest_first(
    session: Session, classroom: Classroom
) -> None:
    took(session, "ayesha", "whole-test", RIGHT)
    took(session, "ben", "whole-test", WRONG)
    took(session, "chen", "whole-test", {1: 0, 5: "1850"})
    topic = named(help_for(session, classroom).objectives, "Date the events")
    assert [(one.name, one.questions) for one in topic.below] == [("Ben (test)", 3), ("Chen (test)", 3)]
    assert [one.share for one in topic.below] == [0.0, pytest.approx(1 / 3)]
    assert (topic.students, topic.mean) == (3, pytest.approx(1 / 3))
    assert len(named(help_for(session, classroom, 0.3).objectives, "Date the events").below) == 1


def test_a_passage_lists_them_as_well_and_says_where_it_is(session: Session, classroom: Classroom) -> None:
    took(session, "ayesha", "whole-test", RIGHT)
    took(session, "ben", "whole-test", WRONG)
    topic = named(help_for(session, classroom).passages, "Silt")
    assert topic.passage is not None
    assert (topic.passage.source, topic.passage.slug, topic.passage.label) == ("harbour", "silting", "2.1")
    assert [(one.name, one.share, one.questions) for one in topic.below] == [("Ben (test)", 0.0, 2)]


def test_too_few_questions_tell_nothing(session: Session, classroom: Classroom) -> None:
    took(session, "ayesha", "rise-practice", {1: 2, 2: "1851"})
    found = help_for(session, classroom)
    assert [topic.title for topic in found.objectives] == ["Date the events"]
    assert found.passages == ()


def test_the_first_answer_counts_and_what_came_after_the_feedback_does_not(
    session: Session, classroom: Classroom
) -> None:
    took(session, "ayesha", "rise-practice", {1: 2, 2: "1850"})
    took(session, "ayesha", "rise-practice", {1: 0, 2: "1851"}, at=NOW + timedelta(hours=1))
    (topic,) = help_for(session, classroom).objectives
    assert (topic.mean, topic.below[0].questions) == (0.0, 2)


def test_the_lines_most_misread_stand_in_their_passage(session: Session, classroom: Classroom) -> None:
    for username in ("ayesha", "ben"):
        took(session, username, "whole-test", WRONG)
    took(session, "chen", "whole-test", RIGHT)
    found = {item.at.slug: item for item in help_for(session, classroom).misread}
    silt = {line.line.quote: line for line in found["silting"].lines}
    river = silt["The river Ouzel filled the harbour"]
    assert (river.asked, river.missed, river.against, river.students) == (3, 2, 0, 2)
    spoken = next(line for line in found["beginnings"].lines if line.line.quote == "Saltmouth was founded by Ada Marsh")
    assert (spoken.asked, spoken.missed, spoken.against) == (3, 0, 2)
    assert "Saltmouth was founded by Ada Marsh" in found["beginnings"].passage.against
    assert "founded by Ada Marsh" in found["beginnings"].passage.evidence


def test_a_blank_earns_nothing_and_misreads_nothing(session: Session, classroom: Classroom) -> None:
    for username in ("ayesha", "ben"):
        took(session, username, "rise-practice", {})
    found = help_for(session, classroom)
    assert found.objectives[0].mean == 0.0
    assert found.misread == ()


def test_one_student_s_slip_is_no_misread_line(session: Session, classroom: Classroom) -> None:
    took(session, "ayesha", "whole-test", WRONG)
    assert help_for(session, classroom).misread == ()


def test_a_question_that_a_correction_took_out_counts_for_nothing(session: Session, classroom: Classroom) -> None:
    took(session, "ayesha", "rise-practice", {1: 2, 2: "1851"})
    version = question_named(session, "founder").current_version_id
    session.execute(update(QuestionVersion).where(QuestionVersion.id == version).values(ruling={"void": True}))
    assert help_for(session, classroom).answers == 1


def test_only_students_who_are_in_the_class_are_looked_at(session: Session, classroom: Classroom) -> None:
    took(session, "ayesha", "whole-test", WRONG)
    took(session, "ben", "whole-test", WRONG)
    removed(session, assigned(session, classroom), "ben")
    assert help_for(session, classroom).answers == 8
    assert help_for(session, classroom_of(session, (), name="Empty")).answers == 0


def test_the_statements_do_not_grow_with_the_class(app: Flask, session: Session, classroom: Classroom) -> None:
    took(session, "ayesha", "whole-test", WRONG)
    took(session, "ben", "rise-practice", {1: 2, 2: "1850"})
    classroom_id = classroom.id
    with counted(app) as few:
        helping.needing_help(session, classroom_id, 0.6)
    for number, username in enumerate(("ayesha", "ben", "chen") * 2, start=1):
        took(session, username, "whole-test", WRONG, at=NOW + timedelta(hours=number))
    with counted(app) as many:
        helping.needing_help(session, classroom_id, 0.6)
    assert len(many) <= 10
    assert len(many) <= len(few) + 2
