"""After an answer was explained: the question once more, another on the same lines, or a word on what is wrong."""

import secrets

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.models import Attempt, db
from quizapp.services import problem_reports
from quizapp.services.attempts import retrying
from quizapp.services.attempts.starting import NothingToAsk
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.taking import bp
from quizapp.web.taking.answering import QUESTION
from quizapp.web.taking.introduction import SEED_BITS
from quizapp.web.taking.own import own
from quizapp.web.tries import NEW_ATTEMPT, NEW_REPORT, making_limited


def _to(attempt: Attempt) -> Response:
    db.session.commit()
    return redirect(url_for(".question", attempt_id=attempt.id, position=1, _anchor=QUESTION), 303)


@bp.post("/attempts/<int:attempt_id>/questions/<int:position>/redo")
@open_to(Audience.LEARNERS)
@making_limited(NEW_ATTEMPT)
def redo(attempt_id: int, position: int) -> Response:
    """Try a question once more, apart from what counts."""
    seed = secrets.randbits(SEED_BITS)
    return _to(retrying.redo(db.session(), attempt_id, current_user.id, position, seed, utcnow()))


@bp.post("/attempts/<int:attempt_id>/questions/<int:position>/another")
@open_to(Audience.LEARNERS)
@making_limited(NEW_ATTEMPT)
def another(attempt_id: int, position: int) -> Response:
    """Try another question on the same lines."""
    seed = secrets.randbits(SEED_BITS)
    try:
        return _to(retrying.another(db.session(), attempt_id, current_user.id, position, seed, utcnow()))
    except NothingToAsk:
        flash(gettext("There is no other question on these lines yet."))
        return _back(attempt_id, position)


def _back(attempt_id: int, position: int) -> Response:
    """To where the question stands with its answer: on its own page, or in the review."""
    return redirect(url_for(".question", attempt_id=attempt_id, position=position, _anchor=QUESTION), 303)


@bp.route("/attempts/<int:attempt_id>/questions/<int:position>/report", methods=["GET", "POST"])
@open_to(Audience.LEARNERS)
@making_limited(NEW_REPORT)
def report(attempt_id: int, position: int) -> str | tuple[str, int] | Response:
    """Say that something is wrong with a question, to the teachers."""
    now = utcnow()
    state = own(attempt_id, now)
    slot = state.slot(position)
    if request.method == "GET":
        return render_template("taking/report.html", attempt=state, slot=slot, problem="", reason="", text="")
    reason, text = request.form.get("reason", ""), request.form.get("text", "")
    try:
        problem_reports.report(db.session(), current_user.id, attempt_id, position, reason, text, now)
    except problem_reports.ReportRefused as error:
        page = render_template(
            "taking/report.html", attempt=state, slot=slot, problem=gettext(str(error)), reason=reason, text=text
        )
        return page, 422
    db.session.commit()
    flash(gettext("Thank you: the teachers will see what you wrote."))
    return _back(attempt_id, position)
