"""A correction while a class hands in: every answer is marked by it, whether it came before, during or after."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from quizapp.domain.access import Role
from quizapp.models import Attempt, AttemptSlot, Deed, State, db
from quizapp.models.engine import begin_writing
from quizapp.services import accounts
from quizapp.services.attempts import starting, submitting
from quizapp.services.attempts.answering import Answerer, Sent, save_answer
from quizapp.services.attempts.showing import attempt_state
from quizapp.services.corrections import applying, planning
from quizapp.services.corrections.applying import ChangedMeanwhile
from tests.conftest import NOW, question_named, quiz_named, teacher_id
from tests.corrections import LATER, proposed

STUDENTS, GROUPS = 24, 4
Begun = tuple[int, Answerer, str]
"""An attempt, whose it is, and the value that Bela Stone has on its page."""


def class_at_work(app: Flask) -> list[Begun]:
    """Half of a class has begun the test, half the practice; the first question of each is on the founder."""
    with app.app_context():
        session, found = db.session(), []
        for number in range(STUDENTS):
            user = accounts.add_account(session, f"student{number}", f"S {number}", "no hash", Role.STUDENT, NOW)
            quiz = quiz_named(session, "rise-practice" if number % 2 else "whole-test")
            attempt = starting.start(session, user, quiz, number, NOW)
            slot = attempt_state(session, attempt.id).slot(1)
            found.append((attempt.id, Answerer(user.id, user.sign_in_epoch), str(slot.order.index(1) + 1)))
        session.commit()
        return found


def hand_in(app: Flask, mine: list[Begun], together: Barrier) -> None:
    """Choose Bela Stone and submit, one after the other."""
    together.wait()
    for attempt, who, value in mine:
        with app.app_context():
            begin_writing(db.session())
            save_answer(db.session(), who, attempt, 1, Sent({"answer": [value]}, 1), NOW, final=True)
            db.session.commit()
            begin_writing(db.session())
            submitting.submit(db.session(), attempt, who.user_id, NOW)
            db.session.commit()


def correct(app: Flask, together: Barrier) -> int:
    """Make Bela Stone the key, looking again as often as something has changed; how often that was."""
    together.wait()
    for looks in range(1, 500):
        with app.app_context():
            session = db.session()
            proposal = proposed(session, "founder", Deed.KEY, key="1")
            seen = planning.plan(session, question_named(session, "founder"), None, proposal).seen
            session.rollback()
            begin_writing(session)
            try:
                question = question_named(session, "founder")
                applying.apply(session, question, None, proposal, seen, teacher_id(session), LATER)
            except ChangedMeanwhile:
                session.rollback()
            else:
                session.commit()
                return looks
    raise AssertionError("something changed every time")


def test_no_answer_slips_past_a_correction(app_on_each: Flask) -> None:
    begun, together = class_at_work(app_on_each), Barrier(GROUPS + 1)
    with ThreadPoolExecutor(GROUPS + 1) as pool:
        jobs = [pool.submit(hand_in, app_on_each, begun[group::GROUPS], together) for group in range(GROUPS)]
        jobs.append(pool.submit(correct, app_on_each, together))
        for job in jobs:
            job.result(timeout=60)
    with app_on_each.app_context():
        rows = db.session.execute(
            db.select(Attempt.state, Attempt.score, AttemptSlot.fraction)
            .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
            .where(AttemptSlot.position == 1)
        )
        assert {tuple(row) for row in rows} == {(State.SUBMITTED, 1.0, 1.0)}
