"""Attempts that ended by themselves are closed by whoever looks first: no background process is needed."""

from datetime import datetime

from quizapp.models import db
from quizapp.models.engine import begin_writing
from quizapp.services.attempts import submitting
from quizapp.web.auditing import aside


def close_overdue(now: datetime, user_id: int | None = None) -> None:
    """Close the overdue attempts (of this person) before they are shown.

    A page that only reads holds no write lock; it takes one only if there is something to close.
    """
    if submitting.overdue(db.session(), now, user_id):
        db.session.rollback()
        with aside():
            begin_writing(db.session())
            submitting.close_overdue(db.session(), now, user_id)
            db.session.commit()
