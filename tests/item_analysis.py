"""Classes of students for the item analysis: they answer through the services, as pages do, by patterns given."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, aliased

from quizapp.domain.access import Role
from quizapp.models import Assignment, Attempt, AttemptSlot, Quiz, User, db
from quizapp.services.attempts import starting, submitting
from quizapp.services.attempts.answering import Answerer, Sent, save_answer
from quizapp.services.item_analysis import tallying
from tests.bank import FILES
from tests.conftest import NOW
from tests.lsat import Patterns

QUESTION = """
  - id: {test}-{number}
    kind: single_choice
    frame: essay
    level: recall
    objective: 1
    stem: Question {number} of {test}, according to the writer?
    choices:
      - {{text: The key of {number}, correct: true, feedback: Right.}}
      - {{text: A lure of {number}, feedback: Wrong.}}
      - {{text: Another of {number}, feedback: Wrong.}}
    explanation: The passage says so.
    evidence: [{{passage: beginnings, quote: founded by Ada Marsh}}]
"""
QUIZ = """
  - id: {test}
    title: {test}
    description: A published test.
    mode: test
    slots: [{slots}]
"""


def files_with(*tests: str) -> dict[str, str]:
    """The small bank with a quiz of five questions for each of these tests; option 0 is the key."""
    bank, rise = FILES["bank.yaml"], FILES["rise.yaml"]
    for test in tests:
        slots = ", ".join(f"{{question: {test}-{number}}}" for number in range(1, 6))
        bank += QUIZ.format(test=test, slots=slots).lstrip("\n")
        rise += "".join(QUESTION.format(test=test, number=number) for number in range(1, 6)).replace("\n\n", "\n")
    return {**FILES, "bank.yaml": bank, "rise.yaml": rise}


def new_students(session: Session, count: int) -> list[User]:
    """So many students with accounts."""
    taken = session.scalar(db.select(db.func.count()).select_from(User)) or 0
    made = [
        User(username=f"s{n}", display_name=f"Student {n}", role=Role.STUDENT, created=NOW)
        for n in range(taken, taken + count)
    ]
    session.add_all(made)
    session.commit()
    return made


def each(patterns: Patterns) -> Iterator[str]:
    """Every person's pattern."""
    for pattern, count in patterns.items():
        yield from [pattern] * count


def takes(
    session: Session,
    user: User,
    quiz: Quiz,
    choices: Iterable[int | None],
    now: datetime = NOW,
    assignment: Assignment | None = None,
) -> Attempt:
    """Somebody takes a quiz of choices by the indexes of the options (None: a blank), 10 seconds for each of them."""
    attempt = starting.start(session, user, quiz, 7, now, assignment)
    who = Answerer(user.id, user.sign_in_epoch)
    for slot, choice in zip(attempt.slots, choices, strict=True):
        if choice is not None:
            sent = Sent({"answer": [str(slot.order.index(choice) + 1)]}, 1)
            save_answer(session, who, attempt.id, slot.position, sent, now + timedelta(seconds=10 * slot.position))
    submitting.submit(session, attempt.id, user.id, now + timedelta(minutes=5))
    return attempt


def take_alike(session: Session, attempt: Attempt, students: Iterable[User]) -> None:
    """These students took the quiz, too, and all as this attempt has it: its rows are copied for them."""
    session.flush()
    ids = [student.id for student in students]
    same = [column for column in db.metadata.tables["attempt"].columns if column.name not in ("id", "user_id")]
    session.execute(
        db.insert(Attempt).from_select(
            ["user_id", *same],
            db.select(User.id, *same).join_from(Attempt, User, User.id.in_(ids)).where(Attempt.id == attempt.id),
        )
    )
    theirs = aliased(Attempt)
    same = [column for column in db.metadata.tables["attempt_slot"].columns if column.name not in ("id", "attempt_id")]
    session.execute(
        db.insert(AttemptSlot).from_select(
            ["attempt_id", *same],
            db.select(theirs.id, *same)
            .join_from(AttemptSlot, theirs, theirs.user_id.in_(ids) & (theirs.quiz_id == attempt.quiz_id))
            .where(AttemptSlot.attempt_id == attempt.id),
        )
    )


def fold(session: Session, *quizzes: Quiz) -> int:
    """Fold everything that waits; how many attempts that were."""
    folded = 0
    for quiz in quizzes:
        while found := tallying.tally(session, quiz.id):
            folded += found
    session.commit()
    return folded
