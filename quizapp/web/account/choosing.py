"""Choosing a password by a one-time link: for somebody on a class list, or who has forgotten the one before."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from quizapp.domain.access import Audience
from quizapp.models import db
from quizapp.models.engine import begin_writing
from quizapp.services import accounts
from quizapp.web.account import bp
from quizapp.web.account.entering import enter, guest_id
from quizapp.web.account.forms import ChosenPasswordForm
from quizapp.web.account.passwords import passwords
from quizapp.web.clock import utcnow
from quizapp.web.guard import begins_itself, open_to
from quizapp.web.tries import addresses_limited

Page = str | tuple[str, int] | Response


@bp.route("/choose/<token>", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
@begins_itself
@addresses_limited(["GET", "POST"], wrong={404})
def choose_password(token: str) -> Page:
    """Choose a password, which ends every other sign-in of the account and signs in here."""
    try:
        user = accounts.check_password_link(db.session(), token, utcnow())
        form = ChosenPasswordForm((user.username, user.display_name))
        if form.validate_on_submit():
            return _chosen(token, form.password.data)
    except accounts.LinkNotValid:
        db.session.rollback()
        return render_template("account/choose_not_valid.html"), 404
    return render_template("account/choose.html", form=form, person=user), 422 if form.errors else 200


def _chosen(token: str, password: str) -> Response:
    """Set it and sign in; what a guest has practised in this browser comes along. Raises LinkNotValid."""
    guest = guest_id()
    db.session.rollback()
    hashed = passwords().hash(password)
    begin_writing(db.session())
    user = accounts.choose_password(db.session(), token, hashed, utcnow())
    enter(user, guest)
    db.session.commit()
    flash(gettext("Your password is set, and you are signed in. Next time sign in as %(name)s.", name=user.username))
    return redirect(url_for("home.index"), 303)
