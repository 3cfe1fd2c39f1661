"""Making quizzes in the browser: what they say, and what they ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from quizapp.domain.access import Right
from quizapp.domain.quizzes import Mode
from quizapp.domain.settings import QuizSettings
from quizapp.models import Bank, Question, Quiz, QuizSlot
from quizapp.services.authoring import first_free, slug_from
from quizapp.services.sharing import give_right, quizzes_open_to


def quizzes_of(session: Session, bank: Bank, teacher_id: int) -> Sequence[Quiz]:
    """The bank's quizzes that this teacher can see, in order."""
    mine = Quiz.id.in_(quizzes_open_to(teacher_id))
    return session.scalars(
        select(Quiz)
        .where(Quiz.bank_id == bank.id, mine)
        .order_by(Quiz.position, Quiz.id)
        .options(selectinload(Quiz.slots))
    ).all()


def quiz_with_questions(session: Session, quiz_id: int) -> Quiz | None:
    """A quiz with what it asks."""
    questions = selectinload(Quiz.slots).selectinload(QuizSlot.question)
    return session.scalar(select(Quiz).where(Quiz.id == quiz_id).options(questions.selectinload(Question.current)))


@dataclass(frozen=True)
class QuizFields:
    """What a teacher says of a quiz."""

    title: str
    description: str
    mode: Mode
    published: bool
    settings: QuizSettings = field(default_factory=QuizSettings)


class NothingToWaitFor(ValueError):
    """Something is to be shown when the quiz has closed, and it never closes."""


def create_quiz(session: Session, bank: Bank, fields: QuizFields, author_id: int) -> Quiz:
    """A new quiz of this teacher's own, still without questions. Raises NothingToWaitFor."""
    taken = set(session.scalars(select(Quiz.slug)))
    quiz = Quiz(
        bank_id=bank.id,
        slug=first_free(slug_from(fields.title), taken),
        position=1_000_000,
        edited_here=True,
    )
    _fill(quiz, fields)
    session.add(quiz)
    session.flush()
    give_right(session, quiz, author_id, Right.OWN)
    return quiz


def edit_quiz(session: Session, quiz: Quiz, fields: QuizFields) -> None:
    """Change what a quiz says of itself and how it is run.

    Attempts that have begun keep mode, settings and deadline; when the quiz closes and what is shown when, is asked
    of the quiz as it stands. Raises NothingToWaitFor.
    """
    _fill(quiz, fields)
    quiz.edited_here = True
    session.flush()


def _fill(quiz: Quiz, fields: QuizFields) -> None:
    if fields.settings.waits_in_vain():
        raise NothingToWaitFor
    quiz.title, quiz.description = fields.title, fields.description
    quiz.mode, quiz.published = fields.mode, fields.published
    quiz.settings = fields.settings.plain()


def add_question(session: Session, quiz: Quiz, question_id: int) -> bool:
    """Put a question of the quiz's own bank at its end; False where it is in it already, or of another bank."""
    question = session.get(Question, question_id)
    if question is None or question.bank_id != quiz.bank_id:
        return False
    if any(slot.question_id == question_id for slot in quiz.slots):
        return False
    quiz.slots.append(QuizSlot(position=len(quiz.slots), question_id=question_id))
    quiz.edited_here = True
    session.flush()
    return True


def add_draw(session: Session, quiz: Quiz, properties: Mapping[str, Any]) -> None:
    """Add a draw: `count`, and any of `section`, `level`, `kind`, `objective` (empty means any)."""
    named = {key: value or None for key, value in properties.items() if key != "count"}
    quiz.slots.append(QuizSlot(position=len(quiz.slots), count=properties["count"], **named))
    quiz.edited_here = True
    session.flush()


def remove_slot(session: Session, quiz: Quiz, slot_id: int) -> bool:
    """Take a slot out of the quiz; False where it is not in it. Attempts that have begun keep their questions."""
    slot = next((slot for slot in quiz.slots if slot.id == slot_id), None)
    if slot is None:
        return False
    quiz.slots.remove(slot)
    for position, rest in enumerate(quiz.slots):
        rest.position = position
    quiz.edited_here = True
    session.flush()
    return True
