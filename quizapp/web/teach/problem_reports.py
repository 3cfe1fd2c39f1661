"""What students say is wrong with questions."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.services import problem_reports
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.teach import bp
from quizapp.web.teach.correction_forms import numbers


@bp.get("/reports")
@open_to(Audience.TEACHERS)
def reports() -> str:
    """The reports nobody has dealt with, question by question beside how it was answered; and those dealt with."""
    return render_template(
        "teach/reports.html",
        waiting=problem_reports.reported_questions(db.session(), current_user.id),
        handled=problem_reports.handled_reports(db.session(), current_user.id),
    )


def _back() -> Response:
    db.session.commit()
    return redirect(url_for(".reports"), 303)


@bp.post("/reports/<int:report_id>/handle")
@open_to(Audience.TEACHERS)
def handle_report(report_id: int) -> Response:
    """Put a report aside as dealt with."""
    try:
        problem_reports.handle(db.session(), report_id, current_user.id, utcnow())
    except problem_reports.NoSuchReport:
        abort(404)
    flash(gettext("Put aside as dealt with."))
    return _back()


@bp.post("/reports/handle")
@open_to(Audience.TEACHERS)
def handle_reports() -> Response:
    """Put several reports aside, those that the page had listed."""
    listed = numbers(request.form.getlist("report"))
    done = problem_reports.handle_several(db.session(), listed, current_user.id, utcnow())
    flash(ngettext("%(num)s report put aside as dealt with.", "%(num)s reports put aside as dealt with.", done))
    return _back()


@bp.post("/reports/<int:report_id>/reopen")
@open_to(Audience.TEACHERS)
def reopen_report(report_id: int) -> Response:
    """Take a report up again."""
    try:
        problem_reports.reopen(db.session(), report_id, current_user.id)
    except problem_reports.NoSuchReport:
        abort(404)
    flash(gettext("Taken up again."))
    return _back()
