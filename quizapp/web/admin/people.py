"""People: finding an account, helping somebody into it, who runs the site, and all that is kept of one."""

from flask import Response as FlaskResponse
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience, Role
from quizapp.domain.codes import in_groups
from quizapp.models import User, db
from quizapp.services import accounts, administering, handing_on
from quizapp.services.leaving import OnlyAdministrator, OnlyTeacher
from quizapp.web.admin import bp
from quizapp.web.admin.access import person_or_404
from quizapp.web.clock import utcnow
from quizapp.web.downloads import ZIP, saved_as
from quizapp.web.guard import open_to
from quizapp.web.personal_data import data_of
from quizapp.web.wording import ROLE_NAMES

LONGEST_WORDS = 80


@bp.get("/people")
@open_to(Audience.ADMINS)
def people() -> str:
    """The accounts whose username or name has these words in it."""
    words = _asked("words")
    role = Role(request.args["role"]) if request.args.get("role") in (Role.STUDENT, Role.TEACHER) else None
    found = administering.people(db.session(), words, role, _asked("after"))
    return render_template(
        "admin/people.html", people=found, words=words, role=role, kept={"words": words or None, "role": role}
    )


def _asked(name: str) -> str:
    return request.args.get(name, "").replace("\x00", "").strip()[:LONGEST_WORDS]


@bp.get("/people/<int:user_id>")
@open_to(Audience.ADMINS)
def person(user_id: int) -> str:
    """One account: who it is, how much is kept, and what may be done with it. That it was looked at is noted."""
    found = person_or_404(user_id)
    return render_template(
        "admin/person.html",
        person=found,
        kept=administering.kept_of(db.session(), user_id),
        legacies=handing_on.legacies_of(db.session(), user_id),
    )


@bp.get("/people/<int:user_id>/data.zip")
@open_to(Audience.ADMINS)
def person_data(user_id: int) -> FlaskResponse:
    """Everything that is kept of somebody, as they would download it themselves."""
    person_or_404(user_id)
    return saved_as(data_of(user_id, utcnow()), f"data-{user_id}.zip", ZIP)


@bp.post("/people/<int:user_id>/link")
@open_to(Audience.ADMINS)
def password_link(user_id: int) -> str:
    """A link with which somebody chooses a new password, shown in this answer and never again."""
    found = person_or_404(user_id)
    token = accounts.make_password_link(db.session(), found, utcnow())
    db.session.commit()
    address = url_for("account.choose_password", token=in_groups(token), _external=True)
    return render_template("admin/link.html", person=found, address=address)


@bp.post("/people/<int:user_id>/sign-out")
@open_to(Audience.ADMINS)
def sign_out_everywhere(user_id: int) -> Response:
    """End every sign-in of somebody."""
    found = person_or_404(user_id)
    accounts.end_sign_ins(db.session(), found)
    return _done(found, gettext("%(name)s is signed out everywhere.", name=found.display_name))


@bp.post("/people/<int:user_id>/administers")
@open_to(Audience.ADMINS)
def let_administer(user_id: int) -> Response:
    """Let a teacher run the site, or no more."""
    found, sent = person_or_404(user_id), request.form.get("administers")
    if sent not in ("yes", "no"):
        abort(400, gettext("Say whether they are to run the site."))
    try:
        administering.let_administer(db.session(), found, sent == "yes")
    except administering.NotATeacher:
        return _refused(found, gettext("Only a teacher can run the site; make them a teacher first."))
    except OnlyAdministrator:
        return _refused(found, gettext("Nobody else runs the site. Let somebody else run it first."))
    if sent == "yes":
        return _done(found, gettext("%(name)s runs the site too now.", name=found.display_name))
    return _done(found, gettext("%(name)s does not run the site any more.", name=found.display_name))


@bp.post("/people/<int:user_id>/role")
@open_to(Audience.ADMINS)
def change_role(user_id: int) -> Response:
    """Make a student a teacher, or a teacher a student."""
    found, sent = person_or_404(user_id), request.form.get("role")
    if sent not in (Role.STUDENT, Role.TEACHER):
        abort(400, gettext("Choose what they are to be."))
    role = Role(sent)
    if role is found.role:
        return _refused(found, gettext("They are that already."))
    try:
        (administering.make_teacher if role is Role.TEACHER else administering.make_student)(
            db.session(), found, utcnow()
        )
    except OnlyAdministrator:
        return _refused(found, gettext("Nobody else runs the site. Let somebody else run it first."))
    except OnlyTeacher:
        return _refused(found, gettext("Nobody else teaches here. Make somebody else a teacher first."))
    return _done(found, gettext("%(name)s is now: %(role)s.", name=found.display_name, role=str(ROLE_NAMES[role])))


def _done(found: User, says: str) -> Response:
    db.session.commit()
    flash(says)
    return _back(found)


def _refused(found: User, says: str) -> Response:
    """Nothing is changed."""
    address = _back(found)
    db.session.rollback()
    flash(says)
    return address


def _back(found: User) -> Response:
    """To the person's page; who may not see it any more is led home."""
    user = db.session.get_one(User, current_user.id)
    address = url_for(".person", user_id=found.id) if user.administers else url_for("home.index")
    return redirect(address, 303)
