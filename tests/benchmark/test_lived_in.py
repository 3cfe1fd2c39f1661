"""The instance that growth is measured on holds what it says, and its pages show it."""

from pathlib import Path

import pytest

from quizapp.models import Attempt, AttemptSlot, Tally, db
from tests.benchmark.lived_in import ANSWERS_OF_CLASS, live_in
from tests.benchmark.workload import app_with_bank
from tests.conftest import Browser
from tests.databases import only_on_sqlite

pytestmark = [pytest.mark.long, only_on_sqlite("the growth of its file is what is measured")]


def test_two_classes_have_answered_and_their_teacher_sees_it(tmp_path: Path) -> None:
    app = app_with_bank(tmp_path, "NORMAL")
    student, teacher = Browser(app.test_client()), Browser(app.test_client())
    student.sign_in("student")
    teacher.sign_in("teacher")
    lived = live_in(app, student, classes=2)
    with app.app_context():
        answers = db.select(db.func.count()).where(AttemptSlot.response.is_not(None))
        assert db.session.scalar(answers) == 2 * ANSWERS_OF_CLASS
        assert db.session.scalar(db.select(db.func.sum(Tally.count))) == 2 * ANSWERS_OF_CLASS
        assert db.session.scalar(db.select(db.func.min(Attempt.score)).where(Attempt.assignment_id.is_not(None))) > 0
        db.session.remove()
        db.engine.dispose()
    assert teacher.get(f"/teach/classes/{lived.classroom}/gradebook").text.count("Learner ") >= 25
    assert teacher.get(f"/teach/quizzes/{lived.quiz}/analysis").status_code == 200
