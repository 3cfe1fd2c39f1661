"""`python -m tests.benchmark.analysis [--quick]`: what the item analysis costs with a million answers."""

import argparse
import os
import platform
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask

from quizapp.domain.access import Role
from quizapp.domain.quizzes import Mode
from quizapp.models import Attempt, AttemptSlot, Bank, Purpose, QuestionVersion, Quiz, State, Tally, User, db
from quizapp.models.base import table_of
from quizapp.models.engine import begin_writing
from quizapp.services import accounts, banks
from quizapp.services.attempts.starting import candidates
from quizapp.services.item_analysis import figures, tallying
from tests.benchmark.workload import Request, counted, shipped_bank
from tests.conftest import NOW, PASSWORD, Browser, make_app

QUESTIONS = 20
FULL, QUICK = 50_000, 500
"""Attempts: a million answers, and ten thousand."""
_AT_ONCE = 1_000


@dataclass(frozen=True)
class Measured:
    """What was measured: seconds of processor time, counts, and the most memory in use, in megabytes.

    `slowest_batch` is by the clock, because a save has to wait for it.
    """

    answers: int
    sums: int
    fold: float
    slowest_batch: float
    straight: float
    service: float
    quiz_page: float
    question_page: float
    question_list: float
    statements: int
    memory: int


def measure(attempts: int) -> Measured:
    """Everything, on an instance of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        app = make_app(Path(folder), SYNCHRONOUS="FULL", SLOW_QUERY_MS=0)
        with app.app_context():
            quiz = _quiz(app)
            _answer(quiz, attempts)
            question = db.session.scalars(db.select(AttemptSlot.question_version_id).limit(1)).one()
            question = db.session.get_one(QuestionVersion, question).question_id
            db.session.remove()
        return _measured(app, quiz, question, attempts)


def _quiz(app: Flask) -> int:
    """The shipped bank with a quiz of twenty of its questions, and a teacher."""
    db.create_all()
    banks.load_bank(db.session(), shipped_bank(), "digest", NOW)
    accounts.add_account(
        db.session(), "teacher", "teacher", app.extensions["passwords"].hash(PASSWORD), Role.TEACHER, NOW
    )
    bank = db.session.scalars(db.select(Bank)).one()
    quiz = Quiz(
        bank_id=bank.id, slug="many", title="Many", description="", mode=Mode.TEST, position=0, everyone=bank.everyone
    )
    db.session.add(quiz)
    db.session.commit()
    return quiz.id


def _answer(quiz: int, attempts: int) -> None:
    """So many students have answered, the stronger the better; blanks and typed slips among the answers."""
    chance = Random(7)
    asked = _asked(chance)
    ease = [chance.uniform(-1.5, 1.5) for _ in asked]
    for first in range(1, attempts + 1, _AT_ONCE):
        numbers = range(first, min(first + _AT_ONCE, attempts + 1))
        people = [
            {"id": 1_000 + n, "username": f"s{n}", "display_name": f"S {n}", "role": Role.STUDENT, "sign_in_epoch": 0,
             "created": NOW}
            for n in numbers
        ]  # fmt: skip
        db.session.execute(db.insert(table_of(User)), people)
        db.session.execute(db.insert(table_of(Attempt)), [_attempt(n, quiz) for n in numbers])
        slots = [slot for n in numbers for slot in _slots(n, asked, ease, chance)]
        db.session.execute(db.insert(table_of(AttemptSlot)), slots)
        db.session.commit()


Asked = tuple[int, list[dict[str, Any]], list[dict[str, Any]]]
"""A version, its right responses and its wrong ones."""


def _asked(chance: Random) -> list[Asked]:
    bank = db.session.scalars(db.select(Bank)).one()
    found: list[Asked] = []
    for candidate in candidates(db.session(), bank.id):
        if len(found) == QUESTIONS:
            break
        version = db.session.scalars(
            db.select(QuestionVersion).where(QuestionVersion.question_id == candidate.question_id)
        ).one()
        if version.kind == "single_choice":
            keys = [bool(choice.get("correct")) for choice in version.content["choices"]]
            right = [{"chosen": keys.index(True)}]
            found.append((version.id, right, [{"chosen": n} for n, key in enumerate(keys) if not key]))
        elif version.kind == "short_answer" and chance.random() < 0.5:
            wrong = [{"text": f"slip {n}"} for n in range(300)]
            found.append((version.id, [{"text": version.content["accept"][0]}], wrong))
    return found


def _attempt(number: int, quiz: int) -> dict[str, Any]:
    return {
        "id": number, "user_id": 1_000 + number, "purpose": Purpose.QUIZ, "quiz_id": quiz, "number": 1,
        "mode": Mode.TEST, "settings": {}, "seed": 1, "state": State.SUBMITTED, "started": NOW,
        "submitted": NOW + timedelta(minutes=30), "score": 0.0, "max_score": float(QUESTIONS), "awaiting": 0,
        "tallied": False,
    }  # fmt: skip


def _slots(number: int, asked: list[Asked], ease: list[float], chance: Random) -> Iterator[dict[str, Any]]:
    strength = chance.gauss(0, 1)
    for position, ((version, right, wrong), easy) in enumerate(zip(asked, ease, strict=True), start=1):
        fraction = float(strength + easy + chance.gauss(0, 1.2) > 0)
        blank = not fraction and chance.random() < 0.1
        yield {
            "attempt_id": number, "position": position, "question_version_id": version, "order": [], "passages": [],
            "max_mark": 1.0, "response": None if blank else chance.choice(right if fraction else wrong),
            "revision": 1, "saved": None if blank else NOW + timedelta(seconds=40 * position + chance.randint(0, 20)),
            "settled": NOW, "flagged": False, "fraction": fraction, "points": [], "comment": "", "spared": False,
        }  # fmt: skip


def _measured(app: Flask, quiz: int, question: int, attempts: int) -> Measured:
    teacher = Browser(app.test_client())
    teacher.sign_in("teacher")
    cookie = teacher.client.get_cookie("quizapp")
    assert cookie is not None
    start = time.process_time()
    batches = _fold(app, quiz)
    fold = time.process_time() - start
    pages = [
        Request(app, "GET", f"/teach/{address}/analysis", f"quizapp={cookie.value}")
        for address in (f"quizzes/{quiz}", f"questions/{question}")
    ]
    for page in pages:
        page.send()
    with counted(app) as statements:
        pages[0].send()
    with app.app_context():
        sums = db.session.execute(db.select(db.func.count()).select_from(Tally)).scalar_one()
        bank = db.session.scalars(db.select(Bank)).one()
        session = db.session()
        service = _median(lambda: figures.quiz_figures(session, quiz))
        listing = _median(lambda: figures.question_figures(session, bank))
        memory = _memory()
        straight = _seconds(lambda: tallying.rebuilt(session, quiz))
    return Measured(
        answers=attempts * QUESTIONS,
        sums=sums,
        fold=fold,
        slowest_batch=max(batches),
        straight=straight,
        service=service,
        quiz_page=_median(pages[0].send),
        question_page=_median(pages[1].send),
        question_list=listing,
        statements=len(statements),
        memory=memory,
    )


def _fold(app: Flask, quiz: int) -> list[float]:
    """Fold everything, as the pages do; the seconds that each batch held the write lock."""
    found: list[float] = []
    while True:
        with app.app_context():
            begin_writing(db.session())
            start = time.perf_counter()
            folded = tallying.tally(db.session(), quiz)
            db.session.commit()
        if not folded:
            return found
        found.append(time.perf_counter() - start)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _median(work: Callable[[], object], times: int = 7) -> float:
    return sorted(_seconds(work) for _ in range(times))[times // 2]


def _memory() -> int:
    """The most memory this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def as_text(found: Measured) -> str:
    """The result, for people."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return "\n".join(
        (
            f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.2f}, synchronous FULL",
            f"{found.answers:,} answers, kept as {found.sums:,} sums; processor time",
            f"  folding all of them, in batches             {found.fold:>9.2f} s",
            f"  the slowest batch, by the clock             {1000 * found.slowest_batch:>9.1f} ms",
            f"  the same straight from the answers          {found.straight:>9.2f} s",
            f"  the figures of the quiz from the sums       {1000 * found.service:>9.1f} ms",
            f"  the page of the quiz, {found.statements:>2} statements         {1000 * found.quiz_page:>9.1f} ms",
            f"  the page of a question                      {1000 * found.question_page:>9.1f} ms",
            f"  the figures of all questions, for the list  {1000 * found.question_list:>9.1f} ms",
            f"  most memory, with making the answers up         {found.memory:>5} MB",
        )
    )


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.analysis", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="ten thousand answers instead of a million")
    print(as_text(measure(QUICK if parser.parse_args().quick else FULL)))


if __name__ == "__main__":
    main()
