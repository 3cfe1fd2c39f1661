"""The end of an attempt: the last look, the submission, and the review."""

from flask import abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services import accounts
from quizapp.services.attempts import reviewing, showing, submitting
from quizapp.services.teaching import teaches
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.overdue import close_overdue
from quizapp.web.taking import bp
from quizapp.web.taking.own import own


@bp.get("/attempts/<int:attempt_id>/submit")
@open_to(Audience.LEARNERS)
def finish(attempt_id: int) -> str | Response:
    """The last look before submitting: what is answered and what is not."""
    now = utcnow()
    state = own(attempt_id, now)
    if not state.is_open:
        return redirect(url_for(".review", attempt_id=attempt_id))
    return render_template("taking/finish.html", attempt=state, now=now)


@bp.post("/attempts/<int:attempt_id>/submit")
@open_to(Audience.LEARNERS)
def submit(attempt_id: int) -> Response:
    """Close and score the attempt; a second submit finds it closed and shows the same result."""
    submitting.submit(db.session(), attempt_id, current_user.id, utcnow())
    db.session.commit()
    return redirect(url_for(".review", attempt_id=attempt_id), 303)


@bp.get("/attempts/<int:attempt_id>/review")
@open_to(Audience.LEARNERS)
def review(attempt_id: int) -> str | Response:
    """The score, and every question with mine, right and why, as far as the quiz shows it; their teachers see all."""
    now = utcnow()
    state = showing.attempt_state(db.session(), attempt_id) if current_user.is_teacher else own(attempt_id, now)
    if state.user_id != current_user.id and not teaches(db.session(), current_user.id, state.user_id):
        abort(404)
    if state.is_overdue(now):
        close_overdue(now, state.user_id)
        state = showing.attempt_state(db.session(), attempt_id)
    if state.is_open:
        if state.user_id != current_user.id:
            abort(404)
        return redirect(url_for(".attempt", attempt_id=attempt_id))
    own_review = state.user_id == current_user.id
    shown = (lambda slot: state.shown(slot, now)) if own_review else reviewing.everything
    reviewed = reviewing.review_slots(db.session(), state.slots, shown)
    return render_template(
        "taking/review.html",
        attempt=state,
        reviewed=reviewed,
        reread=reviewing.worth_rereading(reviewed),
        sure_but_wrong=reviewing.sure_but_wrong(reviewed),
        score_shown=state.shown_of_score(now) or not own_review,
        owner=None if own_review else accounts.person(db.session(), state.user_id),
        now=now,
    )
