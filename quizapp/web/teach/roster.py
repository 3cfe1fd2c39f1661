"""The students of a class: the list, taking a list of names in, taking students out, and links to choose passwords."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.domain.codes import in_groups
from quizapp.formats.roster_csv import Notice, StudentList, decoded, read_student_list
from quizapp.models import Classroom, User, db
from quizapp.services import accounts
from quizapp.services.classes import importing, roster
from quizapp.services.classes.classrooms import check_active
from quizapp.services.classes.importing import Outcome
from quizapp.web.clock import utcnow
from quizapp.web.codes import qr_code
from quizapp.web.guard import open_to
from quizapp.web.overdue import close_overdue
from quizapp.web.teach import bp
from quizapp.web.teach.access import classroom_or_404, may, student_or_404
from quizapp.web.teach.class_forms import RosterForm
from quizapp.web.teach.correction_forms import numbers
from quizapp.web.teach.roster_wording import OUTCOMES, counts, nothing_read, of_reading

Page = str | tuple[str, int] | Response


@bp.get("/classes/<int:classroom_id>")
@open_to(Audience.TEACHERS)
def classroom(classroom_id: int) -> str:
    """The students of a class."""
    found = classroom_or_404(classroom_id)
    close_overdue(utcnow())
    return render_template(
        "teach/classroom.html",
        classroom=found,
        roster=roster.roster_of(db.session(), found),
        may_edit=may(found, Right.EDIT) and found.archived is None,
    )


@bp.route("/classes/<int:classroom_id>/remove", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def remove_students(classroom_id: int) -> Page:
    """What taking these students out means, and the deed."""
    found = classroom_or_404(classroom_id, Right.EDIT)
    check_active(found)
    chosen = set(numbers(request.values.getlist("student")))
    students = [student for student in roster.roster_of(db.session(), found).inside if student.id in chosen]
    if not students:
        flash(gettext("Choose at least one student who is in the class."))
    elif request.method == "POST":
        gone = roster.remove(db.session(), found, [student.id for student in students], utcnow())
        db.session.commit()
        flash(gettext("Taken out of the class: %(names)s.", names=", ".join(user.display_name for user in gone)))
    else:
        return render_template("teach/remove_students.html", classroom=found, students=students)
    return redirect(url_for(".classroom", classroom_id=classroom_id), 303)


@bp.post("/classes/<int:classroom_id>/students/<int:user_id>/take-back")
@open_to(Audience.TEACHERS)
def take_back(classroom_id: int, user_id: int) -> Response:
    """Let a student in again who was taken out."""
    found = classroom_or_404(classroom_id, Right.EDIT)
    student = roster.take_back(db.session(), found, user_id) or abort(404)
    db.session.commit()
    flash(gettext("%(name)s is in the class again.", name=student.display_name))
    return redirect(url_for(".classroom", classroom_id=classroom_id), 303)


@bp.route("/classes/<int:classroom_id>/import", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def import_roster(classroom_id: int) -> Page:
    """Take in a list of students: the list, then what would happen to each row, then the deed."""
    found = classroom_or_404(classroom_id, Right.EDIT)
    check_active(found)
    form = RosterForm()
    if not form.validate_on_submit():
        return render_template("teach/import_roster.html", classroom=found, form=form), 422 if form.errors else 200
    text, converted = _sent(form)
    listed = read_student_list(text)
    notices = ((Notice.WINDOWS_1252, ""), *listed.notices) if converted else listed.notices
    if not listed.students:
        form.roster.data = text
        form.roster.errors = [nothing_read(listed)]
        return render_template("teach/import_roster.html", classroom=found, form=form), 422
    if request.form.get("step") == "apply":
        return _applied(found, listed)
    planned = importing.plan(db.session(), found, current_user.id, listed.students)
    return render_template(
        "teach/import_preview.html",
        classroom=found,
        text=text,
        notices=[of_reading(notice, detail) for notice, detail in notices],
        planned=planned,
        words=OUTCOMES,
        counts=counts(planned),
    )


def _sent(form: RosterForm) -> tuple[str, bool]:
    """The text of the file, or what was typed; and whether the file was no Unicode."""
    content = form.file.data.read() if form.file.data else b""
    return decoded(content) if content else (form.roster.data or "", False)


def _applied(found: Classroom, listed: StudentList) -> str:
    """Do it, all of it or nothing. The links are shown in this answer and never again, so it is not led elsewhere."""
    now = utcnow()
    done = importing.apply(db.session(), found, current_user.id, listed.students, now)
    made = [db.session.get_one(User, row.user_id) for row in done if row.outcome is Outcome.NEW]
    slips = _slips(made)
    return render_template(
        "teach/imported.html", classroom=found, planned=done, words=OUTCOMES, counts=counts(done), slips=slips
    )


@bp.post("/classes/<int:classroom_id>/links")
@open_to(Audience.TEACHERS)
def class_links(classroom_id: int) -> Page:
    """Fresh links for all in the class who have not chosen a password yet."""
    found = classroom_or_404(classroom_id, Right.EDIT)
    check_active(found)
    waiting = roster.roster_of(db.session(), found).without_password
    if not waiting:
        flash(gettext("Everybody in the class has chosen a password."))
        return redirect(url_for(".classroom", classroom_id=classroom_id), 303)
    slips = _slips([db.session.get_one(User, student.id) for student in waiting])
    return render_template("teach/slips.html", classroom=found, slips=slips, title=found.name)


@bp.post("/students/<int:user_id>/link")
@open_to(Audience.TEACHERS)
def password_link(user_id: int) -> str:
    """A link with which one student chooses a new password."""
    student = student_or_404(user_id, Right.EDIT)
    slips = _slips([student])
    back = url_for(".student", user_id=user_id)
    return render_template("teach/slips.html", classroom=None, slips=slips, title=student.display_name, back=back)


@dataclass(frozen=True)
class Slip:
    """What one student gets on paper: who it is for, and the link, also as a picture."""

    name: str
    username: str
    address: str
    drawn: Markup


def _slips(students: Sequence[User]) -> list[Slip]:
    """Fresh links for these students, committed before they are drawn: pictures take long, and others want to write."""
    tokens = accounts.make_password_links(db.session(), students, utcnow())
    found = [(student.display_name, student.username or "", tokens[student.id]) for student in students]
    db.session.commit()
    return [_slip(*each) for each in found]


def _slip(name: str, username: str, token: str) -> Slip:
    address = url_for("account.choose_password", token=in_groups(token), _external=True)
    return Slip(name, username, address, qr_code(address))
