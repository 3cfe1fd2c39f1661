"""Saves and submits at the same moment: what was acknowledged counts, and nothing is acknowledged that does not."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from quizapp.models import db
from quizapp.models.engine import begin_writing
from quizapp.services.attempts import answering, showing, starting, submitting
from quizapp.services.attempts.answering import Answerer, Sent
from tests.conftest import NOW, person, quiz_named

SAVERS, ROUNDS = 6, 8
RIVER = 4


def begun(app: Flask, seed: int) -> tuple[int, Answerer]:
    """An attempt of Ayesha's at the whole test, and who she is."""
    with app.app_context():
        user = person(db.session(), "ayesha")
        attempt = starting.start(db.session(), user, quiz_named(db.session(), "whole-test"), seed, NOW)
        db.session.commit()
        return attempt.id, Answerer(user.id, user.sign_in_epoch)


def save_one_after_the_other(app: Flask, attempt: int, who: Answerer, page: int, together: Barrier) -> list[int]:
    """Save with rising revisions until the attempt is closed; the revisions acknowledged."""
    acknowledged: list[int] = []
    together.wait()
    for revision in range(page + 1, 400, SAVERS):
        with app.app_context():
            begin_writing(db.session())
            try:
                sent = Sent({"answer": [f"river {revision}"]}, revision)
                saved = answering.save_answer(db.session(), who, attempt, RIVER, sent, NOW)
                db.session.commit()
                acknowledged.append(saved.revision)
            except answering.NewerAnswerSaved:
                db.session.rollback()
            except answering.AttemptClosed:
                db.session.rollback()
                break
    return acknowledged


def submit(app: Flask, attempt: int, who: Answerer, together: Barrier) -> bool:
    """Submit in the middle of it."""
    together.wait()
    with app.app_context():
        begin_writing(db.session())
        closed = submitting.submit(db.session(), attempt, who.user_id, NOW)
        db.session.commit()
        return closed


def test_the_last_acknowledged_answer_is_the_one_that_counts(app_on_each: Flask) -> None:
    for seed in range(ROUNDS):
        attempt, who = begun(app_on_each, seed)
        together = Barrier(SAVERS + 2)
        with ThreadPoolExecutor(SAVERS + 2) as pool:
            savers = [
                pool.submit(save_one_after_the_other, app_on_each, attempt, who, page, together)
                for page in range(SAVERS)
            ]
            submits = [pool.submit(submit, app_on_each, attempt, who, together) for _ in range(2)]
        newest = max((revision for saver in savers for revision in saver.result()), default=0)
        with app_on_each.app_context():
            slot = showing.attempt_state(db.session(), attempt).slot(RIVER)
        assert sorted(closed.result() for closed in submits) == [False, True]
        assert slot.revision == newest
        assert slot.response == ({"text": f"river {newest}"} if newest else None)


def begin_with(app: Flask, seed: int, together: Barrier) -> int:
    """Begin the whole test as Ayesha; the attempt's id."""
    with app.app_context():
        together.wait()
        begin_writing(db.session())
        user = person(db.session(), "ayesha")
        attempt = starting.start(db.session(), user, quiz_named(db.session(), "whole-test"), seed, NOW)
        db.session.commit()
        return attempt.id


def test_beginning_from_several_pages_at_one_moment_begins_once(app_on_each: Flask) -> None:
    together = Barrier(4)
    with ThreadPoolExecutor(4) as pool:
        begun_by = [pool.submit(begin_with, app_on_each, seed, together) for seed in range(4)]
    assert len({attempt.result() for attempt in begun_by}) == 1
