"""The score history of all students, and of each of them with what is arranged for them."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.models import User, db
from quizapp.services import reports
from quizapp.services.accommodations import accommodation_of, set_accommodation
from quizapp.services.attempts.sittings import sittings
from quizapp.services.classes import classrooms, roster
from quizapp.services.teaching import teaches
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.numbers import whole_number
from quizapp.web.overdue import close_overdue
from quizapp.web.teach import bp
from quizapp.web.teach.access import student_or_404
from quizapp.web.teach.overtaking import overtaken, stamp
from quizapp.web.teach.student_forms import AccommodationForm, accommodation_form


@bp.get("/students")
@open_to(Audience.TEACHERS)
def students() -> str:
    """Every student with an account, or those of one class, and how they stand; the filter stands in the address."""
    close_overdue(utcnow())
    classes = [row for row in classrooms.classes_of(db.session(), current_user.id) if row.archived is None]
    wanted = whole_number(request.args, "class", default=0)
    found = reports.students(db.session(), current_user.id)
    if wanted in {row.id for row in classes}:
        inside = roster.ids_in(db.session(), wanted)
        found = [student for student in found if student.id in inside]
    return render_template("teach/students.html", students=found, classes=classes, wanted=wanted)


@bp.get("/students/<int:user_id>")
@open_to(Audience.TEACHERS)
def student(user_id: int) -> str:
    """One student's history, as the student sees it, and what is arranged for them."""
    found = student_or_404(user_id)
    close_overdue(utcnow(), user_id)
    return _page(found, accommodation_form(accommodation_of(db.session(), user_id)))


def _page(found: User, form: AccommodationForm) -> str:
    running, done = sittings(db.session(), current_user.id, found.id)
    arranged = accommodation_of(db.session(), found.id)
    return render_template(
        "teach/student.html",
        student=found,
        arranged=arranged,
        seen=stamp(arranged),
        may_arrange=teaches(db.session(), current_user.id, found.id, Right.EDIT),
        classes=roster.classes_with(db.session(), found.id, current_user.id),
        form=form,
        running=running,
        done=done,
        history=reports.history_of(db.session(), current_user.id, found.id),
    )


@bp.post("/students/<int:user_id>/accommodation")
@open_to(Audience.TEACHERS)
def accommodate(user_id: int) -> str | tuple[str, int] | Response:
    """Arrange more time and attempts, and later dates, for a student."""
    found = student_or_404(user_id, Right.EDIT)
    form = AccommodationForm()
    if not form.validate_on_submit():
        return _page(found, form), 422
    wanted = form.accommodations()
    if overtaken(stamp(accommodation_of(db.session(), user_id)), stamp(wanted)):
        db.session.rollback()
        return _page(found, form), 409
    set_accommodation(db.session(), user_id, wanted)
    db.session.commit()
    flash(gettext("Saved. It holds for attempts that begin from now on."))
    return redirect(url_for(".student", user_id=user_id), 303)


@bp.get("/attempts")
@open_to(Audience.TEACHERS)
def attempts() -> str:
    """All finished attempts, newest first; the filter stands in the address."""
    close_overdue(utcnow())
    page = max(1, whole_number(request.args, "page", default=1))
    quiz, wanted = request.args.get("quiz", "").replace("\x00", ""), whole_number(request.args, "class", default=0)
    return render_template(
        "teach/attempts.html",
        found=reports.all_attempts(db.session(), current_user.id, page, quiz, wanted or None),
        quizzes=reports.quizzes_taken(db.session(), current_user.id),
        classes=classrooms.classes_of(db.session(), current_user.id),
        kept={"quiz": quiz or None, "class": wanted or None},
    )
