"""Erasing a person, for good."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import DataRequired

from quizapp.domain.access import Audience
from quizapp.models import User, db
from quizapp.services import accounts, handing_on, leaving
from quizapp.services.leaving import OnlyTeacher, Remains
from quizapp.web.admin import bp
from quizapp.web.admin.access import person_or_404
from quizapp.web.clock import utcnow
from quizapp.web.guard import open_to

Page = str | tuple[str, int] | Response


class ErasureForm(FlaskForm):
    """The username, typed, so that nobody is erased by a slip."""

    typed = StringField(
        _("Type the username of the person to be erased"),
        [DataRequired(_("Type the username, to be sure."))],
        filters=[lambda value: accounts.normal_username(value or "")],
    )


@bp.route("/people/<int:user_id>/erase", methods=["GET", "POST"])
@open_to(Audience.ADMINS)
def erase(user_id: int) -> Page:
    """Erase somebody with everything they did: what goes, what stays, and the username typed."""
    found, form = person_or_404(user_id), ErasureForm()
    if found.id == current_user.id:
        flash(gettext("Your own account is deleted here, with your password."))
        return redirect(url_for("account.delete"), 303)
    if form.validate_on_submit() and form.typed.data != found.username:
        form.typed.errors = [gettext("This is not the username of this person.")]
    if request.method == "POST" and not form.errors:
        try:
            return _erased(found)
        except OnlyTeacher:
            db.session.rollback()
    return _page(person_or_404(user_id), form), 422 if form.is_submitted() else 200


def _page(found: User, form: ErasureForm) -> str:
    needed = leaving.is_only_teacher(db.session(), found) or leaving.is_only_administrator(db.session(), found)
    legacies = handing_on.legacies_of(db.session(), found.id)
    return render_template("admin/erase.html", person=found, form=form, needed=needed, legacies=legacies)


def _erased(found: User) -> Response:
    """Raises OnlyTeacher."""
    name = found.display_name
    leaving.leave(db.session(), found, Remains.NOTHING, utcnow())
    db.session.commit()
    flash(gettext("%(name)s is erased, with everything they did here.", name=name))
    return redirect(url_for(".people"), 303)
