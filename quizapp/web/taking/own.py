"""The attempt a page is about, if it is the person's own."""

from datetime import datetime

from flask import abort
from flask_login import current_user

from quizapp.models import db
from quizapp.services.attempts.showing import AttemptState, own_attempt
from quizapp.web.overdue import close_overdue


def own(attempt_id: int, now: datetime) -> AttemptState:
    """The person's own attempt, closed if it is overdue; nothing is found for somebody whose sign-in has ended."""
    if not current_user.is_authenticated:
        abort(404)
    state = own_attempt(db.session(), attempt_id, current_user.id)
    if state.is_overdue(now):
        close_overdue(now, state.user_id)
        state = own_attempt(db.session(), attempt_id, current_user.id)
    return state
