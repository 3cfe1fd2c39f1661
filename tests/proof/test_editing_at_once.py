"""Several teachers save one thing at one moment, on PostgreSQL, where writers do not queue by themselves."""

from collections.abc import Callable
from threading import Barrier, Thread

from flask import Flask

from quizapp.models import Passage, db
from quizapp.services import authoring
from quizapp.services.texts import passages
from tests.conftest import NOW, question_named


def at_once(save: Callable[[int], None]) -> None:
    """Four teachers save."""
    threads = [Thread(target=save, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_of_several_who_save_at_one_moment_one_saves_and_the_others_are_told(app_on_postgres: Flask) -> None:
    told: list[str] = []
    together = Barrier(4)

    def save(number: int) -> None:
        with app_on_postgres.app_context():
            question = question_named(db.session(), "walls")
            now = question.current
            content = authoring.content_from(
                now.kind, {**now.content, "explanation": f"Words number {number} of an explanation."}
            )
            plan = (now.frame, now.level, now.objective, content)
            draft = authoring.Draft(question.section.slug, now.kind, question.status, *plan)
            together.wait()
            try:
                authoring.edit_question(db.session(), question, draft, 1, None, NOW)  # type: ignore[arg-type]
                db.session.commit()
                told.append("saved")
            except authoring.ChangedMeanwhile:
                told.append("told")
            db.session.remove()

    at_once(save)
    assert sorted(told) == ["saved", "told", "told", "told"]


def test_of_several_who_save_a_passage_at_one_moment_one_saves_and_the_others_are_told(app_on_postgres: Flask) -> None:
    told: list[str] = []
    together = Barrier(4)

    def save(number: int) -> None:
        with app_on_postgres.app_context():
            session = db.session()
            passage = session.scalars(db.select(Passage).where(Passage.slug == "silting")).one()
            words = passages.Words("Silt", f"{passage.current.text} Number {number}.", "P2")
            bank = passages.bank_of(session, passage)
            together.wait()
            try:
                passages.edit_passage(session, bank, passage, words, 1, None, NOW)  # type: ignore[arg-type]
                session.commit()
                told.append("saved")
            except authoring.ChangedMeanwhile:
                told.append("told")
            db.session.remove()

    at_once(save)
    assert sorted(told) == ["saved", "told", "told", "told"]
