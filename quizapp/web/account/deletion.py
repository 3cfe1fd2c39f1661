"""The way out: somebody deletes their account."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.models import User, db
from quizapp.models.engine import begin_writing
from quizapp.services import handing_on, leaving
from quizapp.services.leaving import OnlyTeacher, Remains
from quizapp.web.account import bp
from quizapp.web.account.forms import DeletionForm
from quizapp.web.account.passwords import passwords
from quizapp.web.clock import utcnow
from quizapp.web.guard import begins_itself, let_out
from quizapp.web.tries import own_account, tries_limited

Page = str | tuple[str, int] | Response


@bp.route("/delete", methods=["GET", "POST"])
@begins_itself
@tries_limited(own_account)
def delete() -> Page:
    """Delete the account: what goes, what stays, and the password once more."""
    form = DeletionForm()
    if form.validate_on_submit():
        user_id, kept = current_user.id, current_user.user.password_hash
        db.session.rollback()
        if passwords().verify(form.password.data, kept):
            try:
                return _left(user_id, Remains(form.remains.data))
            except OnlyTeacher:
                db.session.rollback()
        else:
            form.password.errors = [gettext("This is not your password.")]
    person = current_user.user
    last = leaving.is_only_teacher(db.session(), person) or leaving.is_only_administrator(db.session(), person)
    legacies = handing_on.legacies_of(db.session(), current_user.id)
    page = render_template(
        "account/delete.html",
        form=form,
        only_teacher=last,
        has_password=bool(current_user.user.password_hash),
        legacies=legacies,
    )
    return page, 422 if form.is_submitted() else 200


def _left(user_id: int, remains: Remains) -> Response:
    """The account goes, all or nothing, and whoever had it is signed out. Raises OnlyTeacher, OnlyAdministrator."""
    begin_writing(db.session())
    user = db.session.get(User, user_id)
    if user is not None and user.username is not None:  # else the form was sent twice
        leaving.leave(db.session(), user, remains, utcnow())
        db.session.commit()
    let_out()
    flash(_GOODBYE[remains]())
    return redirect(url_for("home.index"), 303)


_GOODBYE = {
    Remains.NOTHING: lambda: gettext("Your account is deleted, and with it everything you did here."),
    Remains.ATTEMPTS: lambda: gettext("Your account is deleted. Your attempts stay, and nothing says whose they were."),
}
