"""Making quizzes in the browser: what they say, and what they ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from quizapp.domain.access import Right
from quizapp.domain.blueprint import Blueprint, blueprint
from quizapp.domain.quizzes import Candidate, Draw, Mode, Status
from quizapp.domain.settings import QuizSettings
from quizapp.models import Attempt, Bank, Question, Quiz, QuizSlot, Share
from quizapp.services.attempts.starting import candidates, draw_requests
from quizapp.services.authoring import QuestionFilter, first_free, list_questions, slug_from
from quizapp.services.sent_twice import take_turn
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


def quiz_numbered(session: Session, quiz_id: int) -> Quiz | None:
    """A quiz with its bank and text."""
    return session.get(Quiz, quiz_id, options=[joinedload(Quiz.bank).joinedload(Bank.source)])


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
    """A new quiz of this teacher's own, still without questions; asked for twice, the first one is given back.

    Raises NothingToWaitFor.
    """
    return _made_once(session, bank, fields, author_id, [])


def _made_once(
    session: Session, bank: Bank, fields: QuizFields, author_id: int, asked: Sequence[Mapping[str, Any]]
) -> Quiz:
    """A quiz of the author's own; or the one that says and asks the same already: the form was sent twice."""
    take_turn(session, author_id)
    quiz = Quiz(bank_id=bank.id, position=1_000_000, edited_here=True)
    _fill(quiz, fields)
    mine = select(Share.quiz_id).where(Share.user_id == author_id, Share.right == Right.OWN)
    alike = select(Quiz).where(Quiz.bank_id == bank.id, Quiz.title == quiz.title, Quiz.id.in_(mine))
    for made in session.scalars(alike):
        if all(getattr(made, name) == getattr(quiz, name) for name in _SAID) and _asked_by(made) == list(asked):
            return made
    quiz.slug = first_free(slug_from(fields.title), set(session.scalars(select(Quiz.slug))))
    quiz.slots = [QuizSlot(**slot) for slot in asked]
    session.add(quiz)
    session.flush()
    give_right(session, quiz, author_id, Right.OWN)
    return quiz


_SAID = ("title", "description", "mode", "published", "settings")
_OF_A_SLOT = ("position", "question_id", "count", "section", "level", "kind", "objective", "max_mark")


def _asked_by(quiz: Quiz) -> list[dict[str, Any]]:
    """What a quiz asks, as plain data."""
    return [{name: getattr(slot, name) for name in _OF_A_SLOT} for slot in quiz.slots]


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
    quiz.slots.append(QuizSlot(position=len(quiz.slots), **slot_properties(properties)))
    quiz.edited_here = True
    session.flush()


def slot_properties(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a draw as a slot has them: empty is None, but for the count."""
    return {key: value if key == "count" else value or None for key, value in properties.items()}


def planned(session: Session, quiz: Quiz, further: Draw | None = None) -> tuple[Blueprint, list[Candidate]]:
    """What the quiz gives, with one `further` draw if there is one, and the published questions it can ask."""
    requests, marks = draw_requests(quiz.slots), [slot.max_mark for slot in quiz.slots]
    if further is not None:
        requests, marks = [*requests, further], [*marks, 1.0]
    offered = candidates(session, quiz.bank_id)
    return blueprint(requests, marks, offered), offered


def questions_to_add(session: Session, quiz: Quiz, words: str = "") -> list[Question]:
    """The published questions of the quiz's bank that are not in it by name, and hold these words."""
    asked = {slot.question_id for slot in quiz.slots}
    wanted = QuestionFilter(status=Status.PUBLISHED, words=words)
    return [question for question in list_questions(session, quiz.bank, wanted) if question.id not in asked]


def trial_of(session: Session, quiz: Quiz, user_id: int) -> int | None:
    """The id of the person's try-out of this quiz that has not been put away; None where there is none."""
    return session.scalar(select(Attempt.id).where(Attempt.user_id == user_id, Attempt.trial_of_id == quiz.id).limit(1))


def _slot_of(quiz: Quiz, slot_id: int) -> QuizSlot | None:
    return next((slot for slot in quiz.slots if slot.id == slot_id), None)


def move_slot(session: Session, quiz: Quiz, slot_id: int, by: int) -> bool:
    """Move a slot so many places down, or up for a number below 0, as far as there are places; False if not in it."""
    slot = _slot_of(quiz, slot_id)
    if slot is None:
        return False
    slots = [other for other in quiz.slots if other is not slot]
    slots.insert(max(0, slot.position + by), slot)
    _number(slots)
    quiz.slots.sort(key=lambda one: one.position)
    quiz.edited_here = True
    session.flush()
    return True


def set_marks(session: Session, quiz: Quiz, slot_id: int, marks: float) -> bool:
    """What each question of a slot is worth, more than 0 and at most 100 marks; False if it is not in the quiz."""
    slot = _slot_of(quiz, slot_id)
    if slot is None:
        return False
    slot.max_mark = marks
    quiz.edited_here = True
    session.flush()
    return True


def copy_quiz(session: Session, quiz: Quiz, author_id: int, title: str) -> Quiz:
    """A quiz of the author's own that asks the same in the same way, not on the home page yet.

    A copy that was not changed since is given back.
    """
    fields = QuizFields(title, quiz.description, Mode(quiz.mode), False, QuizSettings.model_validate(quiz.settings))
    return _made_once(session, quiz.bank, fields, author_id, _asked_by(quiz))


def _number(slots: Sequence[QuizSlot]) -> None:
    for position, slot in enumerate(slots):
        slot.position = position


def remove_slot(session: Session, quiz: Quiz, slot_id: int) -> bool:
    """Take a slot out of the quiz; False where it is not in it. Attempts that have begun keep their questions."""
    slot = _slot_of(quiz, slot_id)
    if slot is None:
        return False
    quiz.slots.remove(slot)
    _number(quiz.slots)
    quiz.edited_here = True
    session.flush()
    return True
