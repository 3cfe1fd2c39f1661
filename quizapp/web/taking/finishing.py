"""The end of an attempt: the last look, the submission, and the review."""

from datetime import datetime

from flask import abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.models import db
from quizapp.models.engine import begin_writing, writing
from quizapp.services import accounts, sharing
from quizapp.services.assignments.standing import is_set_for, kept_after_lateness
from quizapp.services.attempts import reviewing, showing, submitting
from quizapp.services.attempts.showing import AttemptState
from quizapp.services.corrections import notices
from quizapp.services.gradebook import class_of
from quizapp.services.teaching import sees_attempt
from quizapp.web.clock import utcnow
from quizapp.web.guard import begins_itself, checks_itself, open_to, signed_in_as
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
@checks_itself
@begins_itself
def submit(attempt_id: int) -> Response:
    """Close and score the attempt; a second submit finds it closed and shows the same result."""
    user_id, epoch = signed_in_as() or abort(404)
    with writing(db.engine) as connection:
        submitting.submit(connection, attempt_id, user_id, utcnow(), epoch)
    return redirect(url_for(".review", attempt_id=attempt_id), 303)


@bp.get("/attempts/<int:attempt_id>/review")
@open_to(Audience.LEARNERS)
def review(attempt_id: int) -> str | Response:
    """The score, and every question with mine, right and why, as far as the quiz shows it; teachers see all."""
    now = utcnow()
    state = showing.attempt_state(db.session(), attempt_id) if current_user.is_teacher else own(attempt_id, now)
    if state.user_id != current_user.id and not sees_attempt(db.session(), current_user.id, attempt_id):
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
    told = notices.notices(db.session(), state, reviewed)
    if own_review and state.shown_of_score(now):
        _saw_corrections(attempt_id, now)
    return render_template(
        "taking/review.html",
        attempt=state,
        reviewed=reviewed,
        notices=told,
        reread=reviewing.worth_rereading(reviewed),
        sure_but_wrong=reviewing.sure_but_wrong(reviewed),
        score_shown=state.shown_of_score(now) or not own_review,
        owner=None if own_review else accounts.person(db.session(), state.user_id),
        kept=kept_after_lateness(db.session(), state) if state.assignment_id else None,
        assignment_id=_assignment_to_go_to(state) if own_review else None,
        classroom_id=None if own_review else class_of(db.session(), state.assignment_id, current_user.id),
        correctable={} if own_review else _correctable(state),
        now=now,
    )


def _correctable(state: AttemptState) -> dict[int, int]:
    """The questions that the teacher who looks may correct, each by the version asked."""
    asked = {slot.version_id for slot in state.slots}
    return sharing.questions_open_to(db.session(), current_user.id, asked, Right.EDIT)


def _saw_corrections(attempt_id: int, now: datetime) -> None:
    """What corrections did to the score is news until its owner has looked; a page that only reads writes nothing."""
    if notices.unseen(db.session(), attempt_id):
        db.session.rollback()
        begin_writing(db.session())
        notices.saw(db.session(), attempt_id, now)
        db.session.commit()


def _assignment_to_go_to(state: AttemptState) -> int | None:
    """The attempt's assignment, where the student still finds it: not one who left the class."""
    found = state.assignment_id
    return found if found is not None and is_set_for(db.session(), state.user_id, found) else None
