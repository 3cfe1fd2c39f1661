"""One attempt of a student: more time while it runs, and opening it again."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import format_datetime, gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services.attempts import submitting
from quizapp.services.attempts.answering import AttemptClosed
from quizapp.services.attempts.sittings import Managed, managed
from quizapp.web.addresses import local_address
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.teach import bp
from quizapp.web.teach.student_forms import MinutesForm, ReopenForm


def _back(attempt: Managed) -> Response:
    """To the page that the teacher came from, or else to the student's."""
    return redirect(_came_from(attempt), 303)


def _came_from(attempt: Managed) -> str:
    student = url_for(".student", user_id=attempt.state.user_id, _anchor="sittings")
    return local_address(request.values.get("next", ""), student)


@bp.post("/attempts/<int:attempt_id>/extend")
@open_to(Audience.TEACHERS)
def extend(attempt_id: int) -> Response:
    """Give an attempt that runs more time."""
    found, form = managed(db.session(), current_user.id, attempt_id), MinutesForm()
    minutes = form.minutes.data
    if not form.validate_on_submit() or minutes is None:
        flash(gettext("No time was added: %(why)s", why=" ".join(map(str, form.minutes.errors))))
        return _back(found)
    try:
        end = submitting.extend(db.session(), attempt_id, minutes, utcnow())
    except AttemptClosed:
        flash(gettext("No time was added: the attempt has ended. You can open it again."))
    except submitting.NoTimeLimit:
        flash(gettext("This attempt has no end, so it needs no more time."))
    else:
        db.session.commit()
        flash(gettext("The attempt now runs until %(end)s UTC.", end=format_datetime(end, "d MMM yyyy, HH:mm")))
    return _back(found)


@bp.route("/attempts/<int:attempt_id>/reopen", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def reopen(attempt_id: int) -> str | tuple[str, int] | Response:
    """Open a submitted attempt again."""
    found, now = managed(db.session(), current_user.id, attempt_id), utcnow()
    if found.state.is_open:
        flash(gettext("This attempt is open."))
        return _back(found)
    form = ReopenForm(found.needs_end, data={"minutes": found.state.settings.minutes})
    if form.validate_on_submit():
        try:
            submitting.reopen(db.session(), attempt_id, form.minutes.data, now)
        except submitting.AnotherAttemptOpen:
            flash(gettext("The student has begun another attempt at this quiz; finish that one first."))
        else:
            db.session.commit()
            flash(gettext("The attempt is open again. The student finds it on the home page."))
        return _back(found)
    page = render_template(
        "teach/reopen.html",
        found=found,
        form=form,
        key_seen=found.key_seen(now),
        late_again=found.due is not None and found.due < now,
        back=_came_from(found),
    )
    return page, 422 if form.errors else 200
