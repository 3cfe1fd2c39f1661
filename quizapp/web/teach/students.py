"""The score history of all students, and of each of them with what is arranged for them."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.models import User, db
from quizapp.services import reports
from quizapp.services.accommodations import accommodation_of, set_accommodation
from quizapp.services.attempts.sittings import sittings
from quizapp.services.attempts.starting import published_quizzes
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.numbers import whole_number
from quizapp.web.overdue import close_overdue
from quizapp.web.teach import bp
from quizapp.web.teach.access import student_or_404
from quizapp.web.teach.student_forms import AccommodationForm, accommodation_form


@bp.get("/students")
@open_to(Audience.TEACHERS)
def students() -> str:
    """Every student with an account, and how they stand."""
    close_overdue(utcnow())
    return render_template("teach/students.html", students=reports.students(db.session(), current_user.id))


@bp.get("/students/<int:user_id>")
@open_to(Audience.TEACHERS)
def student(user_id: int) -> str:
    """One student's history, as the student sees it, and what is arranged for them."""
    found = student_or_404(user_id)
    close_overdue(utcnow(), user_id)
    return _page(found, accommodation_form(accommodation_of(db.session(), user_id)))


def _page(found: User, form: AccommodationForm) -> str:
    running, done = sittings(db.session(), found.id)
    return render_template(
        "teach/student.html",
        student=found,
        arranged=accommodation_of(db.session(), found.id),
        form=form,
        running=running,
        done=done,
        history=reports.history_of(db.session(), found.id),
    )


@bp.post("/students/<int:user_id>/accommodation")
@open_to(Audience.TEACHERS)
def accommodate(user_id: int) -> str | tuple[str, int] | Response:
    """Arrange more time and attempts for a student."""
    found = student_or_404(user_id)
    form = AccommodationForm()
    if not form.validate_on_submit():
        return _page(found, form), 422
    set_accommodation(db.session(), user_id, form.accommodations())
    db.session.commit()
    flash(gettext("Saved. It holds for attempts that begin from now on."))
    return redirect(url_for(".student", user_id=user_id), 303)


@bp.get("/attempts")
@open_to(Audience.TEACHERS)
def attempts() -> str:
    """All finished attempts, newest first; the filter stands in the address."""
    close_overdue(utcnow())
    page = max(1, whole_number(request.args, "page", default=1))
    quiz = request.args.get("quiz", "")
    return render_template(
        "teach/attempts.html",
        found=reports.all_attempts(db.session(), current_user.id, page, quiz),
        quizzes=published_quizzes(db.session()),
        quiz=quiz,
    )
