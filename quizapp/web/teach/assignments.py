"""Quizzes set for a class: the list, setting and changing one, and watching it while it is taken."""

from collections.abc import Sequence
from hashlib import sha256

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Right
from quizapp.domain.assignments import phase
from quizapp.domain.settings import QuizSettings
from quizapp.models import Assignment, Classroom, db
from quizapp.services.assignments import setting, watching
from quizapp.services.assignments.watching import Running
from quizapp.services.attempts.starting import settings_of
from quizapp.services.classes.classrooms import check_active
from quizapp.web.assignment_wording import Told, rules_in_words
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to
from quizapp.web.numbers import whole_number
from quizapp.web.overdue import close_overdue
from quizapp.web.teach import bp
from quizapp.web.teach.access import check_right, classroom_or_404, may, quiz_or_404
from quizapp.web.teach.assignment_forms import AssignmentForm, form_of, new_form
from quizapp.web.teach.overtaking import overtaken, stamp

Page = str | tuple[str, int] | Response


def assignment_or_404(assignment_id: int, needed: Right = Right.VIEW) -> Assignment:
    """The assignment of the address; the rights on it are those on its class."""
    assignment = db.session.get(Assignment, assignment_id) or abort(404)
    check_right(assignment.classroom, needed)
    return assignment


@bp.get("/classes/<int:classroom_id>/assignments")
@open_to(Audience.TEACHERS)
def assignments(classroom_id: int) -> str:
    """What is set for a class, each with how many have begun and finished."""
    classroom, now = classroom_or_404(classroom_id), utcnow()
    close_overdue(now)
    return render_template(
        "teach/assignments.html",
        classroom=classroom,
        rows=watching.assignments_of(db.session(), classroom_id, now),
        enrolled=watching.enrolled(db.session(), classroom_id),
        may_set=classroom.archived is None and may(classroom, Right.EDIT),
        now=now,
    )


@bp.route("/classes/<int:classroom_id>/assignments/new", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def new_assignment(classroom_id: int) -> Page:
    """Set a quiz for a class: which one is in the address, and asked for where it is not."""
    classroom, now = classroom_or_404(classroom_id, Right.EDIT), utcnow()
    if classroom.archived is not None:
        return _archived(classroom)
    quiz_id = whole_number(request.args, "quiz", default=0)
    if not quiz_id:
        quizzes = setting.quizzes_to_set(db.session(), current_user.id)
        return render_template("teach/assignment_quiz.html", classroom=classroom, quizzes=quizzes)
    quiz = quiz_or_404(quiz_id)
    form = new_form(quiz)
    if form.validate_on_submit():
        made = setting.set_quiz(db.session(), classroom, quiz, form.fields(), current_user.id, now)
        db.session.commit()
        flash(gettext("It is set for the class.") if made.published else gettext("It is set, and hidden for now."))
        return redirect(url_for(".assignment", assignment_id=made.id), 303)
    page = render_template("teach/assignment_new.html", classroom=classroom, quiz=quiz, form=form, now=now)
    return page, 422 if form.errors else 200


def _archived(classroom: Classroom) -> Response:
    db.session.rollback()
    flash(gettext("This class was put away: nothing new is set for it."))
    return redirect(url_for(".assignments", classroom_id=classroom.id), 303)


@bp.get("/assignments/<int:assignment_id>")
@open_to(Audience.TEACHERS)
def assignment(assignment_id: int) -> str:
    """An assignment while it is taken: who has begun, how far they are, and who is there."""
    found, now = assignment_or_404(assignment_id), utcnow()
    close_overdue(now)
    settings = settings_of(found.quiz, found)
    return render_template(
        "teach/assignment.html",
        assignment=found,
        classroom=found.classroom,
        settings=settings,
        phase=phase(found.opens, found.due, settings.closes, now),
        rules=_told(found, settings),
        may_edit=may(found.classroom, Right.EDIT),
        running=watching.running(db.session(), found, settings, now),
        now=now,
    )


def _told(found: Assignment, settings: QuizSettings) -> list[str]:
    count = sum(slot.count for slot in found.quiz.slots)
    dates = (found.opens, found.due, found.due, found.late, found.late_percent)
    return rules_in_words(Told(*dates, settings, found.quiz.mode, count))


@bp.get("/assignments/<int:assignment_id>/progress")
@open_to(Audience.TEACHERS)
def assignment_progress(assignment_id: int) -> Response:
    """The part of that page which changes; nothing is sent again while it would read the same."""
    found, now = assignment_or_404(assignment_id), utcnow()
    close_overdue(now)
    running = watching.running(db.session(), found, settings_of(found.quiz, found), now)
    may_edit = may(found.classroom, Right.EDIT)
    version = _version(running, may_edit)
    if version in request.if_none_match:
        answer = make_response("", 304)
    else:
        part = render_template("teach/_progress.html", assignment=found, running=running, may_edit=may_edit)
        answer = make_response(part)
    answer.set_etag(version)
    return answer


def _version(running: Running, may_edit: bool) -> str:
    """A short name for what the part says; times are in whole minutes there, so that it often stays the same."""
    return sha256(repr((running, may_edit)).encode()).hexdigest()[:20]


@bp.route("/assignments/<int:assignment_id>/edit", methods=["GET", "POST"])
@open_to(Audience.TEACHERS)
def edit_assignment(assignment_id: int) -> Page:
    """Change an assignment."""
    found = assignment_or_404(assignment_id, Right.EDIT)
    if request.method == "POST":
        check_active(found.classroom)
    form = form_of(found)
    if form.validate_on_submit():
        if overtaken(_stored(found), _wanted(form)):
            db.session.rollback()
            return _edit_page(found, form), 409
        setting.change(db.session(), found, form.fields())
        db.session.commit()
        flash(gettext("Saved."))
        return redirect(url_for(".assignment", assignment_id=assignment_id), 303)
    return _edit_page(found, form), 422 if form.errors else 200


def _stored(found: Assignment) -> str:
    dates = (found.opens, found.due, found.late, found.late_percent)
    return stamp(found.title, *dates, found.settings, found.published)


def _wanted(form: AssignmentForm) -> str:
    fields = form.fields()
    dates = (fields.dates.opens, fields.dates.due, fields.dates.late, fields.dates.late_percent)
    return stamp(fields.title, *dates, fields.settings(), fields.published)


def _edit_page(found: Assignment, form: AssignmentForm) -> str:
    return render_template(
        "teach/assignment_edit.html",
        assignment=found,
        classroom=found.classroom,
        quiz=found.quiz,
        form=form,
        seen=_stored(found),
        begun=setting.begun_by(db.session(), found.id),
        classes=_classes_to_copy_to(found),
        now=utcnow(),
    )


def _classes_to_copy_to(found: Assignment) -> Sequence[Classroom]:
    """Where this teacher can set the same; nowhere, if the quiz itself is not theirs to set."""
    if not may(found.quiz, Right.VIEW):
        return []
    return setting.classes_to_copy_to(db.session(), found, current_user.id)


@bp.post("/assignments/<int:assignment_id>/publish")
@open_to(Audience.TEACHERS)
def publish_assignment(assignment_id: int) -> Response:
    """Show an assignment to the class, or hide it."""
    found = assignment_or_404(assignment_id, Right.EDIT)
    check_active(found.classroom)
    published = request.form.get("published") == "1"
    setting.publish(db.session(), found, published)
    db.session.commit()
    flash(gettext("The students see it now.") if published else gettext("It is hidden from the students now."))
    return redirect(url_for(".assignment", assignment_id=assignment_id), 303)


@bp.post("/assignments/<int:assignment_id>/remove")
@open_to(Audience.TEACHERS)
def remove_assignment(assignment_id: int) -> Response:
    """Remove an assignment that nobody has begun."""
    found = assignment_or_404(assignment_id, Right.EDIT)
    check_active(found.classroom)
    classroom_id = found.classroom_id
    try:
        setting.remove(db.session(), found)
    except setting.HasBegun:
        flash(gettext("It was not removed: somebody has begun it. You can hide it from the students."))
        return redirect(url_for(".edit_assignment", assignment_id=assignment_id), 303)
    db.session.commit()
    flash(gettext("The assignment is removed."))
    return redirect(url_for(".assignments", classroom_id=classroom_id), 303)


@bp.post("/assignments/<int:assignment_id>/copy")
@open_to(Audience.TEACHERS)
def copy_assignment(assignment_id: int) -> Response:
    """Set the same quiz for another class in the same way, hidden until its dates have been looked at."""
    found = assignment_or_404(assignment_id)
    classroom_id = whole_number(request.form, "classroom", default=0)
    target = classroom_or_404(classroom_id, Right.EDIT)
    check_right(found.quiz, Right.VIEW)
    try:
        made = setting.copy(db.session(), found, target, current_user.id, utcnow())
    except setting.ClassArchived:
        return _archived(target)
    db.session.commit()
    flash(gettext("This is the copy for %(name)s. Look at its dates, then let the students see it.", name=target.name))
    return redirect(url_for(".edit_assignment", assignment_id=made.id), 303)
