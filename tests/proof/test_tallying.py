"""Several people look at one moment: every attempt is folded into the sums once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from quizapp.formats.bank_yaml import read_bank
from quizapp.models import db
from quizapp.models.engine import begin_writing
from quizapp.services import banks
from quizapp.services.attempts import submitting
from quizapp.services.item_analysis import figures, tallying
from tests.conftest import NOW, quiz_named
from tests.item_analysis import each, files_with, new_students, takes

VIEWERS = 4
PATTERNS = {"11111": 5, "11000": 4, "00000": 3, "10110": 4}


def class_of(app: Flask) -> int:
    """Sixteen students have taken a quiz of five questions; its id."""
    with app.app_context():
        session = db.session()
        banks.load_bank(session, read_bank(files_with("five")), "with five", NOW)
        quiz = quiz_named(session, "five")
        for student, pattern in zip(new_students(session, 16), each(PATTERNS), strict=True):
            takes(session, student, quiz, [1 - int(right) for right in pattern])
        session.commit()
        return quiz.id


def look(app: Flask, quiz: int, together: Barrier) -> int:
    """Fold by batches of two until nothing waits; how many attempts that were."""
    folded = 0
    together.wait()
    while True:
        with app.app_context():
            begin_writing(db.session())
            some = tallying.tally(db.session(), quiz, at_most=2)
            db.session.commit()
        if not some:
            return folded
        folded += some


def test_every_attempt_is_folded_once_however_many_look(app_on_each: Flask) -> None:
    quiz = class_of(app_on_each)
    together = Barrier(VIEWERS)
    with ThreadPoolExecutor(VIEWERS) as pool:
        viewers = [pool.submit(look, app_on_each, quiz, together) for _ in range(VIEWERS)]
    assert sum(viewer.result() for viewer in viewers) == 16
    with app_on_each.app_context():
        session = db.session()
        kept = tallying.kept(session, quiz)
        assert kept == tallying.rebuilt(session, quiz)
        found = figures.quiz_figures(session, quiz)
        assert found.scores.n == 16
        assert [one.figures.n for one in found.versions] == [16] * 5
        assert [one.figures.seconds for one in found.versions] == [10] * 5


def test_an_attempt_is_opened_again_while_others_look(app_on_each: Flask) -> None:
    quiz = class_of(app_on_each)
    together = Barrier(3)

    def open_again() -> None:
        with app_on_each.app_context():
            together.wait()
            begin_writing(db.session())
            submitting.reopen(db.session(), 3, None, NOW)
            db.session.commit()

    with ThreadPoolExecutor(3) as pool:
        done = [pool.submit(look, app_on_each, quiz, together) for _ in range(2)] + [pool.submit(open_again)]
    for one in done:
        one.result()
    look(app_on_each, quiz, Barrier(1))
    with app_on_each.app_context():
        kept = tallying.kept(db.session(), quiz)
        assert kept == tallying.rebuilt(db.session(), quiz)
        assert figures.quiz_figures(db.session(), quiz).scores.n == 15
