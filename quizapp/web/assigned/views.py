"""An assignment as its student finds it, before it begins and after."""

import secrets

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import format_datetime, gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.models.engine import begin_writing
from quizapp.services.assignments import beginning, standing
from quizapp.services.assignments.setting import ClassArchived
from quizapp.services.attempts.starting import NoAttemptsLeft, QuizClosed
from quizapp.web.assignment_wording import Told, rules_in_words
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.overdue import close_overdue
from quizapp.web.tries import NEW_ATTEMPT, making_limited

bp = Blueprint("assigned", __name__)

SEED_BITS = 31


@bp.get("/assignments/<int:assignment_id>")
@open_to(Audience.ACCOUNTS)
def assignment(assignment_id: int) -> str:
    """What is asked, by which rules and until when, and how it went so far."""
    now = utcnow()
    close_overdue(now, current_user.id)
    found = standing.one_set_for(db.session(), current_user.id, assignment_id, now) or abort(404)
    dates = (found.opens, found.due, found.usual_due, found.late, found.late_percent)
    told = Told(*dates, found.settings, found.quiz.mode, found.questions, found.allowed)
    return render_template(
        "assigned/assignment.html",
        assignment=found,
        rules=rules_in_words(told),
        policy=found.settings.policy(found.quiz.mode),
        source=found.quiz.bank.source,
    )


@bp.post("/assignments/<int:assignment_id>/attempts")
@open_to(Audience.ACCOUNTS)
@making_limited(NEW_ATTEMPT)
def start(assignment_id: int) -> Response:
    """Begin, or continue where it was left."""
    now = utcnow()
    close_overdue(now, current_user.id)
    if not db.session().in_transaction():
        begin_writing(db.session())  # what was overdue is committed, and so the turn to write was given back
    try:
        seed = secrets.randbits(SEED_BITS)
        attempt = beginning.begin(db.session(), current_user.user, assignment_id, seed, now)
    except beginning.NoSuchAssignment:
        abort(404)
    except beginning.NotOpenYet as early:
        when = format_datetime(early.opens, "d MMM yyyy, HH:mm")
        return _back(assignment_id, gettext("It cannot be begun yet: it opens on %(when)s UTC.", when=when))
    except ClassArchived:
        return _back(assignment_id, gettext("This class was put away, so nothing is begun in it any more."))
    except QuizClosed:
        return _back(assignment_id, gettext("This has closed and takes no more attempts."))
    except NoAttemptsLeft:
        return _back(assignment_id, gettext("You have taken this as often as it may be taken."))
    db.session.commit()
    return redirect(url_for("taking.attempt", attempt_id=attempt.id), 303)


def _back(assignment_id: int, says: str) -> Response:
    db.session.rollback()
    flash(says)
    return redirect(url_for(".assignment", assignment_id=assignment_id), 303)
