"""What an address of the teacher's pages speaks of, if this teacher may see it, and may do what the page does.

What a teacher has no right on is not found. Who may look, but not change, is told so.
"""

from flask import abort
from flask_babel import gettext
from flask_login import current_user

from quizapp.domain.access import Right
from quizapp.models import Bank, Classroom, Question, Quiz, User, db
from quizapp.services import accounts, authoring, quiz_building, sharing
from quizapp.services.teaching import teaches


def check_right(thing: sharing.Shared, needed: Right) -> None:
    """Leave with 404 where the teacher has no right on it, with 403 where it is too small."""
    held = sharing.right_on(db.session(), current_user.id, thing)
    if held is None:
        abort(404)
    if not held.includes(needed):
        abort(403, gettext("You may look at this, but not change it. Ask whoever owns it for more."))


def may(thing: sharing.Shared, needed: Right) -> bool:
    """Whether the teacher has this right on it, for what a page offers."""
    return sharing.has_right(db.session(), current_user.id, thing, needed)


def bank_or_404(slug: str, needed: Right = Right.VIEW) -> Bank:
    """The bank of the address."""
    bank = authoring.bank_named(db.session(), slug) or abort(404)
    check_right(bank, needed)
    return bank


def question_or_404(question_id: int, needed: Right = Right.VIEW) -> Question:
    """The question of the address; the rights on it are those on its bank."""
    question = authoring.question_with_versions(db.session(), question_id) or abort(404)
    check_right(question.bank, needed)
    return question


def quiz_or_404(quiz_id: int, needed: Right = Right.VIEW, with_questions: bool = True) -> Quiz:
    """The quiz of the address, with what it asks unless the page does not show that."""
    find = quiz_building.quiz_with_questions if with_questions else quiz_building.quiz_numbered
    quiz = find(db.session(), quiz_id) or abort(404)
    check_right(quiz, needed)
    return quiz


def classroom_or_404(classroom_id: int, needed: Right = Right.VIEW) -> Classroom:
    """The class of the address."""
    classroom = db.session.get(Classroom, classroom_id) or abort(404)
    check_right(classroom, needed)
    return classroom


def student_or_404(user_id: int, needed: Right = Right.VIEW) -> User:
    """The student of the address, if this teacher teaches them; more than `Right.VIEW` is asked of the class."""
    found = accounts.person(db.session(), user_id)
    if found is None or not teaches(db.session(), current_user.id, user_id):
        abort(404)
    if not teaches(db.session(), current_user.id, user_id, needed):
        abort(403, gettext("You may look at this student’s work only. Ask whoever owns the class for more."))
    return found
