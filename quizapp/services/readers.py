"""Who may read a bank's text as a whole.

A bank that is listed is read by everybody. One that is not, as a teacher's own is at first, by the teachers who have a
right on it, and by those who have been asked about it: who has an attempt at one of its quizzes, or an assignment of
one in a class they are in.
"""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from quizapp.models import Assignment, Attempt, Bank, Enrolment, Quiz
from quizapp.services.sharing import banks_open_to


def may_read(session: Session, bank: Bank, user_id: int | None, is_teacher: bool) -> bool:
    """Whether this person (None: nobody known) may read it."""
    if bank.listed:
        return True
    if user_id is None:
        return False
    if is_teacher and session.scalar(banks_open_to(user_id).where(Bank.id == bank.id)) is not None:
        return True
    return _is_asked(session, bank, user_id)


def _is_asked(session: Session, bank: Bank, user_id: int) -> bool:
    """Whether somebody has an attempt at a quiz of the bank, or is to take one."""
    attempted = select(Attempt.quiz_id).where(Attempt.user_id == user_id)
    assigned = (
        select(Assignment.quiz_id)
        .join(Enrolment, Enrolment.classroom_id == Assignment.classroom_id)
        .where(Enrolment.user_id == user_id, Enrolment.removed.is_(None), Assignment.published.is_(True))
    )
    quizzes = select(Quiz.id).where(Quiz.bank_id == bank.id, or_(Quiz.id.in_(attempted), Quiz.id.in_(assigned)))
    return session.scalar(quizzes.limit(1)) is not None
