"""One's own account: the password, every sign-in to end, and a sign-in elsewhere to connect."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.models import User, db
from quizapp.models.engine import begin_writing
from quizapp.services import accounts, identities
from quizapp.services.classes.joining import classes_of_student
from quizapp.web.account import bp
from quizapp.web.account.entering import entered_recently
from quizapp.web.account.forms import ConnectionForm, FirstPasswordForm, PasswordForm
from quizapp.web.account.passwords import passwords
from quizapp.web.account.provider import provider, provider_name
from quizapp.web.clock import utcnow
from quizapp.web.guard import begins_itself, let_in, let_out
from quizapp.web.tries import own_account, tries_limited

Page = str | tuple[str, int] | Response


@bp.route("/password", methods=["GET", "POST"])
@begins_itself
@tries_limited(own_account)
def password() -> Page:
    """Your account: the password to change, which ends every other sign-in; your data, and the way out."""
    user_id, kept = current_user.id, current_user.user.password_hash
    form = _password_form(kept)
    if form.validate_on_submit():
        db.session.rollback()
        if _shows_who(form, kept):
            return _changed(user_id, kept, form.new.data)
    return _page(form)


def _password_form(kept: str | None) -> PasswordForm | FirstPasswordForm:
    about = (current_user.username, current_user.display_name)
    return PasswordForm(about) if kept else FirstPasswordForm(about)


def _shows_who(form: PasswordForm | FirstPasswordForm, kept: str | None) -> bool:
    """Whether it is the person themselves: by the password they have, or by having just signed in elsewhere."""
    if kept is None:
        form.new.errors = [] if entered_recently() else [gettext("Sign out, sign in again, and choose it then.")]
    elif not passwords().verify(form.current.data, kept):
        form.current.errors = [gettext("This is not your password now.")]
    return not form.errors


def _changed(user_id: int, kept: str | None, new: str) -> Response:
    hashed = passwords().hash(new)
    begin_writing(db.session())
    user = db.session.get_one(User, user_id)
    accounts.set_password(db.session(), user, hashed, utcnow())
    let_in(user)
    db.session.commit()
    flash(
        gettext("Your password is changed; every other sign-in has ended.")
        if kept
        else gettext("Your password is set. From now on you can sign in as %(name)s, too.", name=user.username)
    )
    return redirect(url_for("home.index"), 303)


def _page(form: PasswordForm | FirstPasswordForm, connection: ConnectionForm | None = None) -> Page:
    known_by = provider()
    page = render_template(
        "account/password.html",
        form=form,
        has_password=isinstance(form, PasswordForm),
        connection=connection or ConnectionForm(formdata=None),
        classes=classes_of_student(db.session(), current_user.id),
        elsewhere=provider_name(),
        connected=known_by is not None and identities.is_connected(db.session(), current_user.id, known_by.issuer),
    )
    return page, 422 if form.errors or (connection is not None and connection.errors) else 200


@bp.post("/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    """End every sign-in of the account, in this browser, too."""
    accounts.end_sign_ins(db.session(), current_user.user)
    db.session.commit()
    let_out()
    flash(gettext("You are signed out in every browser."))
    return redirect(url_for("home.index"), 303)


@bp.post("/disconnect")
def disconnect() -> Response:
    """The provider lets nobody into this account any more; that ends every other sign-in."""
    known_by = provider(or_404=True)
    user = current_user.user
    try:
        identities.disconnect(db.session(), user, known_by.issuer)
    except identities.NoPassword:
        flash(gettext("Choose a password first: without one, nobody could sign in to this account any more."))
        return redirect(url_for(".password"), 303)
    let_in(user)
    db.session.commit()
    flash(gettext("Disconnected. From now on you sign in with your username and password."))
    return redirect(url_for(".password"), 303)


@bp.post("/connect")
@begins_itself
@tries_limited(own_account)
def connect() -> Page:
    """Go to the provider, to let it sign in to this account; the password once more, because that opens a door."""
    known_by = provider(or_404=True)
    form = ConnectionForm()
    kept = current_user.user.password_hash
    if form.validate_on_submit():
        db.session.rollback()
        if passwords().verify(form.password.data, kept):
            known_by.begin_connecting(current_user.id)
            return render_template("account/connecting.html", elsewhere=provider_name())
        form.password.errors = [gettext("This is not your password.")]
    return _page(_password_form(kept), form)
