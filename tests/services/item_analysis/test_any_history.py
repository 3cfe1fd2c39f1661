"""After whatever has happened, the kept sums are what the answers give, reckoned here by hand."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.access import Role
from quizapp.formats.bank_yaml import read_bank
from quizapp.models import Attempt, Purpose, Quiz, State, User, db
from quizapp.services import banks, leaving
from quizapp.services.attempts import submitting
from quizapp.services.item_analysis import tallying
from tests.conftest import NOW, quiz_named
from tests.item_analysis import files_with, fold, new_students, takes

STEPS = 40


def by_hand(session: Session, quiz: Quiz) -> Counter[tuple[int, int, int, int]]:
    """Version, total, weight and mark of the answers that count, how often each."""
    finished = session.scalars(
        db.select(Attempt)
        .join(User)
        .where(Attempt.quiz_id == quiz.id, Attempt.state == State.SUBMITTED, Attempt.purpose == Purpose.QUIZ)
        .order_by(Attempt.submitted, Attempt.id)
    ).all()
    found: Counter[tuple[int, int, int, int]] = Counter()
    seen: set[int] = set()
    for attempt in finished:
        if attempt.user_id in seen or attempt.user.role != Role.STUDENT:
            continue
        seen.add(attempt.user_id)
        possible = sum(slot.max_mark for slot in attempt.slots)
        total = sum((slot.fraction or 0) * slot.max_mark for slot in attempt.slots) / possible
        for slot in attempt.slots:
            shares = (total, slot.max_mark / possible, slot.fraction or 0)
            found[(slot.question_version_id, *(round(share * tallying.UNIT) for share in shares))] += 1
    return found


def happens(session: Session, quiz: Quiz, chance: Random) -> None:
    """Something that may happen to attempts: one is made, opened again or handed in again; somebody leaves."""
    students = session.scalars(db.select(User).where(User.role == Role.STUDENT).order_by(User.id)).all()
    attempts = session.scalars(db.select(Attempt).where(Attempt.quiz_id == quiz.id).order_by(Attempt.id)).all()
    now = NOW + timedelta(minutes=chance.randint(0, 600))
    open_now = [attempt for attempt in attempts if attempt.state == State.OPEN]
    match chance.randint(0, 9):
        case 0 if attempts:
            try:
                submitting.reopen(session, chance.choice(attempts).id, None, now)
            except submitting.AnotherAttemptOpen:
                session.rollback()
        case 1 | 2 if open_now:
            again = chance.choice(open_now)
            submitting.submit(session, again.id, again.user_id, now)
        case 3 if len(students) > 6:
            leaving.leave(session, chance.choice(students), chance.choice(list(leaving.Remains)), now)
        case 4:
            tallying.tally(session, quiz.id, at_most=chance.randint(1, 3))
        case _:
            user = chance.choice(students)
            if user.id not in {attempt.user_id for attempt in open_now}:
                choices = [chance.choice((0, 1, 2, None)) for _ in range(5)]
                takes(session, user, quiz, choices, now)
    session.commit()
    session.expire_all()


@pytest.mark.parametrize("seed", range(4))
def test_kept_sums_are_what_the_answers_give_after_any_history(session: Session, seed: int) -> None:
    chance = Random(seed)
    banks.load_bank(session, read_bank(files_with("five")), "with five", NOW)
    quiz = quiz_named(session, "five")
    new_students(session, 8)
    for _ in range(STEPS):
        happens(session, quiz, chance)
    fold(session, quiz)
    session.expire_all()
    kept = tallying.kept(session, quiz.id)
    assert kept == tallying.rebuilt(session, quiz.id)
    counts: Counter[tuple[int, int, int, int]] = Counter()
    for version, total, weight, mark, _answer, count, *_times in kept:
        counts[(version, total, weight, mark)] += count
    assert counts == by_hand(session, quiz)
    assert counts
