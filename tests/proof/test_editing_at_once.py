"""Several teachers save one question at one moment, on PostgreSQL, where writers do not queue by themselves."""

from threading import Barrier, Thread

from flask import Flask

from quizapp.models import db
from quizapp.services import authoring
from tests.conftest import NOW, question_named


def test_of_several_who_save_at_one_moment_one_saves_and_the_others_are_told(app_on_postgres: Flask) -> None:
    told: list[str] = []
    together = Barrier(4)

    def save(words: str) -> None:
        with app_on_postgres.app_context():
            question = question_named(db.session(), "walls")
            now = question.current
            content = authoring.content_from(now.kind, {**now.content, "explanation": words})
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

    threads = [Thread(target=save, args=(f"Words number {number} of an explanation.",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["saved", "told", "told", "told"]
