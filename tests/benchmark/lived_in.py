"""An instance that classes have worked on: students, quizzes, assignments and answers, made by SQL from a few."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.access import Right
from quizapp.models import Assignment, Attempt, AttemptSlot, Classroom, Enrolment, Quiz, User, db
from quizapp.services import accounts
from quizapp.services.attempts.pinned import pinned_questions, plan_of
from quizapp.services.item_analysis import tallying
from quizapp.services.sharing import give_right
from tests.benchmark.copying import copy_rows
from tests.benchmark.drafts import draft
from tests.conftest import NOW, Browser, quiz_named

STUDENTS, ASSIGNMENTS, QUESTIONS = 25, 2, 20
"""In a class, set for it, and asked by each."""
ANSWERS_OF_CLASS = STUDENTS * ASSIGNMENTS * QUESTIONS
QUIZZES = 5
CLASSES_OF_TEACHER = 10
PATTERNS = 10
"""Attempts drawn by the program itself, of which all others are copies with other answers."""
_CHOICE = 16
"""Answers to each question of a pattern among which chance chooses."""
_FIRST = 1_000
"""Numbers of what is copied come after this one."""


@dataclass(frozen=True)
class LivedIn:
    """What a teacher looks at: a class of theirs, and a quiz that this class and many others took."""

    classroom: int
    quiz: int


def live_in(app: Flask, student: Browser, classes: int) -> LivedIn:
    """Let so many classes work on the instance; the student takes part to make the patterns."""
    patterns = [_pattern(student) for _ in range(PATTERNS)]
    with app.app_context():
        session = db.session()
        quizzes = _quizzes(session)
        classroom = _first_class(session, quizzes[0])
        _people(session, classes)
        _classes(session, classes, quizzes[0])
        _attempts(session, classes, patterns[0], quizzes[0])
        session.commit()
        for quiz in quizzes:
            while tallying.tally(session, quiz, at_most=5_000):
                session.commit()
            session.rollback()
        return LivedIn(classroom, quizzes[0])


def _pattern(student: Browser) -> int:
    attempt = student.start("mixed-test")
    student.post(f"/attempts/{attempt}/submit")
    return attempt


def _quizzes(session: Session) -> list[int]:
    """Quizzes with numbers in a row, which ask what the mixed test asks."""
    source = quiz_named(session, "mixed-test").id
    changed = {"id": f"{_FIRST} + n.i", "slug": "'many-' || n.i", "title": "'Many answers ' || n.i"}
    copy_rows(session, Quiz, changed, "WHERE old.id = :source", f"{QUIZZES}", {"source": source})
    return [_FIRST + n for n in range(1, QUIZZES + 1)]


def _first_class(session: Session, quiz: int) -> int:
    teacher = accounts.find(session, "teacher")
    assert teacher is not None
    classroom = Classroom(id=1, name="Class 1", join_code="CLASS1", created=NOW)
    session.add(classroom)
    session.flush()
    give_right(session, classroom, teacher.id, Right.OWN)
    session.add(Assignment(id=1, classroom_id=1, quiz_id=quiz, title="Many answers", created=NOW, settings={}))
    session.flush()
    return classroom.id


def _people(session: Session, classes: int) -> None:
    changed = {"id": f"{_FIRST} + n.i", "username": "'learner' || n.i", "display_name": "'Learner ' || n.i"}
    copy_rows(session, User, changed, "WHERE old.username = 'student'", f"{classes * STUDENTS}")
    changed = {"id": f"{10 * _FIRST * _FIRST} + n.i", "username": "'teaches' || n.i", "display_name": "'T ' || n.i"}
    copy_rows(session, User, changed, f"WHERE old.username = 'teacher' AND {classes} > 1", f"{classes // 10 + 1}")


def _classes(session: Session, classes: int, quiz: int) -> None:
    """Classes of 25, each set two of the quizzes, and the teachers who own them."""
    session.add(Enrolment(id=1, classroom_id=1, user_id=_FIRST + 1, joined=NOW))
    session.flush()
    if classes > 1:
        changed = {"id": "n.i + 1", "name": "'Class ' || (n.i + 1)", "join_code": "'CLASS' || (n.i + 1)"}
        copy_rows(session, Classroom, changed, "WHERE old.id = 1", f"{classes - 1}")
        owner = f"{10 * _FIRST * _FIRST} + 1 + n.i / {CLASSES_OF_TEACHER}"
        session.execute(
            db.text(
                f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {classes - 1}) "
                f"INSERT INTO share (user_id, classroom_id, \"right\") SELECT {owner}, n.i + 1, 'own' FROM n"
            )
        )
    changed = {"id": "n.i + 1", "user_id": f"{_FIRST + 1} + n.i", "classroom_id": f"n.i / {STUDENTS} + 1"}
    copy_rows(session, Enrolment, changed, "WHERE old.id = 1", f"{classes * STUDENTS - 1}")
    changed = {
        "id": "n.i + 1",
        "classroom_id": f"n.i / {ASSIGNMENTS} + 1",
        "quiz_id": f"{quiz} + (n.i / {ASSIGNMENTS} + n.i % {ASSIGNMENTS}) % {QUIZZES}",
    }
    copy_rows(session, Assignment, changed, "WHERE old.id = 1", f"{classes * ASSIGNMENTS - 1}")


def _attempts(session: Session, classes: int, pattern: int, quiz: int) -> None:
    """Every student's attempt at every assignment of the class, answered as chance and strength will have it."""
    classroom = f"((n.i - 1) / {STUDENTS * ASSIGNMENTS})"
    second = f"((n.i - 1) % {ASSIGNMENTS})"
    changed = {
        "id": f"{_FIRST} + n.i",
        "user_id": f"{_FIRST + 1} + (n.i - 1) / {ASSIGNMENTS}",
        "assignment_id": f"{classroom} * {ASSIGNMENTS} + {second} + 1",
        "quiz_id": f"{quiz} + ({classroom} + {second}) % {QUIZZES}",
        "number": "1",
        "tallied": "false",
    }
    copy_rows(session, Attempt, changed, "WHERE old.id = :pattern", f"{classes * 50}", {"pattern": pattern})
    _make_choice(session, pattern)
    changed = {"id": "", "attempt_id": "taken.id", "response": "choice.response", "fraction": "choice.fraction"}
    joined = (
        f"JOIN attempt taken ON taken.id > {_FIRST} AND old.attempt_id = :pattern + taken.id * 7 % {PATTERNS} "
        "JOIN choice ON choice.attempt = old.attempt_id AND choice.position = old.position AND choice.number = "
        f"{_by_strength('taken.user_id', 'taken.id', 'old.position')} ORDER BY taken.id, old.position"
    )
    copy_rows(session, AttemptSlot, changed, joined, values={"pattern": pattern})
    earned = "SELECT sum(fraction * max_mark) FROM attempt_slot WHERE attempt_id = attempt.id"
    session.execute(db.text(f"UPDATE attempt SET score = ({earned}) WHERE id > {_FIRST}"))


def _by_strength(person: str, attempt: str, position: str) -> str:
    """Which of the answers, right ones first: the better of two throws for the strong, the worse for the weak."""
    one, other = (f"({attempt} * {a} + {position} * {b} + {attempt} / {c}) % {_CHOICE}" for a, b, c in _THROWS)
    return f"CASE {person} % 3 WHEN 0 THEN min({one}, {other}) WHEN 1 THEN max({one}, {other}) ELSE {one} END"


_THROWS = ((31, 17, 7), (13, 29, 11))


def _make_choice(session: Session, pattern: int) -> None:
    columns = "attempt, position, number, response, fraction, PRIMARY KEY (attempt, position, number)"
    session.execute(db.text(f"CREATE TEMPORARY TABLE choice ({columns})"))
    rows = [row for attempt in range(pattern, pattern + PATTERNS) for row in _answers(session, attempt)]
    session.execute(db.text("INSERT INTO choice VALUES (:attempt, :position, :number, :response, :fraction)"), rows)


def _answers(session: Session, attempt: int) -> Iterator[dict[str, Any]]:
    chance, plan = Random(attempt), plan_of(session, attempt)
    assert plan is not None
    questions = pinned_questions(session, [slot.version_id for slot in plan.slots])
    for slot in plan.slots:
        question = questions[slot.version_id]
        drafts = [draft(question, slot.order, chance) for _ in range(4 * _CHOICE)]
        read = [question.kind.read(question.content, slot.order, {"answer": list(values)}) for values in drafts]
        marked = sorted(((question.kind.mark(question.content, one), one) for one in read), key=lambda pair: -pair[0])
        # Of the better half every other one: who has learnt is right twice as often as who throws dice.
        for number, (fraction, one) in enumerate(marked[: 2 * _CHOICE : 2]):
            yield {
                "attempt": attempt, "position": slot.position, "number": number,
                "response": json.dumps(one.model_dump(mode="json")), "fraction": fraction,
            }  # fmt: skip
