"""A teacher's classes: making one, how students join it, its settings, and the teachers who share it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.domain.codes import in_groups
from quizapp.models import Classroom, db
from quizapp.services.classes import classrooms, joining
from quizapp.web.clock import utcnow
from quizapp.web.codes import qr_code
from quizapp.web.guard import open_to
from quizapp.web.teach import bp
from quizapp.web.teach.access import classroom_or_404, may
from quizapp.web.teach.class_forms import ClassForm
from quizapp.web.teach.sharing import ShareForm, share_by_form, shown_shares

Page = str | tuple[str, int] | Response


@bp.route("/classes", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def classes() -> Page:
    """My classes, and a new one."""
    form = ClassForm()
    if form.validate_on_submit():
        made = classrooms.create(db.session(), form.class_name.data, current_user.id, utcnow())
        db.session.commit()
        flash(gettext("The class is made. Now let your students in: give them the code, or take in a list of names."))
        return redirect(url_for(".class_joining", classroom_id=made.id), 303)
    rows = classrooms.classes_of(db.session(), current_user.id)
    page = render_template(
        "teach/classes.html",
        form=form,
        active=[row for row in rows if row.archived is None],
        archived=[row for row in rows if row.archived is not None],
    )
    return page, 422 if form.errors else 200


@bp.get("/classes/<int:classroom_id>/joining")
@open_to(Audience.TEACHERS)
def class_joining(classroom_id: int) -> str:
    """The code, its link and its picture, for the wall; and whether it lets anybody in."""
    classroom = classroom_or_404(classroom_id)
    address = url_for("joining.classroom", code=classroom.join_code, _external=True)
    return render_template(
        "teach/class_joining.html",
        classroom=classroom,
        code=in_groups(classroom.join_code),
        address=address,
        drawn=qr_code(address),
        may_edit=may(classroom, Right.EDIT) and classroom.archived is None,
    )


@bp.post("/classes/<int:classroom_id>/joining")
@open_to(Audience.TEACHERS)
def let_join(classroom_id: int) -> Response:
    """Let students in by the code, or stop it."""
    classroom = classroom_or_404(classroom_id, Right.EDIT)
    opened = request.form.get("joining") == "yes"
    joining.let_join(db.session(), classroom, opened)
    flash(
        gettext("Who has the code can join now.")
        if opened
        else gettext("Nobody can join by the code now; who is in the class stays in it.")
    )
    return _back_to_joining(classroom)


@bp.post("/classes/<int:classroom_id>/code")
@open_to(Audience.TEACHERS)
def renew_code(classroom_id: int) -> Response:
    """Make another code; the one before stops working."""
    classroom = classroom_or_404(classroom_id, Right.EDIT)
    joining.renew_code(db.session(), classroom)
    flash(gettext("This is the new code. The one before, and its link, do not work any more."))
    return _back_to_joining(classroom)


def _back_to_joining(classroom: Classroom) -> Response:
    db.session.commit()
    return redirect(url_for(".class_joining", classroom_id=classroom.id), 303)


@bp.route("/classes/<int:classroom_id>/settings", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def class_settings(classroom_id: int) -> Page:
    """The name of the class, the teachers who share it, and the archive."""
    classroom = classroom_or_404(classroom_id, Right.EDIT if request.method == "POST" else Right.VIEW)
    form = ClassForm(data={"class_name": classroom.name})
    if form.validate_on_submit():
        classrooms.rename(db.session(), classroom, form.class_name.data)
        flash(gettext("Saved."))
        return _back_to_settings(classroom)
    return _settings_page(classroom, form), 422 if form.errors else 200


def _settings_page(classroom: Classroom, form: ClassForm, share_form: ShareForm | None = None) -> str:
    return render_template(
        "teach/class_settings.html",
        classroom=classroom,
        form=form,
        sharing=shown_shares(classroom, url_for(".share_class", classroom_id=classroom.id), share_form),
        may_edit=may(classroom, Right.EDIT) and classroom.archived is None,
        may_archive=may(classroom, Right.OWN),
    )


def _back_to_settings(classroom: Classroom) -> Response:
    db.session.commit()
    return redirect(url_for(".class_settings", classroom_id=classroom.id), 303)


@bp.post("/classes/<int:classroom_id>/archive")
@open_to(Audience.TEACHERS)
def archive_class(classroom_id: int) -> Response:
    """Put the class away."""
    classroom = classroom_or_404(classroom_id, Right.OWN)
    classrooms.archive(db.session(), classroom, utcnow())
    flash(gettext("The class is archived. Its students keep what they did."))
    return _back_to_settings(classroom)


@bp.post("/classes/<int:classroom_id>/unarchive")
@open_to(Audience.TEACHERS)
def unarchive_class(classroom_id: int) -> Response:
    """Take the class into use again."""
    classroom = classroom_or_404(classroom_id, Right.OWN)
    classrooms.take_out_of_archive(db.session(), classroom)
    flash(gettext("The class is in use again, with the students and the code it had."))
    return _back_to_settings(classroom)


@bp.post("/classes/<int:classroom_id>/shares")
@open_to(Audience.TEACHERS)
def share_class(classroom_id: int) -> Page:
    """Share the class with a teacher, change what they may do, or stop sharing it."""
    classroom = classroom_or_404(classroom_id)
    return share_by_form(
        classroom,
        lambda form: _settings_page(classroom, ClassForm(formdata=None, data={"class_name": classroom.name}), form),
        here=url_for(".class_settings", classroom_id=classroom_id, _anchor="shares"),
        away=url_for(".classes"),
    )
